using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerValue.Serving.Tests;

/// <summary>Tokens over real HTTP: what an issuer signed for this service opens what it says, and nothing else opens anything.</summary>
public sealed class TokenTests : IDisposable
{
    private const string Issuer = "https://login.example.com", Audience = "customer-value", Subject = "crm-of-the-shop-4711";
    private const string Body = """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":20}]}]}""";
    private readonly TrainedStore _trained;
    private readonly string _folder = Directory.CreateTempSubdirectory("tokens-").FullName;
    private readonly ECDsa _curve = ECDsa.Create(ECCurve.NamedCurves.nistP256), _stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA _rsa = RSA.Create(2048);

    public TokenTests(TrainedStore trained)
    {
        _trained = trained;
        File.WriteAllText(KeyFile, _curve.ExportSubjectPublicKeyInfoPem() + "\n" + _rsa.ExportSubjectPublicKeyInfoPem());
    }

    private string KeyFile => Path.Combine(_folder, "issuer.pem");

    private string Work => $"Data Source={Path.Combine(_folder, "work.db")}";

    public void Dispose()
    {
        _curve.Dispose();
        _stranger.Dispose();
        _rsa.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_opens_what_its_scopes_say(bool onCurve)
    {
        using ServingHost host = Start();
        SecurityKey key = onCurve ? new ECDsaSecurityKey(_curve) : new RsaSecurityKey(_rsa);
        string predicts = Token(key, "openid predict unheard-of"), admin = Token(key, AccessScope.Admin), nothing = Token(key, "openid");

        (await SendAsync(host, null)).ShouldBeProblem(401, "no-key");
        ((int)(await SendAsync(host, predicts)).Status).Should().Be(200);
        Answer other = await SendAsync(host, predicts, "/v1/models");
        other.ShouldBeProblem(403, "missing-scope");
        other.Text.Should().Contain("scope read");
        (await SendAsync(host, nothing)).ShouldBeProblem(403, "missing-scope");
        ((int)(await SendAsync(host, admin, "/v1/models")).Status).Should().Be(200);
        host.Log.Should().NotContain(line => line.Contains(predicts) || line.Contains(admin) || line.Contains(Subject) || line.Contains(predicts.Split('.')[1]), "tokens and whom they name are in no log");
    }

    [Fact]
    public async Task Tokens_that_are_not_for_this_service_are_refused_with_what_is_wrong()
    {
        using ServingHost host = Start();
        SecurityKey key = new ECDsaSecurityKey(_curve);
        string good = Token(key, AccessScope.Admin);
        string[] parts = good.Split('.');
        string unsigned = $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.";
        string[] reads = Token(key, AccessScope.Read).Split('.');
        string raised = Base64UrlEncoder.Encode(JsonNode.Parse(Base64UrlEncoder.Decode(reads[1]))!.ToJsonString().Replace("\"read\"", "\"admin\""));
        (string Token, string Fault)[] bad =
        [
            (Token(key, AccessScope.Admin, expires: DateTime.UtcNow.AddMinutes(-2)), "has expired"),
            (Token(key, AccessScope.Admin, from: DateTime.UtcNow.AddMinutes(5)), "not valid yet"),
            (Token(key, AccessScope.Admin, audience: "another-service"), "another audience"),
            (Token(key, AccessScope.Admin, issuer: "https://evil.example.com"), "another issuer"),
            (Token(new ECDsaSecurityKey(_stranger), AccessScope.Admin), "no known key signed"),
            (Token(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(_curve.ExportSubjectPublicKeyInfoPem())), AccessScope.Admin), "no known key signed"),
            (unsigned, "no known key signed"),
            ($"{unsigned}{parts[2]}", "no known key signed"),
            ($"{reads[0]}.{raised}.{reads[2]}", "no known key signed"),
            ($"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA", "no known key signed"),
            ("a.b.c", "cannot be used"),
            ("..", "cannot be used"),
            (Token(key, AccessScope.Admin, subject: null), "cannot be used"),
        ];

        ((int)(await SendAsync(host, good)).Status).Should().Be(200);
        foreach ((string token, string fault) in bad)
        {
            Answer refused = await SendAsync(host, token);
            refused.ShouldBeProblem(401, "unknown-token");
            refused.Text.Should().Contain(fault);
            if (token.Length > 10)
                refused.Text.Should().NotContain(token).And.NotContain(Subject);
        }
        host.Log.Should().NotContain(line => bad.Any(each => each.Token.Length > 10 && line.Contains(each.Token)) || line.Contains(Subject));
    }

    [Fact]
    public async Task Words_of_another_claim_are_mapped_and_keys_go_on_beside_tokens()
    {
        using ServingHost host = Start(("Jwt:ScopeClaim", "roles"), ("Jwt:Scopes", "crm.score=predict; crm.look=read"));
        string secret = KeySecret.New(), token = Token(new ECDsaSecurityKey(_curve), "admin", roles: ["crm.score", "admin", "predict"]);
        await new AccessDatabase(Work).AddAsync(new AccessKey { Prefix = KeySecret.PrefixOf(secret), Name = "test", Hash = KeySecret.HashOf(secret), Scopes = AccessScope.Read, Created = DateTime.UtcNow }, null, null);
        await Task.Delay(1100); // keys are looked at again once a second

        ((int)(await SendAsync(host, token)).Status).Should().Be(200);
        (await SendAsync(host, token, "/v1/models")).ShouldBeProblem(403, "missing-scope");
        ((int)(await SendAsync(host, secret, "/v1/models")).Status).Should().Be(200);
        (await SendAsync(host, secret)).ShouldBeProblem(403, "missing-scope");
    }

    [Fact]
    public async Task A_subject_is_held_to_its_rate()
    {
        using ServingHost host = Start(("Access:CallsPerSecond", "1"));
        List<int> statuses = [];
        for (int i = 0; i < 12; i++)
            statuses.Add((int)(await SendAsync(host, Token(new ECDsaSecurityKey(_curve), AccessScope.Predict))).Status);

        statuses.Should().Contain(200).And.Contain(429, "a new token is not a new caller");
    }

    [Fact]
    public async Task Keys_of_an_authority_are_read_where_it_says()
    {
        await using WebApplication authority = WebApplication.Create();
        authority.Urls.Add("http://127.0.0.1:0");
        JsonWebKey key = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(_curve.ExportParameters(false))) { KeyId = "first" });
        authority.MapGet("/.well-known/openid-configuration", (HttpRequest request) => Results.Json(new { issuer = Issuer, jwks_uri = $"http://{request.Host}/keys" }));
        authority.MapGet("/keys", () => Results.Text(JsonSerializer.Serialize(new { keys = new[] { new { kty = key.Kty, crv = key.Crv, x = key.X, y = key.Y, kid = key.Kid, use = "sig" } } }), "application/json"));
        await authority.StartAsync();
        using ServingHost host = ServingHost.Start(_trained.Folder, ("Work", Work), ("Jwt:Authority", authority.Urls.Single()), ("Jwt:Audience", Audience)), alone = ServingHost.Start(_trained.Folder, ("Work", Work), ("Jwt:Authority", "http://127.0.0.1:1"), ("Jwt:Audience", Audience));
        string token = Token(new ECDsaSecurityKey(_curve) { KeyId = "first" }, AccessScope.Predict);

        ((int)(await SendAsync(host, token)).Status).Should().Be(200);
        (await SendAsync(host, Token(new ECDsaSecurityKey(_stranger) { KeyId = "first" }, AccessScope.Predict))).ShouldBeProblem(401, "unknown-token");
        (await SendAsync(host, Token(new ECDsaSecurityKey(_curve) { KeyId = "first" }, AccessScope.Predict, issuer: "https://evil.example.com"))).ShouldBeProblem(401, "unknown-token");
        (await SendAsync(alone, token)).ShouldBeProblem(503, "issuer-unreachable");
    }

    [Fact]
    public async Task Without_these_settings_a_token_is_no_more_than_an_unknown_key()
    {
        string secret = KeySecret.New();
        await new AccessDatabase(Work).AddAsync(new AccessKey { Prefix = KeySecret.PrefixOf(secret), Name = "test", Hash = KeySecret.HashOf(secret), Scopes = AccessScope.Read, Created = DateTime.UtcNow }, null, null);
        using ServingHost host = ServingHost.Start(_trained.Folder, ("Work", Work));

        (await SendAsync(host, Token(new ECDsaSecurityKey(_curve), AccessScope.Admin))).ShouldBeProblem(401, "unknown-key");
    }

    [Fact]
    public void Settings_that_would_let_too_many_in_are_refused()
    {
        using RSA shortKey = RSA.Create(1024);
        string weak = Write("weak.pem", shortKey.ExportSubjectPublicKeyInfoPem()), secret = Write("private.pem", _curve.ExportPkcs8PrivateKeyPem()), empty = Write("empty.pem", "none");

        Faults(new JwtOptions { KeyFile = KeyFile, Issuer = Issuer, Audience = Audience }).Should().BeEmpty();
        Faults(new JwtOptions { KeyFile = KeyFile, Issuer = Issuer }).Should().ContainSingle().Which.Should().StartWith("Jwt:Audience:");
        Faults(new JwtOptions { KeyFile = KeyFile, Audience = Audience }).Should().ContainSingle().Which.Should().StartWith("Jwt:Issuer:");
        Faults(new JwtOptions { KeyFile = KeyFile, Authority = Issuer, Issuer = Issuer, Audience = Audience }).Should().ContainSingle();
        Faults(new JwtOptions { Authority = "http://login.example.com", Audience = Audience }).Should().ContainSingle().Which.Should().Contain("https");
        Faults(new JwtOptions { Audience = Audience }).Should().ContainSingle();
        Faults(new JwtOptions { Authority = Issuer, Audience = Audience, Scopes = "crm=everything" }).Should().ContainSingle().Which.Should().Contain("'crm=everything'");
        foreach (string file in new[] { weak, secret, empty, Path.Combine(_folder, "gone.pem") })
            Faults(new JwtOptions { KeyFile = file, Issuer = Issuer, Audience = Audience }).Should().ContainSingle().Which.Should().StartWith("Jwt:KeyFile:").And.Contain(file);
    }

    private static IEnumerable<string> Faults(JwtOptions jwt) => new PlacesValidator().Validate(null, new ServingOptions { Jwt = jwt }).Failures ?? [];

    private string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(_folder, name), text);
        return Path.Combine(_folder, name);
    }

    private ServingHost Start(params (string, string)[] more) => ServingHost.Start(_trained.Folder, [("Work", Work), ("Jwt:KeyFile", KeyFile), ("Jwt:Issuer", Issuer), ("Jwt:Audience", Audience), .. more]);

    private static string Token(SecurityKey key, string scope, string audience = Audience, string issuer = Issuer, string? subject = Subject, DateTime? from = null, DateTime? expires = null, string[]? roles = null)
    {
        Dictionary<string, object> claims = new() { ["scope"] = scope };
        if (subject is not null)
            claims["sub"] = subject;
        if (roles is not null)
            claims["roles"] = roles;
        string algorithm = key is ECDsaSecurityKey ? SecurityAlgorithms.EcdsaSha256 : key is RsaSecurityKey ? SecurityAlgorithms.RsaSha256 : SecurityAlgorithms.HmacSha256;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = from ?? DateTime.UtcNow.AddHours(-1),
            Expires = expires ?? DateTime.UtcNow.AddMinutes(10),
            Claims = claims,
            SigningCredentials = new SigningCredentials(key, algorithm),
        });
    }

    private static async Task<Answer> SendAsync(ServingHost host, string? token, string? route = null)
    {
        using HttpRequestMessage call = new(route is null ? HttpMethod.Post : HttpMethod.Get, new Uri(route ?? "/v1/predictions", UriKind.Relative)) { Content = route is null ? new StringContent(Body, Encoding.UTF8, "application/json") : null };
        if (token is not null)
            call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Answer.ReadAsync(await host.Client.SendAsync(call));
    }
}
