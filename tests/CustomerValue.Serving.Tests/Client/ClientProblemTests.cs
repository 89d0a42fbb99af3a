using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerValue.Client;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Tests.Hosting;
using CustomerValue.Serving.Tests.Jobs;

namespace CustomerValue.Serving.Tests.Client;

/// <summary>Problems of the real service as the typed client throws them.</summary>
public sealed partial class ClientProblemTests(TrainedStore trained) : IDisposable
{
    private readonly JobShop _shop = new(trained);

    public void Dispose() => _shop.Dispose();

    private static readonly PredictionRequest s_call = Of([new TransactionLine { Date = new DateOnly(2024, 3, 2), Amount = 24.9 }]);

    [Fact]
    public async Task What_is_wrong_with_a_call_is_thrown_by_kind_with_the_fields_at_fault()
    {
        using ServingHost host = _shop.Start(null, ("Predictions:MaxTransactionsPerCustomer", "2"));
        using CustomerValueClient client = ClientTests.At(host);
        TransactionLine line = s_call.Customers[0].Transactions[0];

        CustomerValueException invalid = await ThrownAsync(() => client.PredictAsync(Of([line with { Quantity = -2 }])), 422, "invalid-request");
        invalid.Errors.Should().ContainKey("customers[0].transactions[0].quantity").WhoseValue.Should().ContainSingle().Which.Should().StartWith("found -2");
        invalid.Message.Should().StartWith("422 ").And.Contain("quantity");
        await ThrownAsync(() => client.PredictAsync(Of([line], new() { ["age"] = new JsonArray(1) })), 400, "malformed-request");
        (await ThrownAsync(() => client.PredictAsync(Of([line, line, line])), 413, "too-large")).Errors.Should().ContainKey("customers[0].transactions");
        await ThrownAsync(() => ClientTests.At(host, new() { MostRetries = 0 }).GetCustomerAsync("anna"), 503, "no-customer-book");
        await ThrownAsync(() => client.PromoteVersionAsync("none"), 404, "unknown-version");
        await ThrownAsync(() => client.GetChallengerAsync(), 404, "no-challenger");
        await ThrownAsync(() => client.RollBackAsync(), 409, "version-refused");
        await ThrownAsync(() => client.GetJobAsync(new string('a', 32)), 404, "unknown-job");
        await ThrownAsync(() => client.GiveJobScoreAsync(new GiveJobScoreRequest(), JobFile.Of("orders.csv", [])), 422, "invalid-request");
        using CustomerValueClient below = new(new Uri(host.Client.BaseAddress!, "/nowhere"));
        await ThrownAsync(() => below.ListModelsAsync(), 404, "unknown-route");
    }

    [Fact]
    public async Task Versions_without_strategy_or_playbook_and_stores_without_a_champion_are_told()
    {
        RecommendationRequest asked = new() { Customers = s_call.Customers };
        using ServingHost without = ServingHost.Start(trained.WithoutStrategy().Folder), plain = ServingHost.Start(trained.WithoutPlaybook().Folder), empty = ServingHost.Start(trained.Fresh());

        await ThrownAsync(() => ClientTests.At(without).RecommendAsync(asked), 409, "no-strategy");
        await ThrownAsync(() => ClientTests.At(plain).DecideAsync(new DecisionRequest { Customers = s_call.Customers }), 409, "no-playbook");
        CustomerValueException none = await ThrownAsync(() => ClientTests.At(empty, new() { MostRetries = 0 }).PredictAsync(s_call), 503, "no-champion");
        none.RetryAfter.Should().Be(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Who_may_not_call_and_who_calls_too_often_is_told()
    {
        string work = $"Data Source={Path.Combine(_shop.Folder, "work.db")}";
        using ServingHost host = _shop.Start(null, ("Work", work), ("Access:CallsPerSecond", "1"));
        string reads = KeySecret.New();
        await new AccessDatabase(work).AddAsync(new AccessKey { Prefix = KeySecret.PrefixOf(reads), Name = "test", Hash = KeySecret.HashOf(reads), Scopes = AccessScope.Read, Created = DateTime.UtcNow }, null, null);
        using CustomerValueClient nobody = ClientTests.At(host), stranger = ClientTests.At(host, new() { Key = "cv_" + new string('x', 43) }), reader = ClientTests.At(host, new() { Key = reads, MostRetries = 0 });
        for (int look = 0; look < 100 && (await host.GetAsync("/v1/models")).Status != HttpStatusCode.Unauthorized; look++)
            await Task.Delay(50);

        await ThrownAsync(() => nobody.ListModelsAsync(), 401, "no-key");
        await ThrownAsync(() => stranger.ListModelsAsync(), 401, "unknown-key");
        (await ThrownAsync(() => reader.PredictAsync(s_call), 403, "missing-scope")).Problem.Detail.Should().Contain("scope predict");
        (await ThrownAsync(async () => { for (int i = 0; i < 5; i++) await reader.ListModelsAsync(); }, 429, "rate-limited")).RetryAfter.Should().Be(TimeSpan.FromSeconds(1));

        using CustomerValueClient patient = ClientTests.At(host, new() { Key = reads, MostRetries = 3 });
        for (int call = 0; call < 3; call++)
            (await patient.ListModelsAsync()).Models.Should().HaveCount(2, "a call that came too often is sent again when it may be");
    }

    [Fact]
    public async Task A_token_that_the_issuer_did_not_sign_and_an_issuer_that_does_not_answer_are_told()
    {
        using ECDsa issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string keys = Path.Combine(_shop.Folder, "issuer.pem");
        await File.WriteAllTextAsync(keys, issuer.ExportSubjectPublicKeyInfoPem());
        using ServingHost host = _shop.Start(null, ("Work", $"Data Source={Path.Combine(_shop.Folder, "tokens.db")}"), ("Jwt:KeyFile", keys), ("Jwt:Issuer", "https://login.example.com"), ("Jwt:Audience", "customer-value"));
        using CustomerValueClient client = ClientTests.At(host, new() { Key = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhIn0." });

        await ThrownAsync(() => client.ListModelsAsync(), 401, "unknown-token");
        using ServingHost alone = _shop.Start(null, ("Work", $"Data Source={Path.Combine(_shop.Folder, "alone.db")}"), ("Jwt:Authority", "http://127.0.0.1:1"), ("Jwt:Audience", "customer-value"));
        using CustomerValueClient early = ClientTests.At(alone, new() { Key = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhIn0.", MostRetries = 0 });
        (await ThrownAsync(() => early.ListModelsAsync(), 503, "issuer-unreachable")).RetryAfter.Should().Be(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Jobs_that_find_no_place_no_program_and_no_disk_are_told()
    {
        _shop.Hold();
        using (ServingHost host = _shop.Start(null, ("Jobs:MostQueued", "1")))
        {
            using CustomerValueClient client = ClientTests.At(host, new() { MostRetries = 0 });
            JobAnswer first = await client.GiveJobScoreAsync(new(), JobFile.At(_shop.Orders));
            await JobShop.WaitAsync(host, first.Id, "running");
            await ThrownAsync(() => client.GetJobResultAsync(first.Id), 409, "no-result");
            await client.GiveJobScoreAsync(new(), JobFile.At(_shop.Orders));
            await ThrownAsync(() => client.GiveJobScoreAsync(new(), JobFile.At(_shop.Orders)), 429, "busy");
            _shop.Release();
        }
        using (ServingHost host = _shop.Start())
        {
            using CustomerValueClient client = ClientTests.At(host);
            JobAnswer once = await client.GiveJobScoreAsync(new(), JobFile.At(_shop.Orders), idempotencyKey: "k"), again = await client.GiveJobScoreAsync(new(), JobFile.At(_shop.Orders), idempotencyKey: "k");
            (again.Id, again.State).Should().Be((once.Id, once.State));
            await ThrownAsync(() => client.GiveJobScoreAsync(new() { AsOf = "2024-06-01" }, JobFile.At(_shop.Orders), idempotencyKey: "k"), 422, "idempotency-key-reused");
        }
        using (ServingHost host = ServingHost.Start(_shop.Store, ("TrainingProgram", Path.Combine(_shop.Folder, "absent"))))
            await ThrownAsync(() => ClientTests.At(host, new() { MostRetries = 0 }).GiveJobScoreAsync(new(), JobFile.At(_shop.Orders)), 503, "unavailable");
        using ServingHost full = ServingHost.Start(trained.Copy().Folder, ("TrainingProgram", _shop.Program));
        await File.WriteAllTextAsync(Path.Combine(full.Store, "jobs"), "no folder");
        await ThrownAsync(() => ClientTests.At(full).GiveJobScoreAsync(new(), JobFile.At(_shop.Orders)), 507, "file-not-kept");
    }

    [Fact]
    public async Task What_something_before_the_service_answers_is_no_problem_of_the_service()
    {
        using ServingHost host = _shop.Start();
        using HttpClient http = new(new Proxy());
        using CustomerValueClient client = new(http, host.Client.BaseAddress!);

        CustomerValueException thrown = await ThrownAsync(() => client.ListModelsAsync(), 502, "blank");

        thrown.Type.Should().Be("about:blank");
        thrown.Errors.Should().BeEmpty();
        thrown.Problem.Detail.Should().Contain("the proxy speaks");
    }

    [Fact]
    public void Every_kind_of_the_documentation_is_met_here_or_cannot_be_met_through_the_client()
    {
        // Forms and files of pages, calls of another making, and ends of the service that a test cannot time: their shape is the same.
        string[] elsewhere = ["unknown-host", "unknown-form", "status-400", "other-site", "unknown-campaign", "wrong-method", "too-slow", "book-without-basis", "unsupported-media-type", "job-failed", "internal", "draining"];
        string source = string.Concat(Directory.EnumerateFiles(ReferenceData.InRepository("tests", "CustomerValue.Serving.Tests", "Client"), "*.cs").Select(File.ReadAllText));
        string table = File.ReadAllText(ReferenceData.InRepository("docs", "http.md"));
        table = table[table.IndexOf("| status | type", StringComparison.Ordinal)..];
        string[] kinds = [.. Row().Matches(table[..table.IndexOf("\n\n", StringComparison.Ordinal)]).SelectMany(row => Kind().Matches(row.Groups[1].Value).Select(kind => kind.Groups[1].Value)).Distinct()];

        kinds.Should().HaveCountGreaterThan(25);
        kinds.Where(kind => !source.Contains($", \"{kind}\"", StringComparison.Ordinal)).Should().BeSubsetOf(elsewhere);
    }

    private static PredictionRequest Of(IReadOnlyList<TransactionLine> lines, Dictionary<string, JsonNode?>? attributes = null) =>
        new() { AsOf = new DateOnly(2024, 9, 1), Customers = [new CustomerHistory { CustomerId = "C-1", Transactions = lines, Attributes = attributes }] };

    internal static async Task<CustomerValueException> ThrownAsync(Func<Task> call, int status, string kind)
    {
        CustomerValueException thrown = (await call.Should().ThrowAsync<CustomerValueException>()).Which;
        (thrown.Status, thrown.Kind).Should().Be((status, kind), thrown.Message);
        return thrown;
    }

    [GeneratedRegex(@"^\| [0-9, ]+ \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z0-9-]+)`")]
    private static partial Regex Kind();

    /// <summary>Something between client and service that is out of order.</summary>
    private sealed class Proxy : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("<h1>the proxy speaks</h1>") });
    }
}
