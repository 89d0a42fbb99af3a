using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>The verb on a simulated shop with activities, pools, referrals and experience.</summary>
public sealed class DecideTests(Shop shop) : IClassFixture<Shop>
{
    private readonly Workspace _workspace = shop.Workspace;

    [Fact]
    public async Task The_same_inputs_give_the_same_plan_on_any_number_of_threads_and_its_sums_are_those_of_the_file()
    {
        JsonNode answer = (await DecideAsync("--budget", "400", "--out", "one.csv", "--report", "one.html", "--threads", "1", "--json")).Json;
        await DecideAsync("--budget", "400", "--out", "two.csv", "--report", "two.html", "--threads", "3");

        (await File.ReadAllTextAsync(_workspace.PathOf("two.csv"))).Should().Be(await File.ReadAllTextAsync(_workspace.PathOf("one.csv")));
        (await File.ReadAllTextAsync(_workspace.PathOf("two.html"))).Should().Be(await File.ReadAllTextAsync(_workspace.PathOf("one.html"))).And.Contain("Who gets what").And.Contain("Service by strategy");
        Dictionary<string, string[]> columns = shop.Columns("one.csv");
        columns["action"].Count(action => action.Length > 0).Should().Be(answer["decided"]!.GetValue<int>());
        columns["action"].Zip(columns["date"]).Should().OnlyContain(pair => pair.First.Length > 0 == pair.Second.Length > 0);
        double unit = columns["cost"].Where(cost => cost.Length > 0).Sum(cost => double.Parse(cost, CultureInfo.InvariantCulture)), cost = answer["cost"]!.GetValue<double>();
        unit.Should().BeLessThanOrEqualTo(cost + 1e-6, "fixed costs come on top");
        cost.Should().BeLessThanOrEqualTo(400 + 1e-6);
        JsonNode service = answer["service"]!;
        (service["today"]!.GetValue<double>() - service["freed"]!.GetValue<double>() + service["spent"]!.GetValue<double>()).Should().BeApproximately(service["after"]!.GetValue<double>(), 1e-6);
    }

    [Fact]
    public async Task The_playbook_a_version_was_trained_with_decides_until_another_is_given()
    {
        string own = Encoding.UTF8.GetString(PlaybookReader.DefaultBytes()).Replace("\"cost\": 3.0", "\"cost\": 4.5", StringComparison.Ordinal);
        using Workspace workspace = new();
        workspace.WriteTransactions();
        workspace.Write("own.json", own);
        await workspace.SucceedAsync("train", "--transactions", "orders.csv", "--horizon", "30", "--candidates", "bg-nbd", "--promote", "always", "--playbook", "own.json");

        JsonNode carried = (await workspace.SucceedAsync("decide", "--transactions", "orders.csv", "--write-playbook", "default.json", "--json")).Json;
        JsonNode given = (await workspace.SucceedAsync("decide", "--transactions", "orders.csv", "--playbook", "default.json", "--json")).Json;

        carried["playbook_hash"]!.GetValue<string>().Should().Be(Hash(own));
        given["playbook_hash"]!.GetValue<string>().Should().Be(Hash(Encoding.UTF8.GetString(PlaybookReader.DefaultBytes())));
    }

    [Theory]
    [InlineData("\"unit_cost\": 2,", "", "found no cost, expected 'unit_cost'")]
    [InlineData("\"mean\": 0.05", "\"mean\": 1.5", "at most 100 %")]
    [InlineData("potential_value > 1000", "potental_value > 1000", "did you mean 'potential_value'?")]
    [InlineData("\"daily_capacity\": 60", "\"daily_capacity\": 0", "found 0, expected more than 0 a working day")]
    public async Task A_mistake_in_the_playbook_is_refused_in_one_sentence_and_nothing_is_written(string found, string instead, string expected)
    {
        string text = Encoding.UTF8.GetString(PlaybookReader.DefaultBytes());
        int at = text.IndexOf(found, StringComparison.Ordinal);
        at.Should().BeGreaterThan(0);
        string broken = text[..at] + instead + text[(at + found.Length)..];
        _workspace.Write("bad.json", found.StartsWith("\"unit", StringComparison.Ordinal) ? broken.Replace("\"fixed_cost\": 0,", "", StringComparison.Ordinal) : broken);
        await RefusedAsync(["bad.json", expected], "--playbook", "bad.json");
    }

    [Fact]
    public Task A_budget_below_the_cheapest_action_is_refused_and_nothing_is_written() => RefusedAsync(["The budget is 0.01, and the cheapest action"], "--budget", "0.01");

    private async Task RefusedAsync(string[] expected, params string[] more)
    {
        string[] before = _workspace.Entries();
        Run run = await _workspace.RunAsync(["decide", .. Shop.Evidence, .. more, "--out", "never.csv", "--report", "never.html"]);

        run.ExitCode.Should().Be(ExitCode.BadData);
        foreach (string text in expected)
            run.Message.Should().Contain(text);
        _workspace.Entries().Should().Equal(before);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private Task<Run> DecideAsync(params string[] more) => _workspace.SucceedAsync(["decide", .. Shop.Evidence, .. more]);
}
