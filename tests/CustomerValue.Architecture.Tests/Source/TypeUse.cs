using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CustomerValue.Architecture.Tests.Source;

/// <summary>A file makes use of a type: it names it, calls a member of it or makes one, also where the type is inferred.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Type">The type used, as it is declared.</param>
internal readonly partial record struct TypeUse(string File, INamedTypeSymbol Type)
{
    /// <summary>Every use in a project's own files, each once a file.</summary>
    public static List<TypeUse> Of(SourceProject project, IEnumerable<INamedTypeSymbol> known) =>
        [.. project.Compilation.SyntaxTrees.Where(tree => project.Sources.Contains(tree.FilePath)).AsParallel().SelectMany(tree => OfFile(tree, project.Compilation.GetSemanticModel(tree))),
         .. project.Components.SelectMany(path => OfComponent(path, known))];

    private static HashSet<TypeUse> OfFile(SyntaxTree tree, SemanticModel model)
    {
        HashSet<INamedTypeSymbol> types = new(SymbolEqualityComparer.Default);
        foreach (ExpressionSyntax part in tree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>())
            if (part is SimpleNameSyntax or BaseObjectCreationExpressionSyntax)
                Add(model.GetSymbolInfo(part) is { Symbol: { } symbol } ? symbol : model.GetSymbolInfo(part).CandidateSymbols.FirstOrDefault());
        return [.. types.Select(type => new TypeUse(tree.FilePath, type))];

        void Add(ISymbol? symbol)
        {
            INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? ((symbol as IMethodSymbol)?.ReducedFrom ?? symbol)?.ContainingType;
            if (type is not null and not IErrorTypeSymbol && symbol is not INamespaceSymbol)
                types.Add(Outermost(type));
        }
    }

    /// <summary>A Razor component uses the types whose names stand in it other than behind a dot or in text between tags.</summary>
    private static IEnumerable<TypeUse> OfComponent(string path, IEnumerable<INamedTypeSymbol> known)
    {
        HashSet<string> words = [.. Word().Matches(System.IO.File.ReadAllText(path)).Select(match => match.Value)];
        return known.Where(type => words.Contains(type.Name) && type.Name != Path.GetFileNameWithoutExtension(path)).Select(type => new TypeUse(path, type));
    }

    private static INamedTypeSymbol Outermost(INamedTypeSymbol type)
    {
        while (type.ContainingType is { } outer)
            type = outer;
        return type.OriginalDefinition;
    }

    /// <summary>A capitalised word that is no member, no string, no attribute of a tag and no parameter's name.</summary>
    [GeneratedRegex(@"(?<![\w.""'])[A-Z]\w+(?!\w)(?!\s*=[^=>])", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
