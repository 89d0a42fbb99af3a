using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerValue.Serving.Tests.Hosting;

/// <summary>
/// A small server of OpenID Connect on the loopback address. Whoever it is set to know passes at once; codes are good once, for the client, address and PKCE verifier that they were given to.
/// What it gives can be spoilt in every way that matters.
/// </summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    public const string Client = "customer-value", Secret = "a secret between two servers";
    private const string KeyName = "first";
    private readonly RSA _key = RSA.Create(2048), _stranger = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (string Challenge, string? Nonce, string Back)> _codes = [];
    private readonly WebApplication _app;

    private OpenIdProvider(WebApplication app) => _app = app;

    /// <summary>Address of the server, which is its issuer.</summary>
    public string Authority { get; private set; } = "";

    /// <summary>Claims of whoever signs in, beside those of the protocol.</summary>
    public Dictionary<string, object> Person { get; } = new() { ["sub"] = "4711-subject", ["preferred_username"] = "mara", ["roles"] = new[] { "shop-admins" } };

    /// <summary>Changes a token before it is signed.</summary>
    public Action<SecurityTokenDescriptor>? Spoil { get; set; }

    /// <summary>Whether somebody else signs, under the name of the key.</summary>
    public bool SignsWithAnotherKey { get; set; }

    /// <summary>What the server answers in place of a code, or of a token.</summary>
    public string? Refusal { get; set; }

    /// <summary>Whether that comes in place of a token.</summary>
    public bool RefusesLate { get; set; }

    /// <summary>All that was given out and must be in no log.</summary>
    public ConcurrentQueue<string> Given { get; } = [];

    public static async Task<OpenIdProvider> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        OpenIdProvider provider = new(builder.Build());
        provider._app.Urls.Add("http://127.0.0.1:0");
        provider._app.MapGet("/.well-known/openid-configuration", provider.Describe);
        provider._app.MapGet("/keys", provider.Keys);
        provider._app.MapGet("/authorize", provider.Authorize);
        provider._app.MapPost("/token", provider.TokenAsync);
        await provider._app.StartAsync();
        provider.Authority = provider._app.Urls.Single();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
        _stranger.Dispose();
    }

    private IResult Describe() => Results.Json(new
    {
        issuer = Authority,
        authorization_endpoint = Authority + "/authorize",
        token_endpoint = Authority + "/token",
        jwks_uri = Authority + "/keys",
        end_session_endpoint = Authority + "/end",
        code_challenge_methods_supported = new[] { "S256" },
    });

    private IResult Keys()
    {
        RSAParameters shown = _key.ExportParameters(includePrivateParameters: false);
        return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = KeyName, n = Base64UrlEncoder.Encode(shown.Modulus), e = Base64UrlEncoder.Encode(shown.Exponent) } } });
    }

    private IResult Authorize(HttpRequest request)
    {
        IQueryCollection asked = request.Query;
        if (asked["client_id"] != Client || asked["response_type"] != "code" || asked["code_challenge_method"] != "S256" || !asked["scope"].ToString().Split(' ').Contains("openid") || asked["code_challenge"].ToString().Length != 43)
            return Results.BadRequest();
        string back = asked["redirect_uri"].ToString(), code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        if (Refusal is { } refusal && !RefusesLate)
            return Results.Redirect(QueryHelpers.AddQueryString(back, new Dictionary<string, string?> { ["error"] = refusal, ["state"] = asked["state"] }));
        _codes[code] = (asked["code_challenge"].ToString(), asked["nonce"], back);
        Given.Enqueue(code);
        return Results.Redirect(QueryHelpers.AddQueryString(back, new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"] }));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        IFormCollection form = await request.ReadFormAsync();
        if (Refusal is { } refusal && RefusesLate)
            return Results.Json(new { error = refusal }, statusCode: 400);
        if (form["grant_type"] != "authorization_code" || form["client_id"] != Client || form["client_secret"] != Secret || !_codes.TryRemove(form["code"].ToString(), out (string Challenge, string? Nonce, string Back) kept)
            || kept.Back != form["redirect_uri"] || kept.Challenge != Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))))
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        SecurityTokenDescriptor token = new()
        {
            Issuer = Authority,
            Audience = Client,
            IssuedAt = DateTime.UtcNow,
            NotBefore = DateTime.UtcNow.AddMinutes(-1),
            Expires = DateTime.UtcNow.AddMinutes(5),
            Claims = new Dictionary<string, object>(Person) { ["nonce"] = kept.Nonce ?? "" },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(SignsWithAnotherKey ? _stranger : _key) { KeyId = KeyName }, SecurityAlgorithms.RsaSha256),
        };
        Spoil?.Invoke(token);
        string text = new JsonWebTokenHandler().CreateToken(token);
        Given.Enqueue(text);
        return Results.Text(JsonSerializer.Serialize(new { access_token = "of no use here", token_type = "Bearer", expires_in = 300, id_token = text }), "application/json");
    }
}
