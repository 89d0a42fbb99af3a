using CustomerValue.CustomerBook;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Json;
using CustomerValue.Serving.Models;
using CustomerValue.Serving.Predictions;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Configuration;

/// <summary>The composition root: what there is, and who gets what.</summary>
internal static class ServingSetup
{
    public static IServiceCollection AddServingOptions(this IServiceCollection services)
    {
        services.AddOptions<ServingOptions>().BindConfiguration("").ValidateOnStart();
        services.AddSingleton<IValidateOptions<ServingOptions>, ServingOptionsValidator>();
        services.AddSingleton<IValidateOptions<ServingOptions>, PlacesValidator>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<ServingOptions>>((kestrel, options) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Value.Predictions.MaxBodyBytes;
        });
        services.ConfigureHttpJsonOptions(options => ServingJson.Configure(options.SerializerOptions));
        return services;
    }

    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(CandidateCatalogue.Standard);
        services.AddSingleton(provider => new ModelStore(provider.GetRequiredService<IOptions<ServingOptions>>().Value.Store, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new CustomerBookDatabase(provider.GetRequiredService<IOptions<ServingOptions>>().Value.Book));
        services.AddSingleton<Champion>();
        services.AddSingleton<Predictor>();
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
