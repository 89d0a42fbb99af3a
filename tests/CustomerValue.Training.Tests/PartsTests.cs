using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>Whoever has too little memory for a log gets, from its parts, what others get from all of it at once.</summary>
public sealed class PartsTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Validate_says_the_same_in_parts()
    {
        await Trained.Shop.CopyToAsync(_workspace);
        _workspace.Write("more.csv", string.Concat(File.ReadLines(_workspace.PathOf("shop", "transactions.csv")).Where((_, line) => line < 400).Select(line => line + "\n"))
            + "C000001,X,not a day,P005,fashion,phone,1,5,0,1\nC000002,X,2024-12-24,P005,fashion,phone,1,5,0,1\n");
        foreach (string[] files in (string[][])[["shop/transactions.csv"], ["shop/transactions.csv", "more.csv"]])
        {
            string[] arguments = ["validate", .. files, "--attributes", "shop/customers.csv"];
            Run whole = await _workspace.SucceedAsync([.. arguments]), wholeJson = await _workspace.SucceedAsync([.. arguments, "--json"]);
            _workspace.BytesOfLog = 250_000;
            Run parts = await _workspace.SucceedAsync([.. arguments]), partsJson = await _workspace.SucceedAsync([.. arguments, "--json"]);
            _workspace.BytesOfLog = null;
            whole.Error.Should().NotContain(", part ");
            parts.Error.Should().Contain(", part 2 of ");
            parts.Out.Should().Be(whole.Out);
            partsJson.Out.Should().Be(wholeJson.Out);
        }
    }

    [Fact]
    public async Task Scores_are_the_same_bytes_in_parts()
    {
        await Trained.Shop.CopyToAsync(_workspace);
        string[] attributes = File.ReadAllLines(_workspace.PathOf("shop", "customers.csv"));
        _workspace.Write("people.csv", string.Concat(attributes.Where((_, line) => line % 5 != 1).Append("newcomer" + attributes[1][attributes[1].IndexOf(',', StringComparison.Ordinal)..]).Select(line => line + "\n")));
        foreach (string[] more in (string[][])[[], ["--attributes", "people.csv"], ["--as-of", "2022-06-01", "--returns", "ignore"]])
        {
            string[] arguments = ["score", "shop/transactions.csv", "--no-book", "--json", .. more, "--out"];
            Run whole = await _workspace.SucceedAsync([.. arguments, "scores.csv"]);
            byte[] scores = File.ReadAllBytes(_workspace.PathOf("scores.csv"));
            _workspace.BytesOfLog = 350_000;
            Run parts = await _workspace.SucceedAsync([.. arguments, "scores.csv"]);
            _workspace.BytesOfLog = null;
            parts.Error.Should().Contain(", part 2 of ");
            parts.Out.Should().Be(whole.Out);
            File.ReadAllBytes(_workspace.PathOf("scores.csv")).Should().Equal(scores);
        }
    }

    [Fact]
    public async Task A_race_on_a_sample_gives_the_same_model_in_parts()
    {
        await _workspace.SucceedAsync("simulate", "--customers", "2500", "--days", "400", "--out", "shop", "--quiet");
        string[] train = ["train", "--transactions", "shop/transactions.csv", "--candidates", "mbg-nbd", "--promote", "never", "--sample", "1000", "--json"];
        Run whole = await _workspace.SucceedAsync(train);
        _workspace.BytesOfLog = 1_000_000;
        Run parts = await _workspace.SucceedAsync(train);
        _workspace.BytesOfLog = null;
        parts.Error.Should().Contain(", part 3 of ");
        foreach (string member in (string[])["model_hash", "evaluation", "findings", "strategy", "cutoff"])
            WithoutTimes(parts.Json[member]!).Should().Be(WithoutTimes(whole.Json[member]!), member);
        Data(parts).Should().Be(Data(whole) with { Sha256 = Data(parts).Sha256 });
        Data(parts).Sha256.Should().StartWith("customers-", "no part has what the hash of the whole goes through").And.HaveLength("customers-".Length + 64);
        (await _workspace.SucceedAsync("train", "--replay", parts.Json["version"]!.GetValue<string>(), "--json")).Json["same"]!.GetValue<bool>().Should().BeTrue("who has the memory finds the same data and model");
    }

    [Fact]
    public async Task What_lifetime_values_said_a_year_ago_is_told_of_the_sample_at_once_and_in_parts()
    {
        await _workspace.SucceedAsync("simulate", "--customers", "2500", "--days", "760", "--out", "shop", "--quiet");
        string[] train = ["train", "--transactions", "shop/transactions.csv", "--horizon", "30", "--candidates", "mbg-nbd,seasonal-prior", "--promote", "never", "--sample", "1000"];
        Run whole = await _workspace.SucceedAsync([.. train, "--json"]);
        _workspace.BytesOfLog = 1_000_000;
        Run parts = await _workspace.SucceedAsync([.. train, "--json"]), text = await _workspace.SucceedAsync(train);
        _workspace.BytesOfLog = null;

        parts.Error.Should().Contain(", part 2 of ");
        JsonNode backtest = parts.Json["lifetime_backtest"]!, figures = backtest["figures"]!;
        JsonNode.DeepEquals(backtest, whole.Json["lifetime_backtest"]).Should().BeTrue();
        figures["is_sample"]!.GetValue<bool>().Should().BeTrue();
        figures["customers"]!.GetValue<int>().Should().BeInRange(100, 1000, "not all who are drawn had bought by then");
        figures["deciles"]!.AsArray().Sum(decile => decile!["customers"]!.GetValue<int>()).Should().Be(figures["customers"]!.GetValue<int>());
        Manifest manifest = new ModelStore(_workspace.Store, TimeProvider.System).Open(parts.Json["version"]!.GetValue<string>()).Manifest;
        (manifest.LifetimeBacktest!.Day, manifest.LifetimeBacktest.Figures!.Came).Should().Be((manifest.Cutoff.AddDays(-365), figures["came"]!.GetValue<double>()));
        Spaced(text.Out).Should().Contain($"Lifetime values as of {manifest.LifetimeBacktest.Day:yyyy-MM-dd} said").And.Contain("of the customers drawn");
        File.ReadAllText(Path.Combine(_workspace.Store, manifest.Version, "card.md")).Should().Contain("drawn by their ids from the whole base");
        Spaced((await _workspace.SucceedAsync("models", "show", manifest.Version)).Out).Should().Contain($"Lifetime values as of {manifest.LifetimeBacktest.Day:yyyy-MM-dd} said");
    }

    /// <summary>Lines that a console broke, as one.</summary>
    private static string Spaced(string text) => Regex.Replace(text, "\\s+", " ");

    [Fact]
    public async Task What_needs_everyone_at_once_says_what_to_do_instead()
    {
        await Trained.Shop.CopyToAsync(_workspace);
        _workspace.BytesOfLog = 250_000;
        string[] before = _workspace.Entries();
        foreach ((string[] arguments, string message) in ((string[], string)[])
            [(["score", "shop/transactions.csv"], "--no-book --out FILE"), (["train", "shop/transactions.csv"], "the customer book that a promoted version is given needs all customers at once"),
             (["train", "shop/transactions.csv", "--promote", "never", "--referrals", "shop/referrals.csv"], "files that say something of single customers needs all"), (["train", "shop/transactions.csv", "--promote", "never"], "--sample 200000 needs all")])
        {
            Run run = await _workspace.RunAsync(arguments);
            run.ExitCode.Should().Be(ExitCode.Usage, "{0} gave {1}", string.Join(' ', arguments), run);
            run.Message.Should().StartWith("Found more transactions than memory holds at once").And.Contain(message).And.Contain("Give more with --memory");
        }
        _workspace.Entries().Should().Equal(before);
    }

    private static string WithoutTimes(JsonNode answer) => Regex.Replace(answer.ToJsonString(), "\"fit_seconds\":[^,]+,", "");

    private DataFingerprint Data(Run run) => new ModelStore(_workspace.Store, TimeProvider.System).Open(run.Json["version"]!.GetValue<string>()).Manifest.Data;
}
