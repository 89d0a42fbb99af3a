using System.Security.Claims;
using System.Text.Encodings.Web;
using CustomerValue.Serving.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Security;

/// <summary>Knows callers by the key they send, and says in problem details what a call lacks.</summary>
internal sealed class KeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessList known) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "key";

    /// <summary>What refusals ask for.</summary>
    public const string Realm = "Bearer realm=\"customer-value\"";

    private const string Header = "X-Api-Key", Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Secret() is not { Length: > 0 } secret)
            return AuthenticateResult.NoResult();
        if (await known.FindKeyAsync(secret, Context.RequestAborted) is not { } key)
            return AuthenticateResult.Fail("unknown");
        return AuthenticateResult.Success(new AuthenticationTicket(Caller.Of(key.Prefix, SchemeName, key.Scopes.Split(' '), new Claim(Caller.KeyClaim, key.Prefix)), SchemeName));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        bool sent = Secret() is { Length: > 0 };
        Response.Headers.WWWAuthenticate = sent ? $"{Realm}, error=\"invalid_token\"" : Realm;
        await Problems.WriteAsync(Context, new Problem
        {
            Type = Problems.Prefix + (sent ? "unknown-key" : "no-key"),
            Title = sent ? "The key opens nothing here." : "This call needs a key.",
            Status = StatusCodes.Status401Unauthorized,
            Detail = sent ? "Found a key that is unknown, expired or revoked, expected one that 'customer-value keys list' shows as valid." : "Found no key, expected 'Authorization: Bearer SECRET' or 'X-Api-Key: SECRET'; 'customer-value keys add' makes one.",
        });
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => WriteMissingScopeAsync(Context);

    /// <summary>Says which scope a known caller lacks.</summary>
    public static async Task WriteMissingScopeAsync(HttpContext context)
    {
        string scope = AccessSetup.ScopeOf(context);
        context.Response.Headers.WWWAuthenticate = $"{Realm}, error=\"insufficient_scope\", scope=\"{scope}\"";
        await Problems.WriteAsync(context, new Problem
        {
            Type = Problems.Prefix + "missing-scope",
            Title = "The caller may not do this.",
            Status = StatusCodes.Status403Forbidden,
            Detail = $"Found a caller who may {string.Join(", ", context.User.FindAll(Caller.ScopeClaim).Select(claim => claim.Value))}, expected one with the scope {scope}; 'customer-value keys add NAME --scopes {scope}' makes such a key.",
        });
    }

    /// <summary>Whether a call sends a key, good or bad.</summary>
    public static bool HasKey(HttpRequest request) => SecretOf(request) is { Length: > 0 };

    private string? Secret() => SecretOf(Request);

    private static string? SecretOf(HttpRequest request) => request.Headers[Header] is [{ Length: > 0 } own] ? own
        : request.Headers.Authorization is [{ } text] && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? text[Bearer.Length..].Trim() : null;
}
