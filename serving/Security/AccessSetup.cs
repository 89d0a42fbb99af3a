using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Security;

/// <summary>Who may call what: a policy for each word of <see cref="AccessScope"/>, by its name.</summary>
internal static partial class AccessSetup
{
    private const string Either = "key-or-cookie";
    private static readonly string[] s_programs = ["/v1", "/v2", "/openapi", "/health", "/metrics"];

    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton(provider => new AccessDatabase(provider.GetRequiredService<IOptions<ServingOptions>>().Value.WorkPlace))
            .AddSingleton(provider => new ProtectionDatabase(provider.GetRequiredService<IOptions<ServingOptions>>().Value.WorkPlace)).AddSingleton<AccessList>().AddSingleton<SetupCode>().AddSingleton<SignInDesk>().AddSingleton<PeopleDesk>().AddSingleton<Audit>();
        ProtectionKeys.AddTo(services);
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = context => TokenAuthentication.HasToken(context.Request) ? TokenAuthentication.SchemeName : IsForPrograms(context.Request) || KeyAuthentication.HasKey(context.Request) ? KeyAuthentication.SchemeName : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, null)
            .AddTokens()
            .AddOpenIdSignIn()
            .AddCookie(SignedInCookie.Configure);
        services.AddSingleton<IAuthorizationHandler, ScopeHandler>();
        AuthorizationBuilder policies = services.AddAuthorizationBuilder();
        foreach (string scope in AccessScope.All)
            policies.AddPolicy(scope, policy => policy.AddRequirements(new ScopeRequirement(scope)));
        policies.SetFallbackPolicy(new AuthorizationPolicyBuilder().AddRequirements(new ScopeRequirement(null)).Build());
        return services;
    }

    /// <summary>What lies under these is for programs: they bring a key, and their refusals are problem details whatever they say they accept.</summary>
    public static bool IsForPrograms(HttpRequest request) => Array.Exists(s_programs, start => request.Path.StartsWithSegments(start));

    /// <summary>The scope of the route that a call has found; one that states none changes something unless it is asked by GET, gives a file where its name says so, and else is read.</summary>
    public static string ScopeOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy
        ?? (!HttpMethods.IsGet(context.Request.Method) ? context.GetEndpoint()?.Metadata.GetMetadata<ChangesAttribute>()?.Scope ?? AccessScope.Campaign
            : IsFile(context.Request.Path.Value ?? "") ? AccessScope.Export : AccessScope.Read);

    private static bool IsFile(string path) => path.TrimEnd('/').EndsWith("/export", StringComparison.OrdinalIgnoreCase) || path.TrimEnd('/').EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>States what a route demands.</summary>
    public static TBuilder Demands<TBuilder>(this TBuilder builder, string scope) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(scope).ProducesProblems(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);

    /// <summary>Knows callers, demands what routes state, and holds each key to its rate.</summary>
    public static void UseAccess(this WebApplication app)
    {
        int rate = app.Services.GetRequiredService<IOptions<ServingOptions>>().Value.Access.CallsPerSecond;
        PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = 2 * rate,
            TokensPerPeriod = rate,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));
        app.Lifetime.ApplicationStopped.Register(limiter.Dispose);
        app.UseAuthentication();
        app.Use((context, next) =>
        {
            if (context.User.FindFirst(Caller.KeyClaim) is { } key)
            {
                using RateLimitLease lease = limiter.AttemptAcquire(key.Value);
                if (!lease.IsAcquired)
                    throw new ProblemException(TooOften(rate));
            }
            return next(context);
        });
        AccessList known = app.Services.GetRequiredService<AccessList>();
        app.Use(async (context, next) =>
        {
            if (context.User.Identity is not { IsAuthenticated: true } && context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null && await known.IsOpenAsync(context.RequestAborted))
                context.User = Caller.Local;
            await next(context);
        });
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapOpenIdSignIn();
    }

    /// <summary>Says on standard error why the program may not listen where it was told to; true where it may not.</summary>
    public static async Task<bool> RefusesAddressAsync(this WebApplication app)
    {
        try
        {
            if (!await app.Services.GetRequiredService<AccessList>().IsOpenAsync(CancellationToken.None))
                return false;
        }
        catch (CustomerBookException error)
        {
            // Callers are refused until the database can be read.
            LogUnknown(app.Logger, error.Message);
            return false;
        }
        if (Addresses(app.Configuration).FirstOrDefault(address => !IsLoopback(address)) is not { } open)
        {
            LogOpen(app.Logger);
            return false;
        }
        if (app.Services.GetRequiredService<IOptions<ServingOptions>>().Value.Access.BehindProxy)
            return false;
        await Console.Error.WriteLineAsync($"configuration: found the address {open}, which others can reach, and neither key nor person, expected callers to bring a key or to sign in; make a key with 'customer-value keys add NAME', listen on 127.0.0.1, or state with --Access:BehindProxy=true that a proxy lets nobody in unasked.");
        return true;
    }

    /// <summary>Tells whoever runs the program how the first person is added; nothing once there is one.</summary>
    public static async Task TellsSetupCodeAsync(this WebApplication app)
    {
        try
        {
            if (app.Services.GetRequiredService<IOptions<ServingOptions>>().Value.Security.LocalAccounts && await app.Services.GetRequiredService<AccessList>().HasNobodyAsync(CancellationToken.None))
                await Console.Out.WriteLineAsync($"Nobody signs in yet. The page /setup adds the first admin with the code {app.Services.GetRequiredService<SetupCode>().Text}");
        }
        catch (CustomerBookException)
        {
            // Said already.
        }
    }

    private static IEnumerable<string> Addresses(IConfiguration settings) =>
    [
        .. settings["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
        .. (settings["http_ports"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(port => $"http://*:{port}"),
        .. (settings["https_ports"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(port => $"https://*:{port}"),
        .. settings.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>(),
    ];

    private static bool IsLoopback(string address)
    {
        BindingAddress bound;
        try
        {
            bound = BindingAddress.Parse(address);
        }
        catch (FormatException)
        {
            return true; // the server says what is wrong with it
        }
        return bound.IsUnixPipe || bound.IsNamedPipe || bound.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(bound.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));
    }

    private static Problem TooOften(int rate) => new()
    {
        Type = Problems.Prefix + "rate-limited",
        Title = "The key calls more often than it may.",
        Status = StatusCodes.Status429TooManyRequests,
        Detail = string.Create(CultureInfo.InvariantCulture, $"Found more than {rate} calls a second over a while, expected no more; send the call again after the seconds that Retry-After names, or raise Access:CallsPerSecond."),
    };

    [LoggerMessage(LogLevel.Information, "Neither a key was made nor a person added: everyone on this machine may call, and nobody else. 'customer-value keys add NAME' makes the first key, the page /setup adds the first person.")]
    private static partial void LogOpen(ILogger logger);

    [LoggerMessage(LogLevel.Error, "Keys and people are unknown, and every call that needs one is refused until they are known: {Reason}")]
    private static partial void LogUnknown(ILogger logger, string reason);
}

/// <summary>What a call must bring.</summary>
/// <param name="Scope">A word of <see cref="AccessScope"/>; null where the route states none.</param>
internal sealed record ScopeRequirement(string? Scope) : IAuthorizationRequirement;

/// <summary>Lets callers with the scope pass.</summary>
internal sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.User.May(requirement.Scope ?? (context.Resource is HttpContext call ? AccessSetup.ScopeOf(call) : AccessScope.Admin)))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>What a page demands of whom it lets change something, where that is not <see cref="AccessScope.Campaign"/>.</summary>
/// <param name="scope">A word of <see cref="AccessScope"/>.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ChangesAttribute(string scope) : Attribute
{
    public string Scope => scope;
}
