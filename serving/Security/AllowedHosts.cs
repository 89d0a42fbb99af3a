using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Json;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Security;

/// <summary>
/// Answers only calls that name a host of this service: a page of another origin whose name was pointed at this address (DNS rebinding) names its own.
/// In place of the framework's filter, which refuses without saying why.
/// </summary>
internal sealed class AllowedHosts
{
    private const string Any = "*";
    private readonly string[] _exact, _endings;
    private readonly bool _all;

    public AllowedHosts(string allowed)
    {
        string[] names = allowed.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        _all = names.Contains(Any);
        _endings = [.. names.Where(name => name.StartsWith("*.", StringComparison.Ordinal)).Select(name => name[1..])];
        _exact = [.. names.Where(name => name[0] != '*')];
    }

    /// <summary>Whether a host, without its port, is one of this service's.</summary>
    public bool Has(string host) => _all
        || Array.Exists(_exact, name => name.Equals(host, StringComparison.OrdinalIgnoreCase))
        || Array.Exists(_endings, ending => host.Length > ending.Length && host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Leaves the decision to <see cref="AllowedHostsSetup.UseAllowedHosts"/>.</summary>
    public static IServiceCollection WithoutFilterOfFramework(IServiceCollection services) => services.Configure<HostFilteringOptions>(options => options.AllowedHosts = [Any]);

    public static Problem NotMine(string host) => new()
    {
        Type = Problems.Prefix + "unknown-host",
        Title = "The call names a host that is none of this service's.",
        Status = StatusCodes.Status400BadRequest,
        Detail = $"Found host '{Excerpt.Of(host)}', expected a name that AllowedHosts lists.",
    };
}

internal static class AllowedHostsSetup
{
    /// <summary>Refuses calls to hosts that <see cref="ServingOptions.AllowedHosts"/> does not list.</summary>
    public static void UseAllowedHosts(this WebApplication app)
    {
        AllowedHosts hosts = new(app.Services.GetRequiredService<IOptions<ServingOptions>>().Value.AllowedHosts);
        app.Use((context, next) => hosts.Has(context.Request.Host.Host) ? next(context) : throw new ProblemException(AllowedHosts.NotMine(context.Request.Host.Host)));
    }
}
