using System.Text;
using CustomerValue.Architecture.Tests.Source;
using Microsoft.CodeAnalysis;

namespace CustomerValue.Architecture.Tests;

/// <summary>What others build on is written down beside each library, so that a change of it is seen and meant.</summary>
public sealed class PublicApiTests
{
    private static readonly SymbolDisplayFormat s_typeFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance);

    private static readonly SymbolDisplayFormat s_memberFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeRef,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    [Theory]
    [InlineData("CustomerValue.BuyTillYouDie")]
    [InlineData("CustomerValue.Boosting")]
    [InlineData("CustomerValue.Models")]
    [InlineData("CustomerValue.Client")]
    public void Public_members_are_those_written_down(string name)
    {
        SourceProject project = House.Find(name);
        StringBuilder text = new();
        foreach (INamedTypeSymbol type in project.Types.Where(IsSeen).OrderBy(type => type.ToDisplayString(s_typeFormat), StringComparer.Ordinal))
            Write(type, text);
        Generated.ShouldBeCommitted(text.ToString(), [.. House.Relative(project.Folder).Split('/'), "PublicApi.txt"]);
    }

    private static void Write(INamedTypeSymbol type, StringBuilder text)
    {
        IEnumerable<string> bases = new[] { type.BaseType }.OfType<INamedTypeSymbol>().Where(parent => parent.SpecialType is SpecialType.None).Concat(type.Interfaces.Where(other => !type.IsRecord || other.Name != "IEquatable")).Select(other => other.ToDisplayString(s_memberFormat));
        text.Append(Kind(type)).Append(' ').Append(type.ToDisplayString(s_typeFormat)).Append(bases.Any() ? $" : {string.Join(", ", bases)}" : "").Append('\n');
        foreach (string member in type.GetMembers().Where(member => IsSeen(member) && !member.IsImplicitlyDeclared && member is not INamedTypeSymbol and not IMethodSymbol { AssociatedSymbol: not null })
            .Select(member => member.ToDisplayString(s_memberFormat)).Order(StringComparer.Ordinal))
            text.Append("    ").Append(member).Append('\n');
        foreach (INamedTypeSymbol nested in type.GetTypeMembers().Where(nested => IsSeen(nested) || nested.IsExtension).OrderBy(nested => nested.ToDisplayString(s_typeFormat), StringComparer.Ordinal))
            Write(nested, text);
    }

    private static string Kind(INamedTypeSymbol type) => (type.IsExtension, type.TypeKind) switch
    {
        (true, _) => $"extension of {type.ExtensionParameter?.Type.ToDisplayString(s_typeFormat)} in",
        (_, TypeKind.Class) when type.IsStatic => "static class",
        (_, TypeKind.Class) => $"{(type.IsSealed ? "sealed " : type.IsAbstract ? "abstract " : "")}{(type.IsRecord ? "record" : "class")}",
        (_, TypeKind.Struct) => $"{(type.IsReadOnly ? "readonly " : "")}{(type.IsRecord ? "record " : "")}struct",
        _ => type.TypeKind.ToString().ToLowerInvariant(),
    };

    private static bool IsSeen(ISymbol symbol) => symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
