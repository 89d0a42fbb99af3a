using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>Each kind of bad input gives one clear message and its exit code, and leaves nothing behind.</summary>
public sealed class RecommendErrorTests(RecommendErrorTests.Trained trained) : IClassFixture<RecommendErrorTests.Trained>
{
    private readonly Workspace _workspace = trained.Workspace;

    [Theory]
    [InlineData("--rates", "activity,cost\norder,-1\n", "-1")]
    [InlineData("--rates", "activity,cost\norder,1\norder,2\n", "order")]
    [InlineData("--rates", "what,cost\norder,1\n", "activity")]
    [InlineData("--rates", "activity,cost\nmoon_landing,1\n", "order, line, return")]
    [InlineData("--referrals", "referrer_id,referee_id,date\nK001,,2024-05-01\n", "referee_id")]
    [InlineData("--experience", "customer_id,date,utility,process_quality,price,effort\nK001,2024-05-01,3,4,0,0\n", "price")]
    [InlineData("--steps", "customer_id,date,step\nK001,2024-05-01,shout\n", "shout")]
    [InlineData("--scorecard", "{ \"format\": \"customer-value-scorecard/1\", \"name\": \"x\", \"current\": { \"weight\": 0.5, \"items\": [{ \"indicator\": \"charm\", \"weight\": 1 }] }, \"potential\": { \"weight\": 0.5, \"items\": [{ \"indicator\": \"loyalty\", \"weight\": 1 }] } }", "charm")]
    [InlineData("--strategy", "{ \"strategy\": { \"share_of_value\": 7 } }", "ShareOfValue")]
    [InlineData("--strategy", "{ \"stratgy\": {} }", "stratgy")]
    [InlineData("--strategy", "{ \"category_margins\": { \"food\": 1.4 } }", "food")]
    [InlineData("--strategy", "nonsense", "line 1")]
    [InlineData("--before", "customer_id,as_of,quadrant,stage,current_value,potential_value\nK001,2024-06-01,star,steady,1,2\n", "star")]
    [InlineData("--before", "customer_id,as_of,quadrant,stage,current_value,potential_value\nK001,2030-06-01,retain,steady,1,2\n", "2030-06-01")]
    [InlineData("--before", "customer_id,as_of,quadrant,stage,current_value,potential_value\n", "no customer")]
    public async Task A_file_that_cannot_be_used(string option, string content, string expected)
    {
        _workspace.Write("bad.txt", content);
        await ExpectAsync(ExitCode.BadData, expected, option, "bad.txt", "--out", "never.csv");
    }

    [Theory]
    [InlineData("--rates")]
    [InlineData("--referrals")]
    [InlineData("--experience")]
    [InlineData("--steps")]
    [InlineData("--scorecard")]
    [InlineData("--strategy")]
    [InlineData("--before")]
    public Task A_missing_file(string option) => ExpectAsync(ExitCode.BadData, "absent.csv", option, "absent.csv", "--out", "never.csv");

    [Fact]
    public Task Pools_without_rates() => ExpectAsync(ExitCode.Usage, "--rates", "--pools", "pools.csv");

    [Fact]
    public async Task Activities_without_rates()
    {
        _workspace.Write("activities.csv", "customer_id,date,activity\nK001,2024-05-01,call\n");
        await ExpectAsync(ExitCode.Usage, "--rates", "--activities", "activities.csv");
        Run train = await _workspace.RunAsync("train", "--transactions", "orders.csv", "--activities", "activities.csv");
        train.ExitCode.Should().Be(ExitCode.Usage);
        train.Message.Should().Contain("--rates");
    }

    [Theory]
    [InlineData("2024-04-20")]
    [InlineData("2024-12-31")]
    public Task An_earlier_day_outside_the_data(string day) => ExpectAsync(ExitCode.BadData, day, "--before", day);

    [Fact]
    public Task An_unknown_language() => ExpectAsync(ExitCode.Usage, "en, zh", "--language", "tlh");

    [Fact]
    public async Task An_empty_store_says_to_train_first()
    {
        Run run = await _workspace.RunAsync("recommend", "--transactions", "orders.csv", "--store", "empty");
        run.ExitCode.Should().Be(ExitCode.Store);
        run.Message.Should().Contain("train first");
    }

    [Fact]
    public async Task A_damaged_strategy_is_refused()
    {
        string store = _workspace.PathOf("damaged");
        CopyFolder(_workspace.Store, store);
        string version = File.ReadAllText(Path.Combine(store, "champion")).Trim();
        File.AppendAllText(Path.Combine(store, version, "strategy.json"), " ");
        Run run = await _workspace.RunAsync("recommend", "--transactions", "orders.csv", "--store", "damaged");
        run.ExitCode.Should().Be(ExitCode.Store);
        run.Message.Should().Contain("strategy.json");
    }

    [Fact]
    public async Task Rates_of_what_transactions_tell_need_no_activities()
    {
        _workspace.Write("orders-cost.csv", "activity,cost\norder,2\nline,0.5\n");
        Run run = await _workspace.SucceedAsync("recommend", "--transactions", "orders.csv", "--rates", "orders-cost.csv", "--json");
        run.Json["strategy"]!["cost_source"]!.GetValue<string>().Should().Be("transactions");
        run.Json["costs"]!["total"]!.GetValue<double>().Should().BePositive();
    }

    private async Task ExpectAsync(int exitCode, string expected, params string[] options)
    {
        Run run = await _workspace.RunAsync(["recommend", "--transactions", "orders.csv", .. options]);
        run.ExitCode.Should().Be(exitCode, run.Error);
        run.Message.Should().Contain(expected);
        run.Out.Should().BeEmpty();
        run.Error.Should().NotContain("   at ");
        File.Exists(_workspace.PathOf("never.csv")).Should().BeFalse("nothing is half written");
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (string folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    /// <summary>A version trained on orders alone.</summary>
    public sealed class Trained : IAsyncLifetime
    {
        internal Workspace Workspace { get; } = new();

        public async ValueTask InitializeAsync() => await Support.Trained.Orders.CopyToAsync(Workspace);

        public ValueTask DisposeAsync()
        {
            Workspace.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
