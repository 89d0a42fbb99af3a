using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>What stands in 80 columns is made of the words that stand in 1,000: columns go and names are cut with a mark, and nothing is broken in its middle.</summary>
public sealed partial class TableWidthTests : IAsyncLifetime
{
    private const int Unlimited = 1000;
    private const string File = "a-rather-long-name-of-an-export-of-2024.csv";

    private static readonly string[] s_verbs =
    [
        $"validate --transactions {File}", $"score --transactions {File} --out scores.csv --no-book", $"recommend --transactions {File}", $"decide --transactions {File}",
        "models list", "models show", $"evaluate --transactions {File} --horizon 45 --candidates recency-rule,mean-spend,mbg-nbd", $"fit --transactions {File} --model bg-nbd", $"drift --transactions {File}",
    ];

    private readonly Workspace _workspace = new();

    public async ValueTask InitializeAsync()
    {
        string[] lines = System.IO.File.ReadAllLines(_workspace.PathOf(_workspace.WriteTransactions()));
        _workspace.Write(File, string.Join('\n', lines.Select(line => line[0] == 'K' ? $"{Id(line[..4])}{line[4..]}" : line)) + "\nnot-a-day,2024-13-41,5\n");
        await _workspace.SucceedAsync("train", "--transactions", File, "--horizon", "45", "--candidates", "recency-rule,mean-spend,mbg-nbd", "--promote", "always");
    }

    public ValueTask DisposeAsync()
    {
        _workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task No_word_and_no_number_is_broken_in_80_120_and_200_columns()
    {
        foreach (string verb in s_verbs)
        {
            _workspace.Width = Unlimited;
            HashSet<string> whole = [.. Words(await ShownAsync(verb))];
            foreach (int width in (int[])[80, 120, 200])
            {
                _workspace.Width = width;
                string shown = await ShownAsync(verb);
                shown.Split('\n').Should().OnlyContain(line => line.Length <= width, "{0} in {1} columns", verb, width);
                Words(shown).Where(word => !whole.Contains(word) && !word.Contains('…')).Should().BeEmpty("{0} in {1} columns", verb, width);
            }
        }
    }

    [Fact]
    public async Task In_80_columns_a_version_and_its_figures_stand_whole_and_less_wanted_columns_are_gone()
    {
        _workspace.Width = 80;
        string shown = (await _workspace.SucceedAsync("models", "list")).Out;
        shown.Should().MatchRegex(@"\d{8}-\d{6}-[0-9a-f]{8}").And.Contain("churn AUC").And.NotContain("horizon");
        _workspace.Width = 120;
        (await _workspace.SucceedAsync("models", "list")).Out.Should().Contain("horizon").And.Contain("customers");
    }

    private async Task<string> ShownAsync(string verb)
    {
        Run run = await _workspace.RunAsync(verb.Split(' '));
        run.ExitCode.Should().BeOneOf([ExitCode.Done, ExitCode.Drift], run.ToString());
        return run.Out;
    }

    /// <summary>Words without durations, which differ from run to run, without versions made by the run itself, lines and bars.</summary>
    private static IEnumerable<string> Words(string text) =>
        Duration().Replace(Version().Replace(text, ""), "").Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Trim('─', '█').Length > 0);

    private static string Id(string name) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)).ToString();

    [GeneratedRegex(@"[\d.,]+ (ms|s|min)\b( \d+ s\b)?")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\S*\d{8}-\d{6}-[0-9a-f]{8}\S*")]
    private static partial Regex Version();
}
