using System.Text.Json.Nodes;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary><c>--candidates</c> says who runs.</summary>
public sealed class CandidateChoiceTests : IDisposable
{
    private const string FastTree = "ml-net-fast-tree";
    private readonly Workspace _workspace = new();

    public CandidateChoiceTests() => _workspace.WriteTransactions();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task By_default_ml_net_runs_within_its_budget_and_all_runs_it_in_full()
    {
        string budget = Description(await EvaluateAsync()), full = Description(await EvaluateAsync("--candidates", "all"));

        budget.Should().MatchRegex("[0-9]+ trees a target of ML.NET 5");
        Trees(full).Should().BeGreaterThan(2 * Trees(budget));
    }

    [Fact]
    public async Task House_leaves_ml_net_out_and_nobody_else()
    {
        string[] house = Names(await EvaluateAsync("--candidates", "house")), all = Names(await EvaluateAsync());

        all.Except(house).Should().BeEquivalentTo(FastTree);
    }

    [Fact]
    public async Task Named_ones_run_alone_with_the_prior() =>
        Names(await EvaluateAsync("--candidates", $"recency-rule, {FastTree}")).Where(name => name != "per-target").Should().BeEquivalentTo("recency-rule", "mbg-nbd", FastTree);

    [Theory]
    [InlineData("random-forest", "'random-forest'")]
    [InlineData("recency-rule,everyone", "'everyone'")]
    public async Task A_name_that_is_nobodys_is_a_usage_error_with_those_there_are(string who, string found)
    {
        Run run = await _workspace.RunAsync("evaluate", "--transactions", "orders.csv", "--candidates", who);

        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain("--candidates").And.Contain(found).And.Contain(FastTree).And.Contain("prior-boosted");
    }

    [Fact]
    public async Task A_version_says_who_ran()
    {
        string version = (await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--horizon", "30", "--candidates", "mean-spend", "--promote", "always", "--json")).Json["version"]!.GetValue<string>();

        (await _workspace.SucceedAsync("models", "show", version, "--json")).Json["options"]!["candidates"]!.GetValue<string>().Should().Be("mean-spend");
    }

    private async Task<JsonNode> EvaluateAsync(params string[] options) => (await _workspace.SucceedAsync(["evaluate", "--transactions", "orders.csv", "--horizon", "30", "--json", .. options])).Json;

    private static string[] Names(JsonNode answer) => [.. answer["candidates"]!.AsArray().Select(candidate => candidate!["name"]!.GetValue<string>())];

    private static string Description(JsonNode answer) => answer["candidates"]!.AsArray().Single(candidate => candidate!["name"]!.GetValue<string>() == FastTree)!["description"]!.GetValue<string>();

    private static int Trees(string description) => int.Parse(description.Split(" trees")[0].Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
}
