using System.Text.Json.Nodes;
using CustomerValue.Boosting;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

public sealed class ExportTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public ExportTests() => _workspace.WriteTransactions(customers: 200);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_champion_goes_to_ONNX_with_all_three_answers()
    {
        string version = await TrainAsync("--horizon", "30");

        Run run = await _workspace.SucceedAsync("models", "export", "--json");

        run.Json["version"]!.GetValue<string>().Should().Be(version);
        run.Json["horizon_days"]!.GetValue<int>().Should().Be(30);
        run.Json["inputs"]!.AsArray().Select(input => input!["name"]!.GetValue<string>()).Should().Contain(["x", "prior_purchases", "total_spend"]);
        run.Json["files"]!.AsArray().Should().ContainSingle().Which!.GetValue<string>().Should().Be(_workspace.PathOf($"{version}.onnx"));
        new FileInfo(_workspace.PathOf($"{version}.onnx")).Length.Should().BeGreaterThan(10_000);
    }

    [Theory]
    [InlineData("lightgbm", ".txt")]
    [InlineData("xgboost", ".json")]
    public async Task Its_trees_go_to_other_libraries_and_come_back(string format, string ending)
    {
        await TrainAsync("--horizon", "30");

        Run run = await _workspace.SucceedAsync("models", "export", "--format", format, "--out", "trees", "--json");

        JsonArray trees = run.Json["trees"]!.AsArray();
        trees.Select(tree => tree!["target"]!.GetValue<string>()).Should().Contain(["churn", "purchases", "spend"]);
        foreach (JsonNode? tree in trees)
        {
            using FileStream file = File.OpenRead(_workspace.PathOf("trees", tree!["file"]!.GetValue<string>()));
            file.Name.Should().EndWith(ending);
            Booster again = format == "lightgbm" ? Booster.LoadLightGbm(file) : Booster.LoadXgboost(file);
            again.Rounds.Should().Be(tree["trees"]!.GetValue<int>());
        }
        trees.Should().Contain(tree => tree!["starts_from_prior"]!.GetValue<bool>() && tree["target"]!.GetValue<string>() == "spend" && tree["money_unit"]!.GetValue<double>() > 0);
    }

    [Fact]
    public async Task A_champion_without_trees_says_which_formats_hold_it()
    {
        await TrainAsync(); // too short a history for trees at 90 days

        Run run = await _workspace.RunAsync("models", "export", "--format", "xgboost");

        run.ExitCode.Should().Be(ExitCode.Store);
        run.Message.Should().Contain("holds no trees").And.Contain("--format onnx");
        await _workspace.SucceedAsync("models", "export");
    }

    [Fact]
    public async Task An_unknown_version_or_format_is_refused()
    {
        await TrainAsync();
        (await _workspace.RunAsync("models", "export", "20240101-000000-abcdef01")).ExitCode.Should().Be(ExitCode.Store);
        (await _workspace.RunAsync("models", "export", "--format", "pmml")).ExitCode.Should().Be(ExitCode.Usage);
    }

    private async Task<string> TrainAsync(params string[] more)
    {
        Run run = await _workspace.SucceedAsync(["train", "--transactions", "orders.csv", "--promote", "always", "--candidates", "mbg-nbd,prior-boosted", "--json", .. more]);
        return run.Json["version"]!.GetValue<string>();
    }
}
