using System.Text.RegularExpressions;
using CustomerValue.Models.Store;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>Every command that README.md and docs/cli.md show runs, in the order shown, and every option of every verb is documented.</summary>
public sealed partial class DocumentedCommandsTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("docs", "cli.md")]
    [InlineData("README.md")]
    public async Task Commands_shown_run_in_the_order_shown(params string[] page)
    {
        string path = Path.Combine([ReferenceData.RepositoryRoot, .. page]);
        Assert.SkipUnless(File.Exists(path), $"{string.Join('/', page)} is not written yet.");
        string[][] commands = [.. Command().Matches(await File.ReadAllTextAsync(path)).Select(match => match.Groups[1].Value.Trim()).Where(IsConcrete).Select(Arguments)];
        commands.Should().NotBeEmpty();
        _workspace.WriteTransactions();
        ModelStore store = new(_workspace.Store, TimeProvider.System);
        foreach (string[] command in commands)
            await _workspace.SucceedAsync([.. command.Select(argument => argument == "VERSION" ? store.Champion! : argument), .. command[0] == "demo" ? Acceptance.DemoSize : []]);
    }

    [Fact]
    public async Task Every_option_is_documented()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(ReferenceData.RepositoryRoot, "docs", "cli.md"));
        foreach (string verb in (string[])["demo", "simulate", "validate", "evaluate", "train", "score", "recommend", "decide", "plan", "campaign plan", "campaign export", "campaign result", "campaign history", "models list", "models show", "models promote", "models rollback", "models verify", "doctor"])
        {
            page.Should().Contain($"`{verb}");
            Run help = await _workspace.SucceedAsync([.. verb.Split(' '), "--help"]);
            foreach (Match option in OptionName().Matches(help.Out))
                if (option.Value is not "--help")
                    page.Should().Contain($"`{option.Value}", "{0} has it", verb);
        }
    }

    /// <summary>Placeholders in capitals are no files; VERSION is the champion.</summary>
    private static bool IsConcrete(string command) => !command.Contains("FILE", StringComparison.Ordinal) && !command.Contains('<', StringComparison.Ordinal);

    private static string[] Arguments(string command) =>
        [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(argument => argument.StartsWith("../shared/data/", StringComparison.Ordinal)
            ? ReferenceData.File(argument["../shared/data/".Length..].Split('/'))
            : argument.StartsWith("data/samples/", StringComparison.Ordinal) ? Path.Combine(ReferenceData.RepositoryRoot, argument) : argument)];

    [GeneratedRegex(@"(?m)^dotnet run --project training(?: -c Release)? -- ([^\r\n#|]+)")]
    private static partial Regex Command();

    [GeneratedRegex(@"(?m)(?<=^  (?:-\?, -h, )?)--[a-z-]+")]
    private static partial Regex OptionName();
}
