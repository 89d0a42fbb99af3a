using CustomerValue.CustomerBook;
using CustomerValue.MLNet;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Json;
using CustomerValue.Serving.Models;
using CustomerValue.Serving.Predictions;
using CustomerValue.Serving.Recommendations;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Configuration;

/// <summary>The composition root: what there is, and who gets what.</summary>
internal static class ServingSetup
{
    public static IServiceCollection AddServingOptions(this IServiceCollection services)
    {
        services.AddOptions<ServingOptions>().BindConfiguration("");
        services.AddSingleton<IValidateOptions<ServingOptions>, ServingOptionsValidator>();
        services.AddSingleton<IValidateOptions<ServingOptions>, PlacesValidator>();
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        services.ConfigureHttpJsonOptions(options => ServingJson.Configure(options.SerializerOptions));
        return services;
    }

    /// <summary>Says on standard error everything that is wrong with the settings; true where the program cannot start with them.</summary>
    public static async Task<bool> RefusesConfigurationAsync(this WebApplication app)
    {
        try
        {
            _ = app.Services.GetRequiredService<IOptions<ServingOptions>>().Value;
            return false;
        }
        catch (Exception error) when (error is OptionsValidationException or InvalidOperationException) // a value out of range; a value of another type
        {
            foreach (string failure in error is OptionsValidationException validation ? validation.Failures : [error.Message])
                await Console.Error.WriteLineAsync($"configuration: {failure}");
            return true;
        }
    }

    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => MLNetEngine.AddTo(CandidateCatalogue.Standard, provider.GetRequiredService<IOptions<ServingOptions>>().Value.MLNet.ServeFromPool));
        services.AddSingleton(new EngineStatus(MLNetEngine.Status));
        services.AddSingleton(provider => new ModelStore(provider.GetRequiredService<IOptions<ServingOptions>>().Value.Store, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new CustomerBookDatabase(provider.GetRequiredService<IOptions<ServingOptions>>().Value.Book));
        services.AddSingleton<Champion>();
        services.AddSingleton<Predictor>();
        services.AddSingleton<Recommender>();
        services.AddHostedService<ChampionWatcher>();
        return services;
    }

    public static IServiceCollection AddProblems(this IServiceCollection services) =>
        services.AddExceptionHandler<ProblemMapper>().AddProblemDetails();

    /// <summary>Every answer of 400 and above is problem details, whoever gave it.</summary>
    public static WebApplication UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => Problems.WriteAsync(context.HttpContext, Problems.OfStatus(context.HttpContext)));
        return app;
    }
}
