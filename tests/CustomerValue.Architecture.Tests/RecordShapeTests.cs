using CustomerValue.Architecture.Tests.Source;
using Microsoft.CodeAnalysis;

namespace CustomerValue.Architecture.Tests;

/// <summary>Whoever makes a record of many members names them: eight arguments in a row are not read, they are counted.</summary>
public sealed class RecordShapeTests
{
    private const int MostPositions = 6;

    [Fact]
    public void No_record_of_the_product_is_made_by_more_positions_than_one_can_read() =>
        House.Products.Select(House.Find).SelectMany(project => project.Types).SelectMany(WithNested).Where(type => type.IsRecord)
            .SelectMany(type => type.InstanceConstructors.Where(constructor => constructor.Parameters.Length > MostPositions))
            .Select(constructor => $"{constructor.ContainingType.ToDisplayString()}: {constructor.Parameters.Length}").Order(StringComparer.Ordinal)
            .Should().BeEmpty();

    private static IEnumerable<INamedTypeSymbol> WithNested(INamedTypeSymbol type) => type.GetTypeMembers().SelectMany(WithNested).Prepend(type);
}
