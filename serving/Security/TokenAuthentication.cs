using System.Security.Claims;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace CustomerValue.Serving.Security;

/// <summary>Knows callers by a signed token (JWT, RFC 7519 and 9068) of an issuer that the settings name.</summary>
internal static class TokenAuthentication
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "token";

    private const string Bearer = "Bearer ", Prefix = "token:";
    private const int LongestName = 100;

    public static AuthenticationBuilder AddTokens(this AuthenticationBuilder schemes)
    {
        schemes.Services.AddOptions<JwtBearerOptions>(SchemeName).Configure<IOptions<ServingOptions>>((bearer, options) => Configure(bearer, options.Value.Jwt));
        return schemes.AddJwtBearer(SchemeName, _ => { });
    }

    /// <summary>Whether a call brings what looks like a token, and tokens are taken here.</summary>
    public static bool HasToken(HttpRequest request) => request.Headers.Authorization is [{ } text] && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && text.Count(character => character == '.') == 2
        && request.HttpContext.RequestServices.GetRequiredService<IOptions<ServingOptions>>().Value.Jwt.IsConfigured;

    private static void Configure(JwtBearerOptions bearer, JwtOptions jwt)
    {
        IReadOnlyDictionary<string, string> scopes = ClaimWords.Read(jwt.Scopes, "scope", AccessScope.All);
        bearer.MapInboundClaims = false;
        bearer.SaveToken = false;
        if (!string.IsNullOrWhiteSpace(jwt.Authority))
        {
            bearer.Authority = jwt.Authority;
            bearer.RequireHttpsMetadata = !JwtOptions.IsLoopback(jwt.Authority);
            bearer.BackchannelTimeout = SignedTokens.Wait;
        }
        bearer.TokenValidationParameters = SignedTokens.For(jwt.Audience);
        bearer.TokenValidationParameters.ValidIssuer = string.IsNullOrWhiteSpace(jwt.Issuer) ? null : jwt.Issuer;
        bearer.TokenValidationParameters.IssuerSigningKeys = string.IsNullOrWhiteSpace(jwt.KeyFile) ? null : TokenKeys.Read(jwt.KeyFile);
        bearer.Events = new JwtBearerEvents
        {
            OnMessageReceived = async context =>
            {
                if (bearer.ConfigurationManager is { } issuer && await SignedTokens.IssuerAsync(issuer, context.HttpContext.RequestAborted) is null)
                    context.Fail(new ProblemException(IssuerUnreachable));
            },
            OnTokenValidated = context =>
            {
                ClaimsPrincipal token = context.Principal!;
                if ((token.FindFirst("sub") ?? token.FindFirst("client_id") ?? token.FindFirst("azp"))?.Value is not { Length: > 0 } who)
                {
                    context.Fail("It names nobody.");
                    return Task.CompletedTask;
                }
                string name = Prefix + (who.Length <= LongestName ? who : who[..LongestName]);
                context.Principal = Caller.Of(name, SchemeName, ClaimWords.Opened(token, jwt.ScopeClaim, scopes), new Claim(Caller.KeyClaim, name));
                return Task.CompletedTask;
            },
            OnChallenge = context =>
            {
                context.HandleResponse();
                if (context.AuthenticateFailure is ProblemException unreachable)
                    return Problems.WriteAsync(context.HttpContext, unreachable.Problem);
                context.Response.Headers.WWWAuthenticate = $"{KeyAuthentication.Realm}, error=\"invalid_token\"";
                return Problems.WriteAsync(context.HttpContext, Refused(context.AuthenticateFailure));
            },
            OnForbidden = context => KeyAuthentication.WriteMissingScopeAsync(context.HttpContext),
        };
    }

    private static Problem IssuerUnreachable => new()
    {
        Type = Problems.Prefix + "issuer-unreachable",
        Title = "The issuer of tokens cannot be reached.",
        Status = StatusCodes.Status503ServiceUnavailable,
        Detail = "Found no answer at Jwt:Authority, whose keys were never read, expected what it says of itself; send the call again in a moment, or with a key of this service.",
    };

    private static Problem Refused(Exception? failure) => new()
    {
        Type = Problems.Prefix + "unknown-token",
        Title = "The token opens nothing here.",
        Status = StatusCodes.Status401Unauthorized,
        Detail = $"Found a token {Fault(failure is AggregateException { InnerExceptions: [{ } first, ..] } ? first : failure)}, expected one that the issuer of Jwt:Authority or Jwt:KeyFile signed for Jwt:Audience and that has not expired; ask the issuer for a new one.",
    };

    private static string Fault(Exception? failure) => failure switch
    {
        SecurityTokenExpiredException => "that has expired",
        SecurityTokenNoExpirationException => "that never expires",
        SecurityTokenNotYetValidException => "that is not valid yet",
        SecurityTokenInvalidAudienceException => "for another audience",
        SecurityTokenInvalidIssuerException => "of another issuer",
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException or SecurityTokenSignatureKeyNotFoundException => "that no known key signed",
        _ => "that cannot be used",
    };
}
