using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Telemetry;

/// <summary>
/// Keeps the framework's own lines below warnings out of the log, whatever its settings say: they hold the addresses of calls, and addresses name customers. What the host says of each call is kept out
/// altogether, as its scope holds the address too.
/// </summary>
internal sealed class QuietLogs : IPostConfigureOptions<LoggerFilterOptions>
{
    private const string Calls = "Microsoft.AspNetCore.Hosting.Diagnostics", SignIns = "Microsoft.AspNetCore.Authentication.OpenIdConnect";
    private static readonly string[] s_framework = ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions", "Npgsql", "System.Net.Http", "OpenTelemetry"];

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        for (int i = 0; i < options.Rules.Count; i++)
            if (options.Rules[i] is { CategoryName: { } category, LogLevel: < LogLevel.Warning } rule && IsFramework(category))
                options.Rules[i] = new LoggerFilterRule(rule.ProviderName, category, LogLevel.Warning, rule.Filter);
        // A rule for one provider goes before a rule for all.
        foreach (string? provider in (string?[])[null, .. options.Rules.Select(rule => rule.ProviderName).OfType<string>().Distinct()])
        {
            foreach (string category in s_framework.Where(category => !options.Rules.Any(rule => rule.ProviderName == provider && rule.CategoryName == category)))
                options.Rules.Add(new LoggerFilterRule(provider, category, LogLevel.Warning, null));
            foreach (LoggerFilterRule rule in options.Rules.Where(rule => rule.ProviderName == provider && rule.CategoryName?.StartsWith(Calls, StringComparison.OrdinalIgnoreCase) == true).ToArray())
                options.Rules.Remove(rule);
            options.Rules.Add(new LoggerFilterRule(provider, Calls, LogLevel.None, null));
            options.Rules.Add(new LoggerFilterRule(provider, SignIns, LogLevel.None, null)); // said in a line, without a stack trace for whoever makes an answer up
        }
    }

    private static bool IsFramework(string category) => Array.Exists(s_framework, start => category.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}

internal static class QuietLogsSetup
{
    public static IServiceCollection AddQuietLogs(this IServiceCollection services) => services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, QuietLogs>();
}
