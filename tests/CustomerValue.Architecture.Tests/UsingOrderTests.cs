using CustomerValue.Architecture.Tests.Source;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Text;

namespace CustomerValue.Architecture.Tests;

/// <summary>
/// Usings stand in the order that <c>dotnet format</c> gives them, by the same code. It is the one thing that neither the build nor <c>dotnet format whitespace</c> refuses,
/// and to ask <c>dotnet format</c> for it costs as much as the build of the whole house.
/// </summary>
public sealed class UsingOrderTests
{
    [Fact]
    public async Task Usings_stand_in_the_order_that_format_gives_them()
    {
        using AdhocWorkspace workspace = new();
        Project project = workspace.AddProject("house", LanguageNames.CSharp);
        List<string> outOfOrder = [];
        foreach (string file in Files())
            if (!await IsInOrderAsync(project, await File.ReadAllTextAsync(file)))
                outOfOrder.Add(House.Relative(file));

        outOfOrder.Should().BeEmpty("dotnet format puts them in order");
    }

    [Theory]
    [InlineData("using Microsoft.Win32;\nusing System.Text;\n", "system comes first")]
    [InlineData("using System.Text;\nusing System.Globalization;\n", "names are sorted")]
    [InlineData("using static System.Math;\nusing System.Text;\n", "types come after namespaces")]
    [InlineData("using Text = System.Text.StringBuilder;\nusing System.Globalization;\n", "other names come last")]
    public async Task Another_order_is_found(string usings, string why)
    {
        using AdhocWorkspace workspace = new();

        (await IsInOrderAsync(workspace.AddProject("one", LanguageNames.CSharp), usings)).Should().BeFalse(why);
    }

    /// <summary>All C# of the repository that people write.</summary>
    private static IEnumerable<string> Files() => new[] { "data", "models", "serving", "training", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(House.PathOf(folder), "*.cs", SearchOption.AllDirectories)).Where(House.IsSource).Order(StringComparer.Ordinal);

    private static async Task<bool> IsInOrderAsync(Project project, string text)
    {
        Document organized = await Formatter.OrganizeImportsAsync(project.AddDocument("file.cs", SourceText.From(text)));
        return (await organized.GetTextAsync()).ToString() == text;
    }
}
