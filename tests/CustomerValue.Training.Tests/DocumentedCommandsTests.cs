using System.CommandLine;
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
        string[][] commands = [.. Commands().Matches(await File.ReadAllTextAsync(path)).Select(match => match.Groups[1].Value.Trim()).Where(IsConcrete).Select(Arguments)];
        commands.Should().NotBeEmpty();
        _workspace.WriteTransactions();
        ModelStore store = new(_workspace.Store, TimeProvider.System);
        foreach (string[] command in commands)
            await _workspace.SucceedAsync([.. command.Select(argument => argument == "VERSION" ? store.Champion! : argument), .. command[0] == "demo" ? Acceptance.DemoSize : []]);
    }

    public static TheoryData<string> EveryVerb => [.. Verbs.All().SelectMany(verb => Leaves(verb, verb.Name)).Select(leaf => leaf.Name)];

    [Theory]
    [MemberData(nameof(EveryVerb))]
    public async Task Every_verb_and_every_option_of_it_is_documented(string verb)
    {
        string page = await File.ReadAllTextAsync(Path.Combine(ReferenceData.RepositoryRoot, "docs", "cli.md"));
        Command command = Verbs.All().SelectMany(each => Leaves(each, each.Name)).Single(leaf => leaf.Name == verb).Command;
        string help = (await _workspace.SucceedAsync([.. verb.Split(' '), "--help"])).Out;

        page.Should().MatchRegex($"`{verb}[` ]", "every verb is named");
        command.Options.Where(option => !option.Hidden && !help.Contains(option.Name, StringComparison.Ordinal)).Should().BeEmpty("help lists them");
        string[] options = [.. command.Options.Where(option => !option.Hidden).Select(option => option.Name).Concat(OptionName().Matches(help).Select(match => match.Value)).Where(option => option.StartsWith("--", StringComparison.Ordinal) && option != "--help").Distinct()];
        options.Should().NotBeEmpty();
        options.Where(option => !Regex.IsMatch(page, $"`{option}(?![a-z-])")).Should().BeEmpty("docs/cli.md says what they are");
    }

    /// <summary>The verbs that do something, groups opened.</summary>
    private static IEnumerable<(string Name, Command Command)> Leaves(Command command, string name) =>
        command.Subcommands.Count == 0 ? [(name, command)] : command.Subcommands.SelectMany(inner => Leaves(inner, $"{name} {inner.Name}"));

    /// <summary>Placeholders in capitals are no files; VERSION is the champion.</summary>
    private static bool IsConcrete(string command) => !command.Contains("FILE", StringComparison.Ordinal) && !command.Contains('<', StringComparison.Ordinal);

    private static string[] Arguments(string command) =>
        [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(argument => argument.StartsWith("../shared/data/", StringComparison.Ordinal)
            ? ReferenceData.File(argument["../shared/data/".Length..].Split('/'))
            : argument.StartsWith("data/samples/", StringComparison.Ordinal) ? Path.Combine(ReferenceData.RepositoryRoot, argument) : argument)];

    [GeneratedRegex(@"(?m)^dotnet run --project training(?: -c Release)? -- ([^\r\n#|]+)")]
    private static partial Regex Commands();

    [GeneratedRegex(@"(?m)(?<=^  (?:-\?, -h, )?)--[a-z-]+")]
    private static partial Regex OptionName();
}
