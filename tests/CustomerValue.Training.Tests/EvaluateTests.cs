using System.Text.Json.Nodes;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

public sealed class EvaluateTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Json_is_the_contract_of_the_design()
    {
        _workspace.WriteTransactions();
        Run run = await _workspace.SucceedAsync("evaluate", "--transactions", "orders.csv", "--horizon", "60", "--json");
        JsonObject answer = run.Json.AsObject();
        Names(answer).Should().Contain(["cutoff", "horizon_days", "customers", "champion", "candidates"]);
        answer["cutoff"]!.GetValue<string>().Should().Be("2024-11-01");
        JsonObject candidate = answer["candidates"]![0]!.AsObject();
        Names(candidate).Should().Contain(["name", "fit_seconds", "purchases", "spend", "churn"]);
        Names(candidate["purchases"]!.AsObject()).Should().Equal("mae", "rmse", "bias", "pearson", "spearman");
        Names(candidate["spend"]!.AsObject()).Should().Equal("mae", "rmse", "bias", "spearman", "normalized_gini", "decile_mape", "top20_captured");
        Names(candidate["churn"]!.AsObject()).Should().Equal("auc", "average_precision", "log_loss", "brier", "calibration_error", "top_decile_lift");
        answer["candidates"]!.AsArray().Select(entry => entry!["name"]!.GetValue<string>()).Should().Contain(answer["champion"]!.GetValue<string>());
    }

    [Fact]
    public async Task Several_cutoffs_give_a_race_each_and_the_means()
    {
        _workspace.WriteTransactions();
        Run run = await _workspace.SucceedAsync("evaluate", "--transactions", "orders.csv", "--horizon", "60", "--cutoff", "2024-09-01", "--cutoff", "2024-11-01", "--json");
        JsonObject answer = run.Json.AsObject();
        JsonArray races = answer["cutoffs"]!.AsArray();
        races.Select(race => race!["cutoff"]!.GetValue<string>()).Should().Equal("2024-09-01", "2024-11-01");
        JsonNode mean = answer["means"]!.AsArray()[^1]!;
        mean["name"]!.GetValue<string>().Should().Be("champion");
        double[] maes = [.. races.Select(race => race!["candidates"]!.AsArray().Single(candidate => candidate!["name"]!.GetValue<string>() == race["champion"]!.GetValue<string>())!["purchases"]!["mae"]!.GetValue<double>())];
        mean["purchases"]!["mae"]!.GetValue<double>().Should().BeApproximately(maes.Average(), 1e-12);
        run.Out.Should().NotContain("Mean over", "the machine's answer stands alone on the standard output");
    }

    [Fact]
    public async Task Nothing_is_saved()
    {
        _workspace.WriteTransactions();
        await _workspace.SucceedAsync("evaluate", "--transactions", "orders.csv");
        _workspace.Entries().Should().Equal("orders.csv");
    }

    [Fact]
    public async Task The_default_cutoff_is_the_latest_whose_horizon_the_data_cover()
    {
        _workspace.WriteTransactions();
        Run byDefault = await _workspace.SucceedAsync("evaluate", "--transactions", "orders.csv", "--json");
        byDefault.Json["cutoff"]!.GetValue<string>().Should().Be("2024-10-02", "the last transaction is of 2024-12-30 and the horizon has 90 days");
        (await _workspace.RunAsync("evaluate", "--transactions", "orders.csv", "--cutoff", "2024-10-03")).ExitCode.Should().Be(ExitCode.Usage);
    }

    [Fact]
    public async Task People_see_every_candidate_and_who_wins()
    {
        _workspace.WriteTransactions();
        Run run = await _workspace.SucceedAsync("evaluate", "--transactions", "orders.csv");
        run.Out.Should().Contain("recency-rule").And.Contain("bg-nbd").And.MatchRegex("beats the best naive rule|does not beat the best naive rule");
    }

    [Fact]
    public async Task Threads_change_nothing()
    {
        _workspace.WriteTransactions();
        JsonNode one = (await _workspace.SucceedAsync("evaluate", "--transactions", "orders.csv", "--threads", "1", "--json")).Json;
        JsonNode four = (await _workspace.SucceedAsync("evaluate", "--transactions", "orders.csv", "--threads", "4", "--json")).Json;
        foreach (JsonNode? candidate in one["candidates"]!.AsArray().Concat(four["candidates"]!.AsArray()))
            candidate!.AsObject().Remove("fit_seconds");
        four.ToJsonString().Should().Be(one.ToJsonString());
    }

    [Fact]
    public async Task Both_Online_Retail_files_are_raced_without_preparation()
    {
        Acceptance.Only("it takes a minute");
        Run run = await _workspace.SucceedAsync("evaluate", "--json", "--cutoff", "2011-09-01", "--horizon", "100", "--transactions",
            ReferenceData.File("uci_online_retail", "online_retail_2009_2010.csv.gz"), ReferenceData.File("uci_online_retail", "online_retail_2010_2011.csv.gz"));
        run.Json["customers"]!.GetValue<int>().Should().BeInRange(5_200, 5_300);
        JsonNode bgNbd = run.Json["candidates"]!.AsArray().Single(candidate => candidate!["name"]!.GetValue<string>() == "bg-nbd")!;
        bgNbd["churn"]!["auc"]!.GetValue<double>().Should().BeInRange(.79, .82, "MBG/NBD reached .8041 in the reference");
    }

    private static IEnumerable<string> Names(JsonObject node) => node.Select(pair => pair.Key);
}
