using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>A race on some of the customers, and scores of all of them.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_race_on_a_sample_says_so_scores_everyone_and_can_be_run_again()
    {
        await _workspace.SucceedAsync("simulate", "--customers", "2500", "--days", "400", "--out", "shop", "--quiet");
        string[] train = ["train", "--transactions", "shop/transactions.csv", "--candidates", "mbg-nbd", "--promote", "always", "--referrals", "shop/referrals.csv", "--json"];

        Run part = await _workspace.SucceedAsync([.. train, "--sample", "1000"]), whole = await _workspace.SucceedAsync([.. train]);

        int drawn = Measured(part), all = Measured(whole);
        all.Should().BeGreaterThan(1500);
        drawn.Should().BeInRange(all / 3, all / 2, "1,000 of 2,500 are drawn");
        Findings(part).Should().Contain("sampled-customers");
        Findings(whole).Should().NotContain("sampled-customers");
        foreach (Run run in (Run[])[part, whole])
            new ModelStore(_workspace.Store, TimeProvider.System).Open(Version(run)).Manifest.Data.Customers.Should().Be(2500, "the version tells what lies in the file, not what was drawn of it");
        Card(part).Should().Contain(" customers drawn by their ids: ");
        Card(whole).Should().NotContain("drawn by their ids");
        part.Json["scores"]!["customers"]!.GetValue<int>().Should().Be(whole.Json["scores"]!["customers"]!.GetValue<int>(), "everyone is scored");
        (await _workspace.SucceedAsync("train", "--replay", Version(part), "--json")).Json["same"]!.GetValue<bool>().Should().BeTrue();
    }

    [Theory]
    [InlineData("4GB", 4L << 30)]
    [InlineData("1.5gb", 3L << 29)]
    [InlineData("512MB", 512L << 20)]
    public void A_size_of_memory_is_understood(string text, long bytes) => MemoryLimit.Parse(text).Should().Be(bytes);

    [Theory]
    [InlineData("4")]
    [InlineData("100MB")]
    [InlineData("-4GB")]
    [InlineData("manyGB")]
    [InlineData("1e30GB")]
    public async Task Another_size_is_told_with_what_was_expected(string text)
    {
        Run run = await _workspace.RunAsync("validate", "--transactions", "none.csv", "--memory=" + text);
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain($"found '{text}'").And.Contain("at least 256MB, such as 4GB");
    }

    private string Card(Run run) => File.ReadAllText(Path.Combine(_workspace.Store, Version(run), "card.md"));

    private static string Version(Run run) => run.Json["version"]!.GetValue<string>();

    private static int Measured(Run run) => run.Json["evaluation"]!["customers"]!.GetValue<int>();

    private static IEnumerable<string> Findings(Run run) => run.Json["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>());
}
