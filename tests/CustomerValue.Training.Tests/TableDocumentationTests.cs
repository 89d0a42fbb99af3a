using System.Text.RegularExpressions;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>The commands of docs/table.md run in the order shown, and the page names every option of the <c>table</c> verbs.</summary>
public sealed partial class TableDocumentationTests : IDisposable
{
    private const string Data = "../shared/data/";
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Commands_shown_run_in_the_order_shown()
    {
        string[] commands = [.. Command().Matches(await PageAsync()).Select(match => match.Groups[1].Value)];
        commands.Should().HaveCount(4);
        foreach (string command in commands)
            await _workspace.SucceedAsync([.. command.Split(' ').Select(argument =>
                argument.StartsWith(Data, StringComparison.Ordinal) ? ReferenceData.File(argument[Data.Length..].Split('/')) : argument)]);
        _workspace.Entries().Should().Equal("churn.booster", "predictions.csv");
    }

    [Theory]
    [InlineData("evaluate")]
    [InlineData("train")]
    [InlineData("predict")]
    [InlineData("explain")]
    public async Task Every_option_is_documented(string verb)
    {
        string page = await PageAsync();
        string[] options = [.. OptionName().Matches((await _workspace.SucceedAsync("table", verb, "--help")).Out).Select(match => match.Value)];
        options.Should().NotBeEmpty();
        foreach (string option in options.Except(["--help", "--quiet", "--verbose", "--config"]))
            page.Should().MatchRegex($"[`| ]{option}[` ]", "{0} has it", verb);
    }

    private static Task<string> PageAsync() => File.ReadAllTextAsync(Path.Combine(ReferenceData.RepositoryRoot, "docs", "table.md"));

    [GeneratedRegex(@"(?m)^dotnet run --project training -c Release -- ([^\r\n]+)")]
    private static partial Regex Command();

    [GeneratedRegex(@"(?m)(?<=^  )--[a-z-]+")]
    private static partial Regex OptionName();
}
