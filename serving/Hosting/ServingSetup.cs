using CustomerValue.Serving.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Hosting;

/// <summary>What every feature stands on: clock, server and JSON; and whether the program can start at all.</summary>
internal static class ServingSetup
{
    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
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
}
