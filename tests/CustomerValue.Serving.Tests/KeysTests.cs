using System.Net.Http.Headers;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerValue.Serving.Tests;

/// <summary>Keys over real HTTP: who may call what.</summary>
public sealed class KeysTests(TrainedStore trained) : IDisposable
{
    private const string Body = """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":20}]}]}""";
    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;

    private string Work => $"Data Source={Path.Combine(_folder, "work.db")}";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_route_states_its_scope_or_is_open()
    {
        using ServingHost host = ServingHost.Start(trained.Folder, ("Work", Work));
        RouteEndpoint[] routes = [.. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(route => IsOfApi(route) || route.Metadata.GetMetadata<IAllowAnonymous>() is not null)];

        routes.Should().HaveCountGreaterThan(8);
        routes.Where(IsOfApi).Should().OnlyContain(route => AccessScope.All.Contains(route.Metadata.GetMetadata<IAuthorizeData>()!.Policy));
        routes.Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(route => route.RoutePattern.RawText!.Trim('/')).Where(route => !route.StartsWith("assets/", StringComparison.Ordinal)).Should().BeEquivalentTo("health/live", "health/ready", "openapi/v1.json", "sign-in", "sign-in/openid", "sign-out", "setup", "problems", "problems/{kind}");

        static bool IsOfApi(RouteEndpoint route) => route.RoutePattern.RawText!.TrimStart('/').StartsWith("v1/", StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_the_first_key_on_every_caller_needs_one_with_the_scope_of_the_route()
    {
        using ServingHost host = ServingHost.Start(trained.Folder, ("Work", Work));
        ((int)(await host.PostAsync("/v1/predictions", Body)).Status).Should().Be(200, "no key was made yet");

        string predict = await AddAsync(AccessScope.Predict), reads = await AddAsync(AccessScope.Read), admin = await AddAsync(AccessScope.Admin);
        await WithinAsync(async () => (int)(await host.PostAsync("/v1/predictions", Body)).Status == 401);

        HttpResponseMessage refused = await SendAsync(host, null);
        refused.Headers.WwwAuthenticate.ToString().Should().Be("Bearer realm=\"customer-value\"");
        (await Answer.ReadAsync(refused)).ShouldBeProblem(401, "no-key");
        (await Answer.ReadAsync(await SendAsync(host, "cv_" + new string('x', 43)))).ShouldBeProblem(401, "unknown-key");
        (await Answer.ReadAsync(await SendAsync(host, predict[..^1] + (predict[^1] == 'A' ? 'B' : 'A')))).ShouldBeProblem(401, "unknown-key");
        Answer other = await Answer.ReadAsync(await SendAsync(host, reads));
        other.ShouldBeProblem(403, "missing-scope");
        other.Text.Should().Contain("scope predict");
        (await SendAsync(host, predict)).IsSuccessStatusCode.Should().BeTrue();
        (await SendAsync(host, admin)).IsSuccessStatusCode.Should().BeTrue();
        (await Answer.ReadAsync(await SendAsync(host, predict, "/v1/models"))).ShouldBeProblem(403, "missing-scope");
        (await SendAsync(host, reads, "/v1/models")).IsSuccessStatusCode.Should().BeTrue();
        (await SendAsync(host, null, "/health/live")).IsSuccessStatusCode.Should().BeTrue();
        host.Log.Should().NotContain(line => line.Contains(predict) || line.Contains(reads) || line.Contains(admin), "secrets are in no log");
    }

    [Fact]
    public async Task Revoked_and_expired_keys_open_nothing_and_a_rotated_one_goes_on_for_a_while()
    {
        AccessDatabase keys = new(Work);
        string revoked = await AddAsync(AccessScope.Predict), old = await AddAsync(AccessScope.Predict), expired = await AddAsync(AccessScope.Predict, DateTime.UtcNow.AddSeconds(-1));
        string fresh = await AddAsync(AccessScope.Predict, null, KeySecret.PrefixOf(old), DateTime.UtcNow.AddDays(1));
        using ServingHost host = ServingHost.Start(trained.Folder, ("Work", Work));

        (await SendAsync(host, revoked)).IsSuccessStatusCode.Should().BeTrue();
        (await keys.RevokeAsync(KeySecret.PrefixOf(revoked), DateTime.UtcNow)).Should().BeTrue();
        await WithinAsync(async () => (int)(await SendAsync(host, revoked)).StatusCode == 401);
        (await Answer.ReadAsync(await SendAsync(host, expired))).ShouldBeProblem(401, "unknown-key");
        (await SendAsync(host, old)).IsSuccessStatusCode.Should().BeTrue();
        (await SendAsync(host, fresh)).IsSuccessStatusCode.Should().BeTrue();
        (await keys.KeysAsync()).Single(key => key.Prefix == KeySecret.PrefixOf(old)).Expires.Should().BeCloseTo(DateTime.UtcNow.AddDays(1), TimeSpan.FromMinutes(1));
        string bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(_folder, "work.db")));
        bytes.Should().NotContain(fresh, "the secret is not kept").And.Contain(KeySecret.PrefixOf(fresh));
        File.Delete(Path.Combine(_folder, "work.db"));
        await Task.Delay(1500);
        (await Answer.ReadAsync(await SendAsync(host, null))).ShouldBeProblem(401, "no-key");
    }

    [Fact]
    public async Task A_key_is_held_to_its_rate_and_no_other_pays_for_it()
    {
        string busy = await AddAsync(AccessScope.Predict), calm = await AddAsync(AccessScope.Predict);
        using ServingHost host = ServingHost.Start(trained.Folder, ("Work", Work), ("Access:CallsPerSecond", "1"));

        List<int> statuses = [];
        for (int i = 0; i < 12; i++)
            statuses.Add((int)(await SendAsync(host, busy)).StatusCode);

        statuses[0].Should().Be(200);
        statuses.Should().Contain(429).And.OnlyContain(status => status == 200 || status == 429);
        (await SendAsync(host, calm)).IsSuccessStatusCode.Should().BeTrue();
    }

    private async Task<string> AddAsync(string scopes, DateTime? expires = null, string? inPlaceOf = null, DateTime? until = null)
    {
        string secret = KeySecret.New();
        await new AccessDatabase(Work).AddAsync(new AccessKey { Prefix = KeySecret.PrefixOf(secret), Name = "test", Hash = KeySecret.HashOf(secret), Scopes = scopes, Created = DateTime.UtcNow, Expires = expires }, inPlaceOf, until);
        return secret;
    }

    /// <summary>A prediction, or a GET of another route; every other one by the second header.</summary>
    private static async Task<HttpResponseMessage> SendAsync(ServingHost host, string? secret, string? route = null)
    {
        using HttpRequestMessage call = new(route is null ? HttpMethod.Post : HttpMethod.Get, new Uri(route ?? "/v1/predictions", UriKind.Relative));
        if (route is null)
            call.Content = new StringContent(Body, System.Text.Encoding.UTF8, "application/json");
        if (secret is not null && secret[^1] % 2 == 0)
            call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        else if (secret is not null)
            call.Headers.Add("X-Api-Key", secret);
        return await host.Client.SendAsync(call);
    }

    /// <summary>Keys are looked at again once a second.</summary>
    private static async Task WithinAsync(Func<Task<bool>> becomesTrue)
    {
        for (int attempt = 0; attempt < 50 && !await becomesTrue(); attempt++)
            await Task.Delay(100);
        (await becomesTrue()).Should().BeTrue();
    }
}
