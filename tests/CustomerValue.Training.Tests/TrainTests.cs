using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerValue.CustomerBook;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

public sealed class TrainTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("broken.db", "not a database")]
    [InlineData("Host=127.0.0.1;Port=9;Database=nobody", "cannot be written")]
    [InlineData("Colour=red", "neither a file nor a server")]
    public async Task A_book_that_cannot_be_written_is_told_before_the_race_and_nothing_is_saved(string book, string message)
    {
        _workspace.WriteTransactions();
        _workspace.Write("broken.db", new string('x', 8192));

        Run run = await _workspace.RunAsync("train", "--transactions", "orders.csv", "--book", book, "--json");

        run.ExitCode.Should().Be(ExitCode.Store, run.Error);
        run.Error.Should().Contain(message);
        Directory.Exists(_workspace.Store).Should().BeFalse("nothing was trained");
    }

    [Fact]
    public async Task The_Cdnow_sample_gives_the_published_parameters_and_holdout_figures()
    {
        string file = ReferenceData.File("cdnow", "cdnow_sample.csv.gz");
        Run run = await _workspace.SucceedAsync("train", "--transactions", file, "--map", "amount=amount", "--cutoff", "1997-10-01", "--horizon", "273", "--json");

        JsonNode evaluation = run.Json["evaluation"]!, bgNbd = evaluation["candidates"]!.AsArray().Single(candidate => candidate!["name"]!.GetValue<string>() == "bg-nbd")!;
        evaluation["customers"]!.GetValue<int>().Should().Be(2357);
        string description = bgNbd["description"]!.GetValue<string>();
        (string Name, double Value, double Margin)[] published =
            [("r", .2425945, 1e-3), ("alpha", 4.4136019, 1e-3), ("a", .7929199, 1e-3), ("b", 2.4258881, 1e-3), ("p", 6.25, 1e-3), ("q", 3.74, 1.5e-3), ("gamma", 15.44, 1e-3)];
        foreach ((string name, double value, double margin) in published)
            Parameter(description, name).Should().BeApproximately(value, margin * value, "{0} of {1}", name, description);
        description.Should().Contain("log-likelihood -9582.4").And.Contain("946 repeaters").And.Contain("log-likelihood -4055.9");
        bgNbd["purchases"]!["mae"]!.GetValue<double>().Should().BeInRange(.785, .786);
        bgNbd["churn"]!["auc"]!.GetValue<double>().Should().BeInRange(.772, .773);
    }

    private static double Parameter(string description, string name) =>
        double.Parse(Regex.Match(description, $@"[:,] {name} ([-0-9.e+]+?)[,;]").Groups[1].Value, CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_run_ends_with_a_champion_that_serves_and_a_book_of_all_customers()
    {
        _workspace.WriteTransactions();
        Run run = await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--promote", "always", "--json");
        ModelStore store = new(_workspace.Store, TimeProvider.System);
        store.Champion.Should().Be(run.Json["version"]!.GetValue<string>());
        run.Json["promoted"]!.GetValue<bool>().Should().BeTrue();

        BookHeader? header = await new CustomerBookDatabase(CustomerBookOptions.InStore(_workspace.Store)).HeaderAsync();
        header!.ModelVersion.Should().Be(store.Champion);
        header.AsOf.Should().Be(new DateOnly(2024, 12, 31), "the last transaction is of 2024-12-30");
        header.Customers.Should().Be(60);
    }

    [Fact]
    public async Task The_table_names_candidates_store_and_what_to_do_next()
    {
        _workspace.WriteTransactions();
        Run run = await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--promote", "always");
        run.Out.Should().Contain("recency-rule").And.Contain("purchases MAE").And.Contain("naive rule").And.Contain("serves now").And.Contain("Next:");
    }

    [Fact]
    public async Task A_short_history_says_when_lifetime_values_can_be_set_beside_what_came()
    {
        _workspace.WriteTransactions();
        Run run = await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--promote", "never"), json = await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--promote", "never", "--json");

        string why = json.Json["lifetime_backtest"]!["why_not"]!.GetValue<string>();
        why.Should().StartWith("Lifetime values cannot be set beside what came of them yet").And.Contain("Versions with a cutoff from ");
        json.Json["lifetime_backtest"]!["figures"].Should().BeNull();
        Regex.Replace(run.Out, "\\s+", " ").Should().Contain(why);
    }

    /// <summary>Models that expect chance, on customers who know none.</summary>
    [Fact]
    public async Task A_champion_that_a_naive_rule_beats_is_saved_but_not_promoted()
    {
        _workspace.WriteClockwork("orders.csv");
        Run run = await _workspace.RunAsync("train", "--transactions", "orders.csv", "--candidates", "recency-rule,mean-spend,pareto-nbd,mbg-nbd,bg-nbd", "--json");
        run.ExitCode.Should().Be(ExitCode.QualityGate);
        run.Json["beats_naive"]!.GetValue<bool>().Should().BeFalse();
        run.Json["promoted"]!.GetValue<bool>().Should().BeFalse();
        run.Message.Should().Contain("--promote always");
        ModelStore store = new(_workspace.Store, TimeProvider.System);
        store.Versions.Should().ContainSingle();
        store.Champion.Should().BeNull();
        File.Exists(Path.Combine(_workspace.Store, CustomerBookOptions.FileName)).Should().BeFalse("the book holds the champion's scores");
    }

    [Fact]
    public async Task Customers_like_clockwork_are_known_for_it_and_no_naive_rule_is_better()
    {
        _workspace.WriteClockwork("orders.csv");

        Run run = await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--json");

        run.Json["beats_naive"]!.GetValue<bool>().Should().BeTrue();
        run.Json["evaluation"]!["candidates"]!.AsArray().Select(candidate => candidate!["name"]!.GetValue<string>()).Should().Contain("mbg-cnbd-k");
    }

    [Theory]
    [InlineData("--no-promote", null)]
    [InlineData("--promote", "never")]
    public async Task Without_promotion_the_old_champion_stays(string option, string? value)
    {
        _workspace.WriteTransactions();
        Run first = await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--promote", "always", "--json");
        await _workspace.SucceedAsync(["train", "--transactions", "orders.csv", "--seed", "2", option, .. value is null ? Array.Empty<string>() : [value]]);
        ModelStore store = new(_workspace.Store, TimeProvider.System);
        store.Versions.Should().HaveCount(2);
        store.Champion.Should().Be(first.Json["version"]!.GetValue<string>());
    }

    [Fact]
    public async Task Contradicting_promotions_are_a_usage_error()
    {
        Run run = await _workspace.RunAsync("train", "--transactions", "orders.csv", "--no-promote", "--promote", "always");
        run.ExitCode.Should().Be(ExitCode.Usage);
    }

    [Fact]
    public async Task The_same_data_and_options_give_the_same_model()
    {
        _workspace.WriteTransactions();
        Run one = await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--promote", "always", "--threads", "1", "--json");
        Run two = await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--promote", "always", "--threads", "3", "--json");
        two.Json["model_hash"]!.GetValue<string>().Should().Be(one.Json["model_hash"]!.GetValue<string>());
        two.Json["version"]!.GetValue<string>().Should().NotBe(one.Json["version"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_cutoff_at_the_end_trains_on_everything_and_measures_nothing()
    {
        _workspace.WriteTransactions();
        Run run = await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--cutoff", "2024-12-31", "--json");
        run.Json["evaluation"].Should().BeNull();
        run.Json["promoted"]!.GetValue<bool>().Should().BeTrue();
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_a_store_error()
    {
        _workspace.WriteTransactions();
        _workspace.Write("store", "a file, no folder");
        Run run = await _workspace.RunAsync("train", "--transactions", "orders.csv", "--store", "store", "--promote", "always");
        run.ExitCode.Should().Be(ExitCode.Store);
        run.Message.Should().Contain("--store");
    }
}
