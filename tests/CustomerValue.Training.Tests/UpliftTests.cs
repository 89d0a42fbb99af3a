using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>The verbs of uplift: from an experiment to figures, a model, scores and decisions.</summary>
public sealed partial class UpliftTests(Shop shop) : IClassFixture<Shop>
{
    private const string Command = "dotnet run --project training -c Release -- ", Data = "../shared/data/";

    private readonly Workspace _workspace = shop.Workspace;

    [Fact]
    public async Task From_an_experiment_to_a_verdict_a_model_scores_and_decisions_by_each_customers_own_effect()
    {
        string[] ids = shop.Columns("shop/customers.csv")["customer_id"];
        // Who has odd numbers answers to the letter, the others do not.
        _workspace.Write("trial.csv", Trial(4000, (i, random) => (i % 2, $"{(i % 2 == 1 ? 30 * random.NextDouble() : 5 * random.NextDouble()):0.00}", $"{5 * random.NextDouble():0.00}")));
        _workspace.Write("known.csv", "customer_id,odd,other\n" + string.Concat(ids.Select((id, i) => $"{id},{i % 2},{i % 7}\n")));
        string[] options = ["trial.csv", "--treatment", "arm", "--outcome", "margin", "--means", "margin", "--ignore", "customer_id", "--contact-cost", "1", "--folds", "2", "--outcome-days", "60"];

        JsonNode report = (await _workspace.SucceedAsync(["uplift", "evaluate", .. options, "--json"])).Json;
        report["report"]!["verdict"]!.GetValue<string>().Should().Be("target-by-it");
        report["words"]![0]!.GetValue<string>().Should().StartWith("Target by it: treating ");
        report["report"]!["treated_share"]!.GetValue<double>().Should().BeInRange(0.4, 0.6, "half of them answer");
        report["report"]!["learners"]!.AsArray().Select(learner => learner!["learner"]!.GetValue<string>()).Should().Equal("chosen", "s-learner", "t-learner", "x-learner", "dr-learner", "class-transformation", "response-propensity");

        JsonNode trained = (await _workspace.SucceedAsync(["uplift", "train", .. options, "--learner", "t-learner", "--out", "letter.uplift", "--json"])).Json;
        trained["card"]!["learner"]!.GetValue<string>().Should().Be("t-learner");
        JsonNode scored = (await _workspace.SucceedAsync("uplift", "score", "known.csv", "--model", "letter.uplift", "--out", "letter.csv", "--json")).Json;
        scored["left_alone"]!.GetValue<int>().Should().BeInRange(ids.Length * 2 / 5, ids.Length * 3 / 5);
        Dictionary<string, string[]> scores = shop.Columns("letter.csv");
        scores["customer_id"].Should().Equal(ids);
        scores["uplift_thank-you-letter"].Where((_, i) => i % 2 == 1).Average(value => double.Parse(value, CultureInfo.InvariantCulture)).Should().BeApproximately(12.5, 1.5, "they bring 15 instead of 2.5");

        JsonNode decided = (await _workspace.SucceedAsync(["decide", .. Shop.Evidence, "--uplift", "letter.uplift", "--uplift-table", "known.csv", "--out", "by-uplift.csv", "--json"])).Json;
        decided["assumed_share"]!.GetValue<double>().Should().BeLessThan(1);
        Dictionary<string, string[]> decisions = shop.Columns("by-uplift.csv");
        Dictionary<string, int> place = ids.Select((id, i) => (id, i)).ToDictionary(pair => pair.id, pair => pair.i);
        string[] treated = [.. decisions["customer_id"].Where((_, i) => decisions["action"][i] == "thank-you-letter")];
        treated.Should().NotBeEmpty().And.OnlyContain(id => place[id] % 2 == 1, "the others would not change");
        (await FailAsync(["decide", .. Shop.Evidence, "--uplift", "letter.uplift"], ExitCode.BadData)).Should().Contain("--uplift-table FILE");
        trained["card"]!["outcome_days"]!.GetValue<int>().Should().Be(60);

        JsonNode kept = (await _workspace.SucceedAsync(["uplift", "train", .. options, "--learner", "t-learner", "--name", "letter", "--json"])).Json;
        kept["name"]!.GetValue<string>().Should().Be("letter");
        File.ReadAllBytes(kept["model"]!.GetValue<string>()).Should().Equal(File.ReadAllBytes(_workspace.PathOf("letter.uplift")), "a model is the same wherever it is kept");
        await _workspace.SucceedAsync(["decide", .. Shop.Evidence, "--uplift", "letter", "--uplift-table", "known.csv", "--out", "by-name.csv"]);
        File.ReadAllText(_workspace.PathOf("by-name.csv")).Should().Be(File.ReadAllText(_workspace.PathOf("by-uplift.csv")));
        await _workspace.SucceedAsync("uplift", "score", "known.csv", "--model", "letter", "--out", "letter-by-name.csv");
        File.ReadAllText(_workspace.PathOf("letter-by-name.csv")).Should().Be(File.ReadAllText(_workspace.PathOf("letter.csv")));
        (await FailAsync(["uplift", "train", .. options, "--name", "letter"], ExitCode.Store)).Should().Contain("holds an uplift model 'letter' already").And.Contain("letter-2");
        (await FailAsync(["uplift", "train", .. options, "--name", "../letter"], ExitCode.Store)).Should().Contain("expected letters, digits, dashes and underscores");
        (await FailAsync(["uplift", "train", .. options], ExitCode.Usage)).Should().Contain("--name NAME").And.Contain("--out FILE");
        (await FailAsync(["decide", .. Shop.Evidence, "--uplift", "leter", "--uplift-table", "known.csv"], ExitCode.Store)).Should().Contain("no uplift model 'leter'").And.Contain("letter");
        await _workspace.SucceedAsync(["uplift", "train", .. options[..^2], "--learner", "t-learner", "--out", "timeless.uplift"]);
        (await FailAsync(["decide", .. Shop.Evidence, "--uplift", "timeless.uplift", "--uplift-table", "known.csv"], ExitCode.BadData)).Should().Contain("train it again with --outcome-days N");
        (await FailAsync(["decide", .. Shop.Evidence, "--uplift-table", "known.csv"], ExitCode.Usage)).Should().Contain("expected both");
    }

    [Fact]
    public async Task What_is_no_experiment_is_refused_and_nothing_is_written()
    {
        _workspace.Write("chosen.csv", Trial(600, (i, _) => (i % 2, "1", "0")));
        _workspace.Write("fair.csv", Trial(600, (i, random) => (i % 2, random.Next(2) == 0 ? "1" : "0", random.Next(2) == 0 ? "1" : "0")));

        (await RefusedAsync("chosen.csv", "--treatment", "arm", "--outcome", "margin")).Should().Contain("chosen.csv, columns 'arm' and 'margin'").And.Contain("the outcome tells who was treated");
        (await RefusedAsync("fair.csv", "--treatment", "arm", "--outcome", "margin", "--control", "nobody")).Should().Contain("found the arms control, thank-you-letter, expected 'nobody' among them");
        (await RefusedAsync("fair.csv", "--treatment", "arm", "--outcome", "profit")).Should().Contain("found no column 'profit', expected it as the outcome");
        (await RefusedAsync("fair.csv", "--treatment", "customer_id", "--outcome", "margin")).Should().Contain("found 600 different texts");
        (await RefusedAsync("fair.csv", "--treatment", "arm", "--outcome", "margin", "--contact-cost", "call=3")).Should().Contain("found the arm 'call'");
        (await FailAsync(["uplift", "evaluate", "fair.csv", "--treatment", "arm", "--outcome", "margin", "--contact-cost", "free"], ExitCode.Usage)).Should().Contain("expected money of 0 or more");
        string[] fair = (await File.ReadAllTextAsync(_workspace.PathOf("fair.csv"))).TrimEnd().Split('\n');
        _workspace.Write("mixed.csv", string.Join('\n', fair.Select((line, i) => $"{line.TrimEnd()},{(i == 0 ? "outcome_days" : i % 2 == 0 ? "30" : "60")}")));
        (await RefusedAsync("mixed.csv", "--treatment", "arm", "--outcome", "margin")).Should().Contain("mixed.csv, column 'outcome_days': found '60', '30', expected one number of days for all rows");
        _workspace.Write("broken.uplift", "no model");
        (await FailAsync(["uplift", "score", "fair.csv", "--model", "broken.uplift", "--out", "never.csv"], ExitCode.Store)).Should().Contain("found no whole uplift model");
        _workspace.Entries().Should().NotContain(name => name.StartsWith("never", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_commands_of_the_page_run_in_the_order_shown()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(ReferenceData.RepositoryRoot, "docs", "uplift.md"));
        string[] commands = [.. page.Split('\n').Where(line => line.StartsWith(Command, StringComparison.Ordinal)).Select(line => line[Command.Length..].Trim())];
        commands.Should().HaveCount(2);
        using Workspace workspace = new();
        foreach (string command in commands)
            await workspace.SucceedAsync([.. Arguments().Matches(command).Select(match => match.Value.Trim('"')).Select(argument =>
                argument.StartsWith(Data, StringComparison.Ordinal) ? ReferenceData.File(argument[Data.Length..].Split('/')) : argument)]);
        workspace.Entries().Should().Equal("mail.uplift", "scores.csv");
    }

    private async Task<string> FailAsync(string[] arguments, int code)
    {
        Run run = await _workspace.RunAsync(arguments);
        run.ExitCode.Should().Be(code, run.ToString());
        return run.Message!;
    }

    private Task<string> RefusedAsync(params string[] arguments) => FailAsync(["uplift", "train", .. arguments, "--out", "never.uplift"], ExitCode.BadData);

    private static string Trial(int count, Func<int, Random, (int Odd, string Treated, string Control)> row)
    {
        Random random = new(1);
        StringBuilder text = new("customer_id,arm,odd,other,margin\n");
        for (int i = 0; i < count; i++)
        {
            bool treated = random.Next(2) == 1;
            (int odd, string with, string without) = row(i, random);
            text.AppendLine(CultureInfo.InvariantCulture, $"T{i},{(treated ? "thank-you-letter" : "control")},{odd},{random.Next(7)},{(treated ? with : without)}");
        }
        return text.ToString();
    }

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Arguments();
}
