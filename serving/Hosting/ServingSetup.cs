using System.Net.Sockets;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Lifetime;
using CustomerValue.Serving.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Hosting;

/// <summary>What every feature stands on: clock, server and JSON; and whether the program can start at all.</summary>
internal static class ServingSetup
{
    /// <summary>Seconds that the last answers have to leave once the time for calls under way is over: more than the server waits for the rest of a body.</summary>
    private const int AnswerSeconds = 8;

    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Drain>();
        // Read past the options: host and server look at their own before anyone can say what is wrong with ours.
        services.AddOptions<HostOptions>().Configure<IConfiguration>((host, settings) =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(AnswerSeconds + Whole(settings, nameof(ServingOptions.DrainSeconds), new ServingOptions().DrainSeconds)));
        services.AddOptions<KestrelServerOptions>().Configure<IConfiguration>((kestrel, settings) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(Math.Max(1, Whole(settings, $"{nameof(ServingOptions.Calls)}:{nameof(CallLimits.HeadSeconds)}", new CallLimits().HeadSeconds)));
        });
        AllowedHosts.WithoutFilterOfFramework(services);
        services.ConfigureHttpJsonOptions(options => ServingJson.Configure(options.SerializerOptions));
        return services;
    }

    /// <summary>A setting of whole seconds, or the usual where it is none that could be meant.</summary>
    private static int Whole(IConfiguration settings, string name, int usual) => int.TryParse(settings[name], out int seconds) && seconds >= 0 ? seconds : usual;

    /// <summary>Whoever may ask for a thing may ask whether it is there: HEAD is answered as GET is, and the server leaves the body out.</summary>
    public static void UseHeadAsGet(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
            context.Request.Method = HttpMethods.Get;
        return next(context);
    });

    /// <summary>Runs the program; false, with a line on standard error, where it cannot listen.</summary>
    public static async Task<bool> ListensAsync(this WebApplication app)
    {
        _ = app.Services.GetRequiredService<Drain>();
        try
        {
            await app.RunAsync();
            return true;
        }
        catch (Exception error) when (error is IOException or SocketException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"configuration: cannot listen: {error.Message.TrimEnd('.')}. Free the address, or give another with --urls.");
            return false;
        }
    }

    /// <summary>Says on standard error everything that is wrong with the settings; true where the program cannot start with them.</summary>
    public static async Task<bool> RefusesConfigurationAsync(this WebApplication app)
    {
        try
        {
            string[] unknown = [.. KnownSettings.Unknown(app.Configuration)];
            foreach (string failure in unknown)
                await Console.Error.WriteLineAsync($"configuration: {failure}");
            _ = app.Services.GetRequiredService<IOptions<ServingOptions>>().Value;
            return unknown.Length > 0;
        }
        catch (Exception error) when (error is OptionsValidationException or InvalidOperationException) // a value out of range; a value of another type
        {
            foreach (string failure in error is OptionsValidationException validation ? validation.Failures : [error.Message])
                await Console.Error.WriteLineAsync($"configuration: {failure}");
            return true;
        }
    }
}
