using CustomerValue.Architecture.Tests.Source;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CustomerValue.Architecture.Tests;

/// <summary>
/// A skip is an exception. Inside code that an assertion watches, it is taken for the code's own answer: red where the real data is absent, or, worse, green.
/// Whatever may skip is therefore asked for before the assertion.
/// </summary>
public sealed class SkipTests
{
    private static readonly string[] s_watchers = ["Invoking", "Awaiting", "Throws", "ThrowsAny", "ThrowsAsync", "ThrowsAnyAsync", "Exception", "ExceptionAsync"];

    public static TheoryData<string> Projects => [.. House.Tests];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Nothing_that_may_skip_is_run_inside_an_assertion(string project) => Offences(House.Find(project).Compilation).Should().BeEmpty();

    [Fact]
    public void The_kind_is_found_directly_through_helpers_and_through_lazy_fields()
    {
        Compilation compilation = House.Find("CustomerValue.Architecture.Tests").Compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("""
            public class Sample
            {
                private static readonly System.Lazy<string> s_late = new(() => Read());
                private static string Read() => CustomerValue.TestKit.ReferenceData.File("absent");
                public void Direct() { System.Action act = () => Xunit.Assert.SkipWhen(true, "absent"); act.Should().Throw<System.Exception>(); }
                public void Helper() => FluentActions.Invoking(() => Read()).Should().Throw<System.Exception>();
                public void Late() { System.Action act = () => _ = s_late.Value; act.Should().Throw<System.Exception>(); }
                public void Recorded() => Xunit.Record.Exception(() => { Read(); });
                public void Fine() { string text = Read(); System.Action act = () => _ = int.Parse(text); act.Should().Throw<System.Exception>(); }
            }
            """, (CSharpParseOptions)House.Find("CustomerValue.Architecture.Tests").Compilation.SyntaxTrees.First().Options, "Sample.cs"));

        Offences(compilation).Should().HaveCount(4).And.NotContain(offence => offence.Contains(":9:", StringComparison.Ordinal));
    }

    /// <summary>Places of lambdas that an assertion watches and that reach a skip.</summary>
    private static List<string> Offences(Compilation compilation)
    {
        Dictionary<string, HashSet<string>> uses = new(StringComparer.Ordinal);
        List<(LambdaExpressionSyntax Lambda, HashSet<string> Uses)> watched = [];
        Compilation[] kit = [.. compilation.References.OfType<CompilationReference>().Select(reference => reference.Compilation).Where(referred => House.Tests.Contains(referred.AssemblyName))];
        foreach ((Compilation home, SyntaxTree tree) in kit.Append(compilation).SelectMany(home => home.SyntaxTrees.Select(tree => (home, tree))))
        {
            SemanticModel model = home.GetSemanticModel(tree);
            foreach (MemberDeclarationSyntax member in tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>().Where(member => member is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax))
            {
                HashSet<string> used = Members(member, model);
                foreach (ISymbol? symbol in member is BaseFieldDeclarationSyntax fields ? fields.Declaration.Variables.Select(variable => model.GetDeclaredSymbol(variable)) : [model.GetDeclaredSymbol(member)])
                    uses[NameOf(symbol!)] = used;
            }
            watched.AddRange(tree.GetRoot().DescendantNodes().OfType<LambdaExpressionSyntax>().Where(lambda => IsWatched(lambda, model)).Select(lambda => (lambda, Members(lambda, model))));
        }
        HashSet<string> skipping = new(StringComparer.Ordinal);
        while (uses.Where(pair => !skipping.Contains(pair.Key) && pair.Value.Any(Skips)).Select(pair => pair.Key).ToArray() is { Length: > 0 } more)
            skipping.UnionWith(more);
        return [.. watched.Where(pair => pair.Uses.Any(Skips)).Select(pair => $"{pair.Lambda.SyntaxTree.FilePath}:{pair.Lambda.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {pair.Lambda}")];

        bool Skips(string name) => skipping.Contains(name) || name.Contains(".Assert.Skip", StringComparison.Ordinal);
    }

    /// <summary>Name of a member with its parameters. A symbol seen from another compilation may be another object, so symbols themselves cannot be compared.</summary>
    private static string NameOf(ISymbol symbol) => symbol.OriginalDefinition.GetDocumentationCommentId() ?? symbol.ToDisplayString();

    /// <summary>Whether a lambda is handed to an assertion, or is a local delegate, which tests make for nothing else.</summary>
    private static bool IsWatched(LambdaExpressionSyntax lambda, SemanticModel model) => lambda.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } variable } =>
            model.GetDeclaredSymbol(variable) is ILocalSymbol { Type.Name: "Action" or "Func" } local && IsAsserted(variable.FirstAncestorOrSelf<BlockSyntax>()!, local.Name),
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => s_watchers.Contains(call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
            SimpleNameSyntax name => name.Identifier.Text,
            _ => "",
        }),
        _ => false,
    };

    private static bool IsAsserted(BlockSyntax block, string name) => block.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        .Any(access => access.Name.Identifier.Text == "Should" && access.Expression is IdentifierNameSyntax target && target.Identifier.Text == name);

    private static HashSet<string> Members(SyntaxNode node, SemanticModel model) => new(
        node.DescendantNodes().OfType<ExpressionSyntax>().Where(part => part is SimpleNameSyntax or BaseObjectCreationExpressionSyntax)
            .SelectMany(part => model.GetSymbolInfo(part) is { Symbol: { } symbol } ? [symbol] : model.GetSymbolInfo(part).CandidateSymbols.ToArray())
            .Where(symbol => symbol is IMethodSymbol or IPropertySymbol or IFieldSymbol)
            .Select(symbol => NameOf((symbol as IMethodSymbol)?.ReducedFrom ?? symbol)), StringComparer.Ordinal);
}
