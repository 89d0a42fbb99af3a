using CustomerValue.Architecture.Tests.Source;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CustomerValue.Architecture.Tests;

/// <summary>Days ahead are a horizon, a day with days ahead is a window, and how long a year is stands in one place.</summary>
public sealed class UnitTests
{
    /// <summary>Where lengths of weeks, months and years are defined.</summary>
    private const string Definition = "DaysIn.cs";

    [Fact]
    public void No_method_takes_a_day_and_a_loose_number_of_days_ahead() =>
        Methods().Where(method => method.Parameters.Any(parameter => parameter.Type.Name == "DateOnly") && method.Parameters.Any(IsLooseHorizon) && !IsWrittenShape(method))
            .Select(method => method.ToDisplayString()).Should().BeEmpty();

    [Fact]
    public void The_length_of_a_year_or_month_is_written_once() =>
        (from project in House.Products.Select(House.Find)
         from tree in project.Compilation.SyntaxTrees.Where(tree => House.IsSource(tree.FilePath) && Path.GetFileName(tree.FilePath) != Definition)
         from literal in tree.GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>()
         where literal.IsKind(SyntaxKind.NumericLiteralExpression) && literal.Token.Text is "365.25" or "365.25d" or "30.4375" or "30.44" or "30.4"
         select $"{House.Relative(tree.FilePath)}: {literal.Token.Text}").Should().BeEmpty();

    private static IEnumerable<IMethodSymbol> Methods() =>
        House.Products.Select(House.Find).SelectMany(project => project.Types).SelectMany(type => type.GetMembers().OfType<IMethodSymbol>()).Where(method => !method.IsImplicitlyDeclared || method.MethodKind == MethodKind.Constructor);

    private static bool IsLooseHorizon(IParameterSymbol parameter) =>
        parameter.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Double && parameter.Name.Contains("horizon", StringComparison.OrdinalIgnoreCase) && !parameter.Name.EndsWith("Months", StringComparison.Ordinal);

    /// <summary>Records that are written down under published names hold plain numbers: their constructor is the shape of the text.</summary>
    private static bool IsWrittenShape(IMethodSymbol method) => method is { ContainingType.IsRecord: true, Name: ".ctor" or "Deconstruct" };
}
