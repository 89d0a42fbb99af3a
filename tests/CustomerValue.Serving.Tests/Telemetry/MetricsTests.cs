using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Tests.Hosting;
using CustomerValue.Serving.Tests.Owasp;

namespace CustomerValue.Serving.Tests.Telemetry;

/// <summary>What /metrics says of calls that were made, each program for itself.</summary>
public sealed partial class MetricsTests(TrainedStore trained, MetricsTests.Asked asked, LockedHost locked) : IClassFixture<MetricsTests.Asked>, IClassFixture<LockedHost>
{
    private static readonly DateOnly s_cutoff = new(2024, 3, 1);
    private static readonly string s_folder = Path.Combine(ReferenceData.RepositoryRoot, "docs", "operations"), s_words = File.ReadAllText(s_folder + ".md");

    /// <summary>The program after every kind of call.</summary>
    public sealed class Asked(TrainedStore trained) : IAsyncLifetime
    {
        internal Metrics Metrics { get; private set; } = null!;

        internal string Version { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            using ScoredShop shop = new(trained);
            new ModelStore(shop.Store, TimeProvider.System).Challenge(trained.Newer);
            await using ServingProcess service = await ServingProcess.StartAsync([], $"--Store={shop.Store}", "--Challenger:ShadowShare=1");
            for (int attempt = 0; attempt < 200 && !(await service.GetAsync("/health/ready")).Text.Contains("\"loaded\":\"", StringComparison.Ordinal); attempt++)
                await Task.Delay(50);
            Version = new ModelStore(shop.Store, TimeProvider.System).Champion!;
            string some = SimulatedCustomers.ToRequest(s_cutoff, shop.Rows.Where(row => row.Day < s_cutoff).GroupBy(row => row.CustomerId).Take(150)).ToJsonString();
            foreach (string route in (string[])["predictions", "recommendations", "decisions"])
                (await service.PostAsync($"/v1/{route}", some)).Status.Should().Be(System.Net.HttpStatusCode.OK);
            await service.PostAsync("/v1/predictions", """{"customers":[{"customer_id":"nobody","transactions":[]}]}""");
            await service.PostAsync("/v1/predictions", """{"customers":[{"customer_id":"nobody"}]}""");
            await service.PostAsync("/v1/predictions", "{");
            foreach (string path in (string[])["/v1/customers/c00001", "/v1/customers/none", "/v1/customers/none", "/v1/customers", "/nothing/c00001", "/health/ready", "/customer?id=c00001"])
                await service.GetAsync(path);
            for (int attempt = 0; attempt < 100 && (await service.MetricsAsync()).Text is var text && !(text.Contains("customer_value_book_customers{") && text.Contains("customer_value_challenger_difference")); attempt++)
                await Task.Delay(100);
            await Task.Delay(400); // what was collected is told again for a while
            Metrics = await service.MetricsAsync();
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    [Fact]
    public void Calls_are_counted_by_route_method_and_status_and_never_by_their_address()
    {
        Metrics metrics = asked.Metrics;
        Calls("/v1/predictions", "200").Should().Be(2);
        Calls("/v1/predictions", "422").Should().Be(1);
        Calls("/v1/predictions", "400").Should().Be(1);
        Calls("/v1/customers/{id}", "200").Should().Be(1);
        Calls("/v1/customers/{id}", "404").Should().Be(2);
        Calls("/customer", "200").Should().Be(1);
        metrics.Text.Should().NotContain("c00001").And.NotContain("/nothing").And.NotContain("none\"");
        metrics.Sum("http_server_request_duration_seconds_sum", ("http_route", "/v1/predictions")).Should().BeInRange(1e-4, 60);

        double Calls(string route, string status) => metrics.Sum("http_server_request_duration_seconds_count", ("http_route", route), ("http_response_status_code", status));
    }

    [Fact]
    public void Problems_are_counted_by_kind_and_status()
    {
        Problems("unknown-customer", "404").Should().Be(2);
        Problems("unknown-route", "404").Should().Be(1);
        Problems("malformed-request", "400").Should().Be(1);
        Problems("invalid-request", "422").Should().Be(1);

        double Problems(string kind, string status) => asked.Metrics.Sum("customer_value_problems_total", ("problem", kind), ("http_response_status_code", status));
    }

    [Fact]
    public void Customers_and_their_scores_are_counted_under_the_version_that_answered()
    {
        Metrics metrics = asked.Metrics;
        metrics.Sum("customer_value_customers_scored_total", ("model_version", asked.Version), ("newcomer", "false")).Should().Be(450);
        metrics.Sum("customer_value_customers_scored_total", ("newcomer", "true")).Should().Be(1);
        foreach (string score in (string[])["customer_value_churn_probability", "customer_value_expected_purchases"])
        {
            metrics.Sum(score + "_count", ("model_version", asked.Version)).Should().Be(451);
            metrics.Samples.Count(sample => sample.Name == score + "_bucket" && sample.Value is > 0 and < 451).Should().BeGreaterThan(3, "scores are spread over the bins");
        }
        (metrics.Sum("customer_value_churn_probability_sum") / 451).Should().BeInRange(0.05, 0.95);
    }

    [Fact]
    public void Model_book_and_program_say_what_and_how_old_they_are()
    {
        Metrics metrics = asked.Metrics;
        metrics.Sum("customer_value_model_info", ("model_version", asked.Version)).Should().Be(1);
        metrics.Sum("customer_value_model_ready").Should().Be(1);
        metrics.Sum("customer_value_model_pending").Should().Be(0);
        metrics.Sum("customer_value_model_cutoff_timestamp_seconds").Should().Be(new DateTimeOffset(s_cutoff, default, TimeSpan.Zero).ToUnixTimeSeconds());
        double now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        foreach (string time in (string[])["model_created", "model_loaded", "book_scored"])
            metrics.Sum($"customer_value_{time}_timestamp_seconds", ("model_version", asked.Version)).Should().BeInRange(now - 3600, now + 1);
        metrics.Sum("customer_value_book_ready").Should().Be(1);
        metrics.Sum("customer_value_book_customers").Should().BeInRange(400, 800);
        metrics.Samples.Single(sample => sample.Name == "customer_value_build_info").Labels["version"].Should().MatchRegex(@"^\d+\.\d+\.\d+");
    }

    [Theory]
    [InlineData("dashboard.json")]
    [InlineData("alerts.yml")]
    public void Every_metric_and_label_that_operators_are_given_is_there(string file)
    {
        string[] expressions = [.. Expressions(file)];
        expressions.Should().HaveCountGreaterThan(8);
        foreach (string label in expressions.SelectMany(expression => GroupedBy().Matches(expression)).SelectMany(match => match.Groups[1].Value.Split(", ")).Except(["le", "instance"]))
            asked.Metrics.Samples.Should().Contain(sample => sample.Labels.ContainsKey(label), "{0} groups by {1}", file, label);
        int used = 0;
        foreach (Match metric in expressions.SelectMany(expression => Used().Matches(GroupedBy().Replace(expression, ""))))
        {
            string name = metric.Groups[1].Value;
            Sample[] samples = [.. asked.Metrics.Samples.Where(sample => sample.Name == name)];
            samples.Should().NotBeEmpty("{0} uses {1}", file, name);
            s_words.Should().Contain(Described(name), "{0} is described", name);
            foreach (Match label in LabelUsed().Matches(metric.Groups[2].Value))
                if (label.Groups[1].Value is not ("job" or "instance")) // what Prometheus itself adds
                    samples.Should().Contain(sample => sample.Labels.ContainsKey(label.Groups[1].Value), "{0} uses {1} by {2}", file, name, label.Groups[1].Value);
            used++;
        }
        used.Should().BeGreaterThan(10);
    }

    [Fact]
    public void Every_metric_of_this_program_is_described_in_the_docs_and_none_other()
    {
        string[] exposed = [.. asked.Metrics.Samples.Select(sample => Described(sample.Name)).Where(name => name.StartsWith("customer_value_", StringComparison.Ordinal)).Distinct()];

        exposed.Should().HaveCountGreaterThan(15);
        OwnName().Matches(s_words).Select(match => match.Value).Distinct().Should().BeEquivalentTo(exposed);
    }

    [Fact]
    public async Task The_customers_of_the_training_are_no_drift_and_others_are()
    {
        await using ServingProcess service = await ServingProcess.StartAsync([], $"--Store={trained.Folder}");
        IGrouping<string, Transaction>[] known = [.. trained.Rows.Where(row => row.Day < s_cutoff).GroupBy(row => row.CustomerId)];
        (await service.PostAsync("/v1/predictions", SimulatedCustomers.ToRequest(s_cutoff, known).ToJsonString())).Status.Should().Be(System.Net.HttpStatusCode.OK);

        Metrics same = await service.MetricsAsync();
        same.Sum("customer_value_drift_customers", ("kind", "score"), ("name", "churn_probability")).Should().Be(known.Length);
        (string, string, double)[] moved = Ratios(same);
        moved.Should().HaveCountGreaterThan(20).And.OnlyContain(one => one.Item3 < 0.05, "they are the customers of the training");
        moved.Select(one => one.Item1).Distinct().Should().BeEquivalentTo("score", "feature");

        // Everyone bought yesterday, and dearly.
        string others = $$"""{"as_of":"{{s_cutoff:O}}","customers":[{{string.Join(',', Enumerable.Range(0, 500).Select(i => $$"""{"customer_id":"x{{i}}","transactions":[{"date":"2024-02-{{10 + i % 19}}","amount":{{5000 + i}}},{"date":"2024-02-29","amount":{{5000 + i}}}]}"""))}}]}""";
        for (int call = 0; call < 18; call++)
            (await service.PostAsync("/v1/predictions", others)).Status.Should().Be(System.Net.HttpStatusCode.OK);
        await Task.Delay(400);
        Metrics different = await service.MetricsAsync();

        Ratios(different).Where(one => one.Item1 == "score").Should().OnlyContain(one => one.Item3 > 1);
        Ratios(different).Should().Contain(one => one.Item1 == "feature" && one.Item2 == "recency" && one.Item3 > 1);

        static (string, string, double)[] Ratios(Metrics metrics) => [.. metrics.Samples.Where(sample => sample.Name == "customer_value_drift_stability")
            .Select(sample => (sample.Labels["kind"], sample.Labels["name"], sample.Value / metrics.Sum("customer_value_drift_limit", ("kind", sample.Labels["kind"]), ("name", sample.Labels["name"]))))];
    }

    [Fact]
    public async Task A_promoted_version_that_is_refused_waits_and_one_without_a_store_is_not_ready()
    {
        ModelStore store = trained.Copy();
        await using ServingProcess service = await ServingProcess.StartAsync([], $"--Store={store.Folder}", "--ChampionPollMilliseconds=20");
        File.AppendAllText(Directory.EnumerateFiles(Path.Combine(store.Folder, trained.Newer), "*.json").First(path => !path.EndsWith("manifest.json")), " ");
        File.WriteAllText(store.ChampionPath, trained.Newer + "\n");
        await Task.Delay(1000);

        Metrics metrics = await service.MetricsAsync();
        metrics.Sum("customer_value_model_pending").Should().Be(1);
        metrics.Sum("customer_value_model_info", ("model_version", trained.Older)).Should().Be(1, "it goes on serving");

        await using ServingProcess empty = await ServingProcess.StartAsync([], $"--Store={trained.Fresh()}");
        await empty.PostAsync("/v1/predictions", LockedHost.Prediction);
        Metrics none = await empty.MetricsAsync();
        none.Sum("customer_value_model_ready").Should().Be(0);
        none.Sum("customer_value_problems_total", ("problem", "no-champion"), ("http_response_status_code", "503")).Should().Be(1);
        none.Samples.Should().NotContain(sample => sample.Name == "customer_value_model_info");
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData(AccessScope.Predict, 403)]
    [InlineData(AccessScope.Export, 403)]
    [InlineData(AccessScope.Campaign, 403)]
    [InlineData(AccessScope.Read, 200)]
    [InlineData(AccessScope.Admin, 200)]
    public async Task Where_there_are_keys_metrics_want_one_that_may_read(string? scope, int status)
    {
        ((int)(await locked.SendAsync("GET", "/metrics", scope)).StatusCode).Should().Be(status);
        ((int)(await locked.SendAsync("POST", "/metrics", scope)).StatusCode).Should().NotBe(200);
    }

    private static IEnumerable<string> Expressions(string file)
    {
        string text = File.ReadAllText(Path.Combine(s_folder, file));
        if (file.EndsWith(".yml", StringComparison.Ordinal))
            return Expression().Matches(text).Select(match => match.Groups[1].Value);
        JsonNode dashboard = JsonNode.Parse(text)!;
        return dashboard["panels"]!.AsArray().Where(panel => panel!["targets"] is not null).SelectMany(panel => panel!["targets"]!.AsArray()).Concat(dashboard["annotations"]!["list"]!.AsArray()).Select(target => target!["expr"]!.GetValue<string>())
            .Concat(dashboard["templating"]!["list"]!.AsArray().Where(variable => variable!["type"]!.GetValue<string>() == "query").Select(variable => variable!["query"]!["query"]!.GetValue<string>()));
    }

    /// <summary>A metric by the name it is described under: parts of a histogram have their own.</summary>
    private static string Described(string name) => Part().Replace(name, "");

    [GeneratedRegex(@"expr: (?:>-\n)?((?:.+)(?:\n {10}.+)*)")]
    private static partial Regex Expression();

    [GeneratedRegex(@"\b((?:customer_value|http|kestrel|dotnet)_[a-z0-9_]+)(\{[^}]*\})?")]
    private static partial Regex Used();

    [GeneratedRegex(@"\bby \(([^)]+)\)")]
    private static partial Regex GroupedBy();

    [GeneratedRegex("""([a-z_]+)(?:=~|!~|!=|=)""")]
    private static partial Regex LabelUsed();

    [GeneratedRegex("(?<=(?:probability|purchases|difference|duration_seconds))_(?:bucket|sum|count)$")]
    private static partial Regex Part();

    [GeneratedRegex("customer_value_[a-z_]+")]
    private static partial Regex OwnName();
}
