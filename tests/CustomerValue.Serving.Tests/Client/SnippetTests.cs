using System.Globalization;
using System.Text.Json.Nodes;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests.Client;

/// <summary>The programs of docs/developers.md do what the page says, against the real service with a real key.</summary>
public sealed class SnippetTests(SnippetTests.Shop shop) : IClassFixture<SnippetTests.Shop>
{
    private static readonly string[] s_languages = ["bash", "csharp", "python", "javascript"];

    private static readonly IReadOnlyList<Snippet> s_snippets = Snippet.Of(File.ReadAllText(ReferenceData.InRepository("docs", "developers.md")));

    public static TheoryData<string> Languages => [.. s_languages];

    [Fact]
    public void Every_task_is_shown_in_every_language() =>
        s_snippets.Select(snippet => (snippet.Heading, snippet.Language)).Should().Equal(((string[])["Predict one customer", "Page through customers", "Run a job"]).SelectMany(task => s_languages.Select(language => (task, language))));

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task One_customer_is_predicted(string language)
    {
        string output = await shop.RunAsync("Predict one customer", language);

        JsonNode? whole = language == "bash" ? JsonNode.Parse(output)!["predictions"]![0] : null;
        (string id, double churn) = whole is null ? (output.Split(' ')[0], double.Parse(output.Split(' ')[1], CultureInfo.InvariantCulture)) : (whole["customer_id"]!.GetValue<string>(), whole["churn_probability"]!.GetValue<double>());
        (id, churn).Should().Be(("C-1001", shop.Churn));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Customers_come_each_once_in_order(string language) =>
        (await shop.RunAsync("Page through customers", language)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Should().Equal(shop.Ids);

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_job_is_run_and_its_result_is_a_file(string language)
    {
        (await shop.RunAsync("Run a job", language)).Trim().Should().Be("done");

        string[] lines = await File.ReadAllLinesAsync(Path.Combine(shop.FolderOf(language), "scores.csv"));
        lines[0].Should().StartWith("customer_id,");
        lines.Should().HaveCountGreaterThan(300).And.OnlyHaveUniqueItems();
    }

    /// <summary>A service with a book, before a key, and what its answers are.</summary>
    public sealed class Shop : IAsyncLifetime
    {
        private readonly ScoredShop _scored;
        private readonly string _secret = KeySecret.New();
        private readonly string _work;
        private ServingHost? _host;

        public Shop(TrainedStore trained)
        {
            _scored = new ScoredShop(trained);
            _work = $"Data Source={Path.Combine(_scored.Folder, "keys.db")}";
        }

        /// <summary>Ids of the book, the most valuable first.</summary>
        public IReadOnlyList<string> Ids { get; private set; } = [];

        /// <summary>Churn probability of the customer that the page asks for.</summary>
        public double Churn { get; private set; }

        public async ValueTask InitializeAsync()
        {
            for (string? after = ""; after is not null;)
            {
                JsonNode page = (await _scored.Host.GetAsync("/v1/customers?sort=-lifetime_value&limit=500&after=" + after)).Json;
                Ids = [.. Ids, .. page["customers"]!.AsArray().Select(customer => customer!["customer_id"]!.GetValue<string>())];
                after = page["next"]?.GetValue<string>();
            }
            Answer answer = await _scored.Host.PostAsync("/v1/predictions", """{"as_of":"2024-09-01","customers":[{"customer_id":"C-1001","transactions":[{"date":"2024-03-02","amount":24.9},{"date":"2024-05-11","amount":61.5,"order_id":"O-77","category":"tea"}]}]}""");
            Churn = answer.Json["predictions"]![0]!["churn_probability"]!.GetValue<double>();
            await new AccessDatabase(_work).AddAsync(new AccessKey { Prefix = KeySecret.PrefixOf(_secret), Name = "shop", Hash = KeySecret.HashOf(_secret), Scopes = "predict read export", Created = DateTime.UtcNow });
            _host = ServingHost.Start(_scored.Store, ("Work", _work), ("TrainingProgram", Path.ChangeExtension(TrainingProcess.Program, null)));
            Ids.Should().HaveCountGreaterThan(401, "two whole pages and more");
        }

        public string FolderOf(string language) => Directory.CreateDirectory(Path.Combine(_scored.Folder, language)).FullName;

        internal Task<string> RunAsync(string task, string language)
        {
            string folder = FolderOf(language);
            File.Copy(_scored.Orders, Path.Combine(folder, "orders.csv"), overwrite: true);
            return s_snippets.Single(snippet => snippet.Heading == task && snippet.Language == language).RunAsync(folder, ("CUSTOMER_VALUE_URL", _host!.Client.BaseAddress!.ToString().TrimEnd('/')), ("CUSTOMER_VALUE_KEY", _secret));
        }

        public ValueTask DisposeAsync()
        {
            _host?.Dispose();
            _scored.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
