using CustomerValue.Architecture.Tests.Source;
using Microsoft.CodeAnalysis;

namespace CustomerValue.Architecture.Tests;

/// <summary>One name means one thing in the whole house, and what nobody else uses is nobody else's business.</summary>
public sealed class TypeNameTests
{
    /// <summary>Its records are those of the service on the other end of the wire, generated from their description: the same names mean the same things.</summary>
    private const string Client = "CustomerValue.Client";

    /// <summary>Libraries that are packed for readers we do not know.</summary>
    private static readonly string[] s_packed = ["CustomerValue.BuyTillYouDie", "CustomerValue.Boosting", Client];

    public static TheoryData<string> Inner => ["CustomerValue.Models", "CustomerValue.Strategy", "CustomerValue.Data", "CustomerValue.Serving"];

    [Fact]
    public void No_two_types_of_the_product_have_the_same_name()
    {
        House.Products.Where(name => name != Client).Select(House.Find).SelectMany(project => project.Types)
            .GroupBy(type => type.MetadataName).Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(type => type.ToDisplayString()))}")
            .Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Inner))]
    public void What_is_public_is_used_by_another_project(string name)
    {
        SourceProject project = House.Find(name);
        HashSet<ISymbol> used = new(House.Products.Where(other => other != name).Select(House.Find).SelectMany(other => other.Uses).Select(use => use.Type), SymbolEqualityComparer.Default);
        Queue<INamedTypeSymbol> open = new(project.Types.Where(type => used.Contains(type)));
        HashSet<ISymbol> needed = new(SymbolEqualityComparer.Default);
        while (open.TryDequeue(out INamedTypeSymbol? next))
            if (needed.Add(next))
                foreach (INamedTypeSymbol shown in ShownBy(next))
                    open.Enqueue(shown);

        // Components are public because their compiler makes them so; a router finds pages.
        project.Types.Where(type => type.DeclaredAccessibility == Accessibility.Public && type.BaseType?.Name is not ("ComponentBase" or "SpokenPage") && !needed.Contains(type)).Select(type => type.ToDisplayString()).Order(StringComparer.Ordinal).Should().BeEmpty();
    }

    [Fact]
    public void What_is_packed_is_what_the_list_of_packed_libraries_says() =>
        House.Products.Where(name => File.ReadAllText(House.Find(name).File).Contains("<IsPackable>true</IsPackable>", StringComparison.Ordinal)).Should().BeEquivalentTo(s_packed);

    /// <summary>Types that must be as public as this one: bases, and types in the signatures of its public members.</summary>
    private static IEnumerable<INamedTypeSymbol> ShownBy(INamedTypeSymbol type) =>
        new[] { type.BaseType }.Concat(type.Interfaces).Concat(type.TypeParameters.SelectMany(parameter => parameter.ConstraintTypes))
            .Concat(type.GetMembers().Where(member => member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected).SelectMany(Signature))
            .SelectMany(Named);

    private static IEnumerable<ITypeSymbol?> Signature(ISymbol member) => member switch
    {
        IMethodSymbol method => [method.ReturnType, .. method.Parameters.Select(parameter => parameter.Type)],
        IPropertySymbol property => [property.Type, .. property.Parameters.Select(parameter => parameter.Type)],
        IFieldSymbol field => [field.Type],
        IEventSymbol happening => [happening.Type],
        INamedTypeSymbol nested => [nested, .. ShownBy(nested)],
        _ => [],
    };

    private static IEnumerable<INamedTypeSymbol> Named(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => Named(array.ElementType),
        INamedTypeSymbol named => [named.OriginalDefinition, .. named.TypeArguments.SelectMany(Named), .. named.ContainingType is { } outer ? Named(outer) : []],
        _ => [],
    };
}
