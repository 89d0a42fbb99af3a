using System.Text.Json.Nodes;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>The verb on a simulated shop with activities, pools, referrals and experience.</summary>
public sealed class RecommendTests(Shop shop) : IClassFixture<Shop>
{
    private readonly Workspace _workspace = shop.Workspace;

    [Fact]
    public async Task The_portfolio_is_the_sum_of_the_customers_in_the_file()
    {
        JsonNode answer = (await RecommendAsync("--out", "sums.csv", "--json")).Json;

        JsonNode portfolio = answer["portfolio"]!;
        Sum("realised_value").Should().BeApproximately(Number(portfolio, "realised"), 1e-6);
        Sum("current_value").Should().BeApproximately(Number(portfolio, "current"), 1e-6);
        Sum("potential_value").Should().BeApproximately(Number(portfolio, "equity"), 1e-6);
        Sum("influence_value").Should().BeApproximately(Number(portfolio, "influence_moved"), 1e-6).And.BePositive();
        answer["quadrants"]!.AsArray().Sum(group => Number(group!, "potential")).Should().BeApproximately(Number(portfolio, "equity"), 1e-6);
        answer["stages"]!.AsArray().Sum(group => (int)Number(group!, "customers")).Should().Be((int)Number(portfolio, "customers"));
        JsonNode costs = answer["costs"]!;
        (Sum("cost_to_serve") + Number(costs, "unknown_customers")).Should().BeApproximately(Number(costs, "total"), 0.05, "totals of four activities and two pools are in whole cents, customers are not rounded").And.BePositive();
        foreach (JsonNode? pool in costs["pools"]!.AsArray())
            (Number(pool!, "assigned") + Number(pool!, "idle")).Should().BeApproximately(Number(pool!["pool"]!, "cost"), 1e-9);

        double Sum(string column) => shop.Numbers("sums.csv", column).Sum();
    }

    [Fact]
    public async Task Every_customer_has_one_quadrant_with_probabilities_that_sum_to_one_and_a_strategy_with_reasons()
    {
        await RecommendAsync("--out", "whole.csv");

        Dictionary<string, string[]> columns = shop.Columns("whole.csv");
        columns["customer_id"].Should().OnlyHaveUniqueItems().And.BeInAscendingOrder(StringComparer.Ordinal);
        columns["quadrant"].Should().OnlyContain(word => word == "retain" || word == "develop" || word == "maintain" || word == "cultivate").And.Contain("develop").And.Contain("maintain");
        double[][] probabilities = [.. new[] { "retain", "develop", "maintain", "cultivate" }.Select(name => shop.Numbers("whole.csv", $"{name}_probability"))];
        for (int i = 0; i < columns["customer_id"].Length; i++)
            probabilities.Sum(column => column[i]).Should().BeApproximately(1, 1e-9);
        foreach (string name in (string[])["strategy", "strategy_name", "service_level", "channels", "next_step", "reasons", "stage", "model_version"])
            columns[name].Should().OnlyContain(text => text.Length > 0, name);
        columns["current_index"].Should().OnlyContain(text => text.Length > 0);
    }

    [Fact]
    public async Task The_same_data_give_the_same_bytes_on_any_number_of_threads()
    {
        await RecommendAsync("--out", "one.csv", "--report", "one.html", "--threads", "1");
        await RecommendAsync("--out", "two.csv", "--report", "two.html", "--threads", "3");

        File.ReadAllText(_workspace.PathOf("two.csv")).Should().Be(File.ReadAllText(_workspace.PathOf("one.csv")));
        File.ReadAllText(_workspace.PathOf("two.html")).Should().Be(File.ReadAllText(_workspace.PathOf("one.html")));
    }

    [Fact]
    public async Task The_answer_is_traced_to_the_version_whose_lines_training_stated()
    {
        JsonNode answer = (await RecommendAsync("--as-of", "2022-11-01", "--json")).Json;

        answer["strategy_from"]!.GetValue<string>().Should().Be("version");
        answer["model_version"]!.GetValue<string>().Should().Be(shop.Trained["version"]!.GetValue<string>());
        answer["as_of"]!.GetValue<string>().Should().Be("2022-11-01");
        answer["strategy"]!.ToJsonString().Should().Be(shop.Trained["strategy"]!.ToJsonString());
        answer["strategy"]!["cost_source"]!.GetValue<string>().Should().Be("activities");
        foreach (string name in (string[])["horizon_days", "portfolio", "quadrants", "stages", "strategies", "whale", "costs", "migration", "out", "report", "findings"])
            answer.AsObject().ContainsKey(name).Should().BeTrue(name);
        answer["strategies"]![0]!["practice"]!.AsObject().Select(pair => pair.Key).Should().Equal("name", "service_level", "channels", "budget_share", "next_step");
        answer["strategies"]!.AsArray().Select(group => group!["label"]!.GetValue<string>()).Should().Equal("retain", "develop", "maintain", "cultivate", "reprice", "self-service", "let-go", "win-back");
    }

    [Fact]
    public async Task Other_rates_are_tried_on_these_data_only_and_said_so()
    {
        _workspace.Write("dear.csv", "activity,cost\ndelivery,40\nreturn_handling,40\ncall,40\ncomplaint,40\n");
        JsonNode dear = (await RecommendAsync("--rates", "dear.csv", "--json")).Json, own = (await RecommendAsync("--json")).Json;

        dear["strategy_from"]!.GetValue<string>().Should().Be("these-data");
        Codes(dear).Should().Contain("strategy-of-this-run");
        Codes(own).Should().NotContain("strategy-of-this-run");
        Number(dear["portfolio"]!, "realised").Should().BeLessThan(Number(own["portfolio"]!, "realised"));
    }

    [Fact]
    public async Task Letting_go_is_advised_only_after_both_gentle_steps()
    {
        _workspace.Write("ruin.csv", "activity,cost\ndelivery,900\nreturn_handling,900\ncall,900\ncomplaint,900\n");
        await RecommendAsync("--rates", "ruin.csv", "--out", "ruin-first.csv");
        Dictionary<string, string[]> first = shop.Columns("ruin-first.csv");
        string[] below = [.. first["customer_id"].Where((_, i) => first["strategy"][i] == "reprice")];
        below.Should().HaveCountGreaterThan(2);
        first["strategy"].Should().NotContain("let-go");

        _workspace.Write("steps.csv", $"customer_id,date,step\n{below[0]},2022-01-10,reprice\n{below[0]},2022-04-10,self-service\n{below[1]},2022-01-10,reprice\n{below[2]},2030-01-01,reprice\n");
        await RecommendAsync("--rates", "ruin.csv", "--steps", "steps.csv", "--out", "ruin-then.csv");
        Dictionary<string, string[]> then = shop.Columns("ruin-then.csv");
        below.Take(3).Select(id => then["strategy"][Array.IndexOf(then["customer_id"], id)]).Should().Equal("let-go", "self-service", "reprice");
    }

    [Fact]
    public async Task Without_activities_customers_are_taken_to_cost_what_the_base_did()
    {
        JsonNode answer = (await _workspace.SucceedAsync("recommend", "--transactions", "shop/transactions.csv", "--json")).Json;

        Codes(answer).Should().Contain("assumed-cost-to-serve");
        answer["costs"].Should().BeNull();
    }

    [Fact]
    public async Task An_earlier_day_and_the_file_of_its_result_hold_the_same_labels_and_show_the_same_moves()
    {
        await RecommendAsync("--as-of", "2022-09-01", "--out", "september.csv");
        JsonNode byDay = (await RecommendAsync("--before", "2022-09-01", "--out", "by-day.csv", "--json")).Json;
        JsonNode byFile = (await RecommendAsync("--before", "september.csv", "--out", "by-file.csv", "--json")).Json;

        byFile["migration"]!.ToJsonString().Should().Be(byDay["migration"]!.ToJsonString());
        File.ReadAllText(_workspace.PathOf("by-file.csv")).Should().Be(File.ReadAllText(_workspace.PathOf("by-day.csv")));
        JsonArray cells = byDay["migration"]!["cells"]!.AsArray();
        cells.Where(cell => cell!["to"] is not null).Sum(cell => (int)Number(cell!, "customers")).Should().Be((int)Number(byDay["portfolio"]!, "customers"));
        cells.Where(cell => cell!["from"] is not null).Sum(cell => (int)Number(cell!, "customers")).Should().Be(shop.Columns("september.csv")["customer_id"].Length);
        shop.Columns("by-day.csv")["held"].Should().Contain("yes");
    }

    [Fact]
    public async Task Json_holds_one_customer_a_line_with_the_figures_of_the_table()
    {
        await RecommendAsync("--out", "all.jsonl");
        await RecommendAsync("--out", "all.csv");

        JsonNode[] rows = [.. File.ReadLines(_workspace.PathOf("all.jsonl")).Select(line => JsonNode.Parse(line)!)];
        rows.Select(row => row["customer_id"]!.GetValue<string>()).Should().Equal(shop.Columns("all.csv")["customer_id"]);
        rows.Select(row => Number(row, "potential_value")).Should().Equal(shop.Numbers("all.csv", "potential_value"));
        rows.Should().OnlyContain(row => row["reasons"]!.AsArray().Count >= 3 && row["next_step"]!.GetValue<string>().Length > 0);
    }

    [Fact]
    public async Task Words_are_Chinese_when_asked()
    {
        Run run = await RecommendAsync("--out", "zh.csv", "--report", "zh.html", "--language", "zh");

        run.Out.Should().Contain("发展");
        shop.Columns("zh.csv")["strategy_name"].Should().Contain("发展");
        shop.Columns("zh.csv")["strategy"].Should().Contain("develop", "words for programs stay");
        System.Net.WebUtility.HtmlDecode(File.ReadAllText(_workspace.PathOf("zh.html"))).Should().Contain("lang=\"zh\"").And.Contain("鲸鱼曲线").And.NotContain("Whale curve");
    }

    [Fact]
    public async Task The_terminal_shows_quadrants_strategies_and_money()
    {
        Run run = await RecommendAsync();

        run.Out.Should().Contain("Quadrants").And.Contain("Develop").And.Contain("customer equity").And.Contain("cost to serve").And.Contain("part of the version");
    }

    [Fact]
    public async Task A_replay_learns_the_same_strategy_and_refuses_other_rates()
    {
        string version = shop.Trained["version"]!.GetValue<string>();
        (await _workspace.SucceedAsync("train", "--replay", version, "--json")).Json["same"]!.GetValue<bool>().Should().BeTrue();

        _workspace.Write("other-rates.csv", "activity,cost\ndelivery,1\n");
        Run other = await _workspace.RunAsync("train", "--replay", version, "--rates", "other-rates.csv");
        other.ExitCode.Should().Be(ExitCode.BadData);
        other.Message.Should().Contain("activities, rates and rules");
    }

    private Task<Run> RecommendAsync(params string[] options) => _workspace.SucceedAsync(["recommend", .. Shop.Evidence, .. options]);

    private static double Number(JsonNode node, string name) => node[name]!.GetValue<double>();

    private static string[] Codes(JsonNode answer) => [.. answer["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>())];
}
