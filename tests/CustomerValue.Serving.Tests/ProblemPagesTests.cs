using System.Text.RegularExpressions;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Pages.Words;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>Every kind of problem has a page, the pages are those of the documentation, and failed calls lead there.</summary>
public sealed partial class ProblemPagesTests(SteadyHost steady) : IClassFixture<SteadyHost>
{
    [Fact]
    public void The_kinds_are_those_of_the_documentation_with_their_statuses()
    {
        string table = File.ReadAllText(ReferenceData.InRepository("docs", "http.md"));
        table = table[table.IndexOf("| status | type", StringComparison.Ordinal)..];
        IEnumerable<(string, string)> documented = Row().Matches(table[..table.IndexOf("\n\n", StringComparison.Ordinal)]).SelectMany(row => Kind().Matches(row.Groups["kinds"].Value).Select(kind => (kind.Groups[1].Value, row.Groups["statuses"].Value)));

        documented.Should().BeEquivalentTo(ProblemKind.All.Select(kind => (kind.Name, string.Join(", ", kind.Statuses))));
    }

    [Fact]
    public void Every_kind_that_a_source_names_has_a_page()
    {
        string source = string.Concat(Directory.EnumerateFiles(ReferenceData.InRepository("serving"), "*.cs", SearchOption.AllDirectories).Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}")).Select(File.ReadAllText).Where(text => text.Contains("Prefix + ", StringComparison.Ordinal)));
        string[] named = [.. Named().Matches(source).SelectMany(match => match.Groups.Values.Skip(1)).Where(group => group.Success).Select(group => group.Value).Distinct()];

        named.Should().HaveCountGreaterThan(25).And.BeSubsetOf(ProblemKind.All.Select(kind => kind.Name));
    }

    [Fact]
    public async Task A_page_of_each_kind_is_there_in_both_languages_and_a_failed_call_leads_to_it()
    {
        PhraseBook.Missing.Clear();
        foreach (ProblemKind kind in ProblemKind.All)
        {
            Page english = await Visitor.At(steady.Host).OpenAsync($"{ProblemKind.Place}/{kind.Name}"), chinese = await Visitor.At(steady.Host).OpenAsync($"{ProblemKind.Place}/{kind.Name}", "zh");
            (english.Status, chinese.Status).Should().Be((200, 200), kind.Name);
            System.Net.WebUtility.HtmlDecode(english.Text).Should().Contain(kind.When).And.Contain(kind.Remedy);
            System.Net.WebUtility.HtmlDecode(chinese.Text).Should().NotContain(kind.When).And.NotContain(kind.Remedy);
        }
        PhraseBook.Missing.Keys.Should().BeEmpty();

        using HttpResponseMessage failed = await steady.Host.Client.GetAsync(new Uri("/v1/nothing", UriKind.Relative));
        string link = failed.Headers.GetValues("Link").Single();
        link.Should().Be("</problems/unknown-route>; rel=\"help\"");
        (await Visitor.At(steady.Host).OpenAsync(link.Split('<', '>')[1])).Status.Should().Be(200);
    }

    [GeneratedRegex(@"^\| (?<statuses>[0-9, ]+) \| (?<kinds>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z0-9-]+)`")]
    private static partial Regex Kind();

    [GeneratedRegex("""Prefix \+ "([a-z-]+)"|Prefix \+ \(sent \? "([a-z-]+)" : "([a-z-]+)"\)|Of\("([a-z-]+)", """)]
    private static partial Regex Named();
}
