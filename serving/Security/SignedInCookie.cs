using System.Security.Claims;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Security;

/// <summary>The cookie of whoever signed in: read by no script, sent by no other site's forms, worth nothing once the person's password, role or lock has changed.</summary>
internal static class SignedInCookie
{
    /// <summary>Where people sign in, and the query's name of where they wanted to go.</summary>
    public const string SignInPath = "/sign-in", ReturnName = "return";

    private static readonly TimeSpan s_day = TimeSpan.FromHours(12);

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "customer-value";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = s_day;
        options.SlidingExpiration = true;
        options.LoginPath = SignInPath;
        options.ReturnUrlParameter = ReturnName;
        options.Events.OnRedirectToAccessDenied = _ => throw new ProblemException(NotAllowed);
        options.Events.OnValidatePrincipal = async context =>
        {
            if (context.Principal is { } person && await StampAsync(context.HttpContext, person) is { } stamp && person.HasClaim(Caller.StampClaim, stamp))
                return;
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        };
    }

    /// <summary>The stamp that a cookie must bear now: of the settings for whom a server signed in, of the person else; null for whom may not come in.</summary>
    private static async Task<string?> StampAsync(HttpContext context, ClaimsPrincipal person)
    {
        SecurityOptions security = context.RequestServices.GetRequiredService<IOptions<ServingOptions>>().Value.Security;
        return person.CameByServer() ? security.OpenIdConnect.IsConfigured ? security.OpenIdConnect.Stamp : null
            : security.LocalAccounts ? (await context.RequestServices.GetRequiredService<AccessList>().FindPersonAsync(person.Name(), context.RequestAborted))?.Stamp : null;
    }

    /// <summary>The address to go to after signing in, if it is one of this service.</summary>
    public static string Local(string? address) => address is ['/', not ('/' or '\\'), ..] ? address : "/";

    private static Problem NotAllowed => new()
    {
        Type = Problems.Prefix + "missing-scope",
        Title = "Your role may not do this.",
        Status = StatusCodes.Status403Forbidden,
        Detail = "Ask an admin to do it, or to change your role under Settings.",
    };
}
