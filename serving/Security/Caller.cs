using System.Security.Claims;
using CustomerValue.CustomerBook.Access;

namespace CustomerValue.Serving.Security;

/// <summary>Who calls, as claims tell it.</summary>
internal static class Caller
{
    /// <summary>Claims of a caller: what they may do, which key they sent, the stamp of a person, and the server that signed them in.</summary>
    public const string ScopeClaim = "scope", KeyClaim = "key", StampClaim = "stamp", ServerClaim = "server";

    private const string Nobody = "local";

    /// <summary>Everyone on this machine, while there is neither key nor person.</summary>
    public static ClaimsPrincipal Local { get; } = Of(Nobody, Nobody, [AccessScope.Admin]);

    /// <summary>A caller under a name.</summary>
    /// <param name="name">A person's name, or the prefix of a key.</param>
    /// <param name="scheme">How the caller is known.</param>
    /// <param name="scopes">What the caller may do.</param>
    /// <param name="more">What else is known.</param>
    public static ClaimsPrincipal Of(string name, string scheme, IEnumerable<string> scopes, params Claim[] more) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, name), .. scopes.Select(scope => new Claim(ScopeClaim, scope)), .. more], scheme));

    /// <summary>Whether a caller may do what a scope stands for.</summary>
    public static bool May(this ClaimsPrincipal caller, string scope) => caller.HasClaim(ScopeClaim, scope) || caller.HasClaim(ScopeClaim, AccessScope.Admin);

    /// <summary>The caller's name, for records.</summary>
    public static string Name(this ClaimsPrincipal caller) => caller.Identity?.Name ?? "";

    /// <summary>Whether a server of OpenID Connect signed the caller in.</summary>
    public static bool CameByServer(this ClaimsPrincipal caller) => caller.HasClaim(claim => claim.Type == ServerClaim);

    /// <summary>Whether the caller signed in, and so can sign out.</summary>
    public static bool SignedIn(this ClaimsPrincipal caller) => caller.HasClaim(claim => claim.Type == StampClaim);
}
