using System.Security.Claims;
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
    private static readonly TimeSpan s_skew = TimeSpan.FromSeconds(30);

    /// <summary>Keys of two halves alone: a public key can never be taken for a shared secret, and an unsigned token is none.</summary>
    private static readonly string[] s_algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

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
        IReadOnlyDictionary<string, string> scopes = TokenKeys.Scopes(jwt.Scopes);
        bearer.MapInboundClaims = false;
        bearer.SaveToken = false;
        if (!string.IsNullOrWhiteSpace(jwt.Authority))
        {
            bearer.Authority = jwt.Authority;
            bearer.RequireHttpsMetadata = !JwtOptions.IsLoopback(jwt.Authority);
            bearer.BackchannelTimeout = TimeSpan.FromSeconds(10);
        }
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAlgorithms = s_algorithms,
            ValidAudience = jwt.Audience,
            ValidIssuer = string.IsNullOrWhiteSpace(jwt.Issuer) ? null : jwt.Issuer,
            IssuerSigningKeys = string.IsNullOrWhiteSpace(jwt.KeyFile) ? null : TokenKeys.Read(jwt.KeyFile),
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,
            ClockSkew = s_skew,
        };
        bearer.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                ClaimsPrincipal token = context.Principal!;
                if ((token.FindFirst("sub") ?? token.FindFirst("client_id") ?? token.FindFirst("azp"))?.Value is not { Length: > 0 } who)
                {
                    context.Fail("It names nobody.");
                    return Task.CompletedTask;
                }
                string name = Prefix + (who.Length <= LongestName ? who : who[..LongestName]);
                IEnumerable<string> words = token.FindAll(jwt.ScopeClaim).SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                context.Principal = Caller.Of(name, SchemeName, words.Where(scopes.ContainsKey).Select(word => scopes[word]).Distinct(), new Claim(Caller.KeyClaim, name));
                return Task.CompletedTask;
            },
            OnChallenge = context =>
            {
                context.HandleResponse();
                context.Response.Headers.WWWAuthenticate = $"{KeyAuthentication.Realm}, error=\"invalid_token\"";
                return Problems.WriteAsync(context.HttpContext, Refused(context.AuthenticateFailure));
            },
            OnForbidden = context => KeyAuthentication.WriteMissingScopeAsync(context.HttpContext),
        };
    }

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
