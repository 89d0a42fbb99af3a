using System.Security.Claims;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CustomerValue.Serving.Security;

/// <summary>Signs people in at a server of OpenID Connect: authorization code with PKCE. Whom it names with a role of this service gets the cookie that a password gives, for some hours and no longer.</summary>
internal static partial class OpenIdSignIn
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "openid";

    /// <summary>Where signing in begins, and the query's name of why it came to nothing.</summary>
    public const string Path = "/sign-in/openid", RefusalName = "refused";

    /// <summary>Name in the query where somebody else is to sign in than whom the server remembers.</summary>
    public const string AgainName = "again";

    private const string BackPath = Path + "/back", CookieStart = "customer-value-openid-";
    private const int LongestName = 100;
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15);

    public static AuthenticationBuilder AddOpenIdSignIn(this AuthenticationBuilder schemes)
    {
        IServiceCollection services = schemes.Services;
        services.AddTransient<OpenIdConnectHandler>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());
        services.AddOptions<OpenIdConnectOptions>(SchemeName).Configure<IOptions<ServingOptions>, ILoggerFactory>((server, options, logs) => Configure(server, options.Value.Security.OpenIdConnect, logs.CreateLogger(typeof(OpenIdSignIn))));
        // Only where there is a server: the framework asks each scheme that takes answers whether a call is one.
        services.AddOptions<AuthenticationOptions>().Configure<IOptions<ServingOptions>>((known, options) =>
        {
            if (options.Value.Security.OpenIdConnect.IsConfigured)
                known.AddScheme<OpenIdConnectHandler>(SchemeName, null);
        });
        return schemes;
    }

    /// <summary>Sends a browser to the server; it comes back to <c>/sign-in/openid/back</c>.</summary>
    public static void MapOpenIdSignIn(this IEndpointRouteBuilder routes) => routes.MapGet(Path, async (HttpContext context, IOptions<ServingOptions> options, IOptionsMonitor<OpenIdConnectOptions> server) =>
    {
        string wanted = SignedInCookie.Local(context.Request.Query[SignedInCookie.ReturnName]);
        if (!options.Value.Security.OpenIdConnect.IsConfigured)
            return Results.LocalRedirect(SignedInCookie.SignInPath);
        if (await SignedTokens.IssuerAsync(server.Get(SchemeName).ConfigurationManager!, context.RequestAborted) is null)
            return Results.LocalRedirect(Refused(SignInRefusal.Unreachable, wanted));
        AuthenticationProperties begun = new() { RedirectUri = wanted };
        if (context.Request.Query.ContainsKey(AgainName))
            begun.SetParameter(OpenIdConnectParameterNames.Prompt, OpenIdConnectPrompt.Login);
        return Results.Challenge(begun, [SchemeName]);
    }).AllowAnonymous().ExcludeFromDescription();

    /// <summary>Where the server signs a person out of itself; null where it does not say, or nobody was signed in there.</summary>
    public static async Task<string?> EndOfSessionAsync(IServiceProvider services, CancellationToken cancellation)
    {
        OpenIdSettings settings = services.GetRequiredService<IOptions<ServingOptions>>().Value.Security.OpenIdConnect;
        if (!settings.IsConfigured || await SignedTokens.IssuerAsync(services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(SchemeName).ConfigurationManager!, cancellation) is not { EndSessionEndpoint: { Length: > 0 } end })
            return null;
        return JwtOptions.IsSafe(end) ? $"{end}{(end.Contains('?', StringComparison.Ordinal) ? '&' : '?')}client_id={Uri.EscapeDataString(settings.ClientId!)}" : null;
    }

    private static string Refused(SignInRefusal why, string? wanted) => $"{SignedInCookie.SignInPath}?{RefusalName}={why.ToString().ToLowerInvariant()}&{SignedInCookie.ReturnName}={Uri.EscapeDataString(SignedInCookie.Local(wanted))}";

    private static void Configure(OpenIdConnectOptions server, OpenIdSettings settings, ILogger log)
    {
        if (!settings.IsConfigured)
            return;
        IReadOnlyDictionary<string, string> roles = ClaimWords.Read(settings.Roles, "role", AccessRole.All);
        server.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        server.Authority = settings.Authority;
        server.RequireHttpsMetadata = !JwtOptions.IsLoopback(settings.Authority!);
        server.ClientId = settings.ClientId;
        server.ClientSecret = settings.ReadSecret();
        server.CallbackPath = BackPath;
        server.ResponseType = OpenIdConnectResponseType.Code;
        // By the address, so that the cookies of a sign-in under way need not go with what another site sends.
        server.ResponseMode = OpenIdConnectResponseMode.Query;
        server.UsePkce = true;
        server.MapInboundClaims = false;
        server.SaveTokens = false;
        server.DisableTelemetry = true;
        server.BackchannelTimeout = SignedTokens.Wait;
        server.RemoteAuthenticationTimeout = s_longest;
        server.ProtocolValidator.NonceLifetime = s_longest;
        server.TokenValidationParameters = SignedTokens.For(settings.ClientId);
        server.Scope.Clear();
        foreach (string word in settings.AskFor.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            server.Scope.Add(word);
        foreach (CookieBuilder cookie in (CookieBuilder[])[server.NonceCookie, server.CorrelationCookie])
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, settings.PublicAddress?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest);
        (server.NonceCookie.Name, server.CorrelationCookie.Name) = (CookieStart + "nonce-", CookieStart + "state-");
        server.Events = new OpenIdConnectEvents
        {
            OnRedirectToIdentityProvider = context =>
            {
                if (!string.IsNullOrWhiteSpace(settings.PublicAddress))
                    context.ProtocolMessage.RedirectUri = settings.PublicAddress.TrimEnd('/') + BackPath;
                return Task.CompletedTask;
            },
            OnAccessDenied = context =>
            {
                context.Response.Redirect(Refused(SignInRefusal.Denied, context.Properties?.RedirectUri));
                context.HandleResponse();
                return Task.CompletedTask;
            },
            // What came from the server itself may be unsigned by OpenID Connect Core 1.0, 3.1.3.7; here nothing may be.
            OnTokenValidated = context => context.SecurityToken.SignatureAlgorithm is { Length: > 0 } algorithm && algorithm != SecurityAlgorithms.None ? Task.CompletedTask
                : throw new SecurityTokenInvalidSignatureException("It is not signed."),
            OnTicketReceived = context => KnowAsync(context, settings, roles, log),
            OnRemoteFailure = context =>
            {
                SignInRefusal why = WhyOf(context.Failure);
                LogRefused(log, settings.Host, why, context.Failure?.Message ?? "");
                context.Response.Redirect(Refused(why, context.Properties?.RedirectUri));
                context.HandleResponse();
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>Makes a caller of whom the server named, where they have a role here, and writes down that they came.</summary>
    private static async Task KnowAsync(TicketReceivedContext context, OpenIdSettings settings, IReadOnlyDictionary<string, string> roles, ILogger log)
    {
        ClaimsPrincipal token = context.Principal!;
        string subject = Plain(token.FindFirst("sub")!.Value), name = $"{Plain(token.FindFirst(settings.NameClaim)?.Value is { Length: > 0 } told ? told : subject)} ({settings.Host})";
        string[] given = ClaimWords.Opened(token, settings.RoleClaim, roles);
        Audit audit = context.HttpContext.RequestServices.GetRequiredService<Audit>();
        await audit.WriteAsync(context.HttpContext, given.Length > 0 ? "sign in" : "sign in refused", $"{(given.Length > 0 ? string.Join(", ", given) : "no role")}, subject {subject}", name);
        if (given.Length == 0)
        {
            LogRefused(log, settings.Host, SignInRefusal.Role, "");
            context.Response.Redirect(Refused(SignInRefusal.Role, context.ReturnUri));
            context.HandleResponse();
            return;
        }
        context.Principal = Caller.Of(name, CookieAuthenticationDefaults.AuthenticationScheme, given.SelectMany(AccessRole.ScopesOf).Distinct(), new Claim(Caller.StampClaim, settings.Stamp), new Claim(Caller.ServerClaim, settings.Host));
        DateTimeOffset now = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        (context.Properties!.AllowRefresh, context.Properties.IssuedUtc, context.Properties.ExpiresUtc) = (false, now, now.AddHours(settings.SessionHours));
    }

    private static string Plain(string text) => string.Concat(text.Where(letter => !char.IsControl(letter)).Take(LongestName));

    private static SignInRefusal WhyOf(Exception? failure) => failure switch
    {
        SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException => SignInRefusal.Expired,
        SecurityTokenInvalidAudienceException => SignInRefusal.Audience,
        SecurityTokenInvalidIssuerException or SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException or SecurityTokenSignatureKeyNotFoundException => SignInRefusal.Signature,
        OpenIdConnectProtocolInvalidNonceException => SignInRefusal.Begun,
        HttpRequestException or IOException or OperationCanceledException => SignInRefusal.Unreachable,
        AuthenticationFailureException => SignInRefusal.Begun,
        _ => SignInRefusal.Other,
    };

    [LoggerMessage(LogLevel.Warning, "{Server} signed a person in who is not let in ({Why}) {Reason}")]
    private static partial void LogRefused(ILogger logger, string server, SignInRefusal why, string reason);
}

/// <summary>Why a sign-in at a server came to nothing.</summary>
internal enum SignInRefusal
{
    /// <summary>No sign-in that this browser began here, or one begun too long ago.</summary>
    Begun,

    /// <summary>The server or the person said no.</summary>
    Denied,

    /// <summary>The token's time is not now.</summary>
    Expired,

    /// <summary>The token is for another program.</summary>
    Audience,

    /// <summary>The token is of another server, or signed by somebody else.</summary>
    Signature,

    /// <summary>No role of this service.</summary>
    Role,

    /// <summary>The server does not answer.</summary>
    Unreachable,

    /// <summary>Anything else; the log says what.</summary>
    Other,
}
