using System.Security.Claims;
using System.Text.Encodings.Web;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Security;

/// <summary>Knows callers by the key they send, and says in problem details what a call lacks.</summary>
internal sealed class KeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyRing keys) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "key";

    /// <summary>Claims of a caller: what they may do, and which key they sent.</summary>
    public const string ScopeClaim = "scope", KeyClaim = "key";

    private const string Header = "X-Api-Key", Bearer = "Bearer ", Realm = "Bearer realm=\"customer-value\"";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Secret() is not { Length: > 0 } secret)
            return AuthenticateResult.NoResult();
        if (await keys.FindAsync(secret, Context.RequestAborted) is not { } key)
            return AuthenticateResult.Fail("unknown");
        ClaimsIdentity identity = new([new Claim(KeyClaim, key.Prefix), .. key.Scopes.Split(' ').Select(scope => new Claim(ScopeClaim, scope))], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
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

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        string scope = AccessSetup.ScopeOf(Context);
        Response.Headers.WWWAuthenticate = $"{Realm}, error=\"insufficient_scope\", scope=\"{scope}\"";
        await Problems.WriteAsync(Context, new Problem
        {
            Type = Problems.Prefix + "missing-scope",
            Title = "The caller may not do this.",
            Status = StatusCodes.Status403Forbidden,
            Detail = $"Found a caller who may {string.Join(", ", Context.User.FindAll(ScopeClaim).Select(claim => claim.Value))}, expected one with the scope {scope}; 'customer-value keys add NAME --scopes {scope}' makes such a key.",
        });
    }

    private string? Secret() => Request.Headers[Header] is [{ Length: > 0 } own] ? own
        : Request.Headers.Authorization is [{ } text] && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? text[Bearer.Length..].Trim() : null;
}

/// <summary>What a call must bring.</summary>
/// <param name="Scope">A word of <see cref="AccessScope"/>; null where the route states none.</param>
internal sealed record ScopeRequirement(string? Scope) : IAuthorizationRequirement;

/// <summary>Lets callers with the scope pass, and everyone while there is no key.</summary>
internal sealed class ScopeHandler(KeyRing keys) : AuthorizationHandler<ScopeRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        HttpContext? call = context.Resource as HttpContext;
        string scope = requirement.Scope ?? (call is null ? AccessScope.Admin : AccessSetup.ScopeOf(call));
        if (context.User.HasClaim(KeyAuthentication.ScopeClaim, scope) || context.User.HasClaim(KeyAuthentication.ScopeClaim, AccessScope.Admin) || await keys.IsOpenAsync(call?.RequestAborted ?? CancellationToken.None))
            context.Succeed(requirement);
    }
}
