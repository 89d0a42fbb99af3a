using System.Text;
using System.Text.RegularExpressions;
using CustomerValue.Architecture.Tests.Source;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CustomerValue.Architecture.Tests;

/// <summary>C# that the docs show compiles against the house as it stands.</summary>
/// <remarks>
/// What a snippet takes for granted is declared in a comment before it, <c>&lt;!-- given: T name; ... --&gt;</c>, which readers of the page do not see. A line that lists members
/// without a semicolon (<c>costs.Cents, .Pools</c>) shows what there is to read: each must exist.
/// </remarks>
public sealed partial class DocumentedCodeTests
{
    /// <summary>Libraries that a page may speak of; programs of others come with their own packages.</summary>
    private static readonly string[] s_spaces = ["Microsoft.ML", "Microsoft.ML.Data", "Microsoft.Data.Analysis"];

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(House.PathOf("docs"), "*.md", SearchOption.AllDirectories)
        .Concat(House.Products.Select(name => Path.Combine(House.Find(name).Folder, "README.md"))).Append(House.PathOf("README.md"))
        .Where(path => File.Exists(path) && Fence().IsMatch(File.ReadAllText(path))).Select(House.Relative).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_of_a_page_compiles(string page)
    {
        foreach (Match match in Fence().Matches(File.ReadAllText(House.PathOf(page.Split('/')))))
        {
            string code = match.Groups["code"].Value;
            // A program that calls the service knows its client alone: both have records of the same names.
            bool calls = code.Contains(ClientImport, StringComparison.Ordinal) || match.Groups["given"].Value.Contains("CustomerValueClient", StringComparison.Ordinal);
            SourceProject house = House.Find(calls ? Client : "CustomerValue.Training");
            CSharpCompilation program = CSharpCompilation.Create("Page", [CSharpSyntaxTree.ParseText(Program(match.Groups["given"].Value, code, calls), SourceProject.Parsing)],
                [.. house.Compilation.References, house.Compilation.ToMetadataReference()], new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

            program.GetDiagnostics().Where(finding => finding.Severity == DiagnosticSeverity.Error).Select(finding => finding.ToString()).Should().BeEmpty("{0} shows\n{1}", page, code);
        }
    }

    private const string Client = "CustomerValue.Client", ClientImport = $"using {Client};";

    /// <summary>Usings, what is given, the page's own code: a program of top-level statements.</summary>
    private static string Program(string given, string code, bool calls)
    {
        StringBuilder text = new();
        foreach (string space in House.Products.Where(name => calls ? name == Client : name is not ("CustomerValue.Serving" or Client)).Select(House.Find).SelectMany(project => project.Types).Where(type => type.DeclaredAccessibility == Accessibility.Public)
            .Select(type => type.ContainingNamespace.ToDisplayString()).Concat(calls ? [] : s_spaces).Concat(["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Net.Http.Json", "System.Text.Json.Nodes", "System.Threading", "System.Threading.Tasks", "Microsoft.AspNetCore.Builder"]).Distinct())
            text.Append("using ").Append(space).Append(";\n");
        text.Append(given).Append('\n');
        foreach (string line in code.Split('\n').Where(line => !Import().IsMatch(line)))
            text.Append(MembersOf(line) is { } members ? string.Concat(members.Select(member => $"_ = {member};")) : line).Append('\n');
        return text.ToString();
    }

    /// <summary>The members that a line lists; null where it is an ordinary line of a program.</summary>
    private static List<string>? MembersOf(string line)
    {
        string text = Comment().Replace(line, "").Trim();
        if (!Member().IsMatch(text))
            return null;
        List<string> members = [];
        foreach (string part in Commas().Split(text).Select(part => part.Trim()))
            members.Add(part[0] == '.' ? members[^1][..members[^1].IndexOf('.', StringComparison.Ordinal)] + part : part);
        return members;
    }

    [GeneratedRegex(@"(?:<!-- given:(?<given>.*?)-->\s*)?```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^using [\w.]+;$")]
    private static partial Regex Import();

    [GeneratedRegex(@"\s*//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^[A-Za-z][\w]*\.[\w.]+(\([^;]*\)[\w.]*)?(\s*,\s*[\w.]+(\([^;]*\))?)*$")]
    private static partial Regex Member();

    /// <summary>A comma that does not stand within parentheses.</summary>
    [GeneratedRegex(@",(?![^()]*\))")]
    private static partial Regex Commas();
}
