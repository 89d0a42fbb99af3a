using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace CustomerValue.Architecture.Tests.Source;

/// <summary>A project as its sources tell it: files, references and a compilation in which names resolve to symbols. Nothing needs to be built.</summary>
internal sealed class SourceProject
{
    private static readonly string[] s_plainUsings = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];
    private static readonly string[] s_webUsings =
    [
        "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview, DocumentationMode.None);

    private static readonly MetadataReference[] s_platform =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("CustomerValue.", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path))];

    private readonly Lazy<CSharpCompilation> _compilation;
    private readonly Lazy<INamedTypeSymbol[]> _types;
    private readonly Lazy<IReadOnlyList<TypeUse>> _uses;

    public SourceProject(string path, Func<string, SourceProject> find)
    {
        File = path;
        Folder = Path.GetDirectoryName(path)!;
        Name = Path.GetFileNameWithoutExtension(path);
        XDocument project = XDocument.Load(path);
        IsTest = Name.EndsWith(".Tests", StringComparison.Ordinal);
        References = [.. project.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Concat(IsTest ? ["CustomerValue.TestKit"] : []).Order(StringComparer.Ordinal)];
        RootNamespace = project.Descendants("RootNamespace").FirstOrDefault()?.Value ?? Name;
        Sources = [.. Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories).Where(House.IsSource).Where(IsOwn)
            .Concat(project.Descendants("Compile").Select(item => item.Attribute("Include")?.Value).OfType<string>().Select(item => Path.GetFullPath(Path.Combine(Folder, item.Replace('\\', '/')))))
            .Order(StringComparer.Ordinal)];
        Components = [.. Directory.EnumerateFiles(Folder, "*.razor", SearchOption.AllDirectories).Where(House.IsSource).Where(file => Path.GetFileName(file)[0] != '_').Order(StringComparer.Ordinal)];
        _compilation = new(() => Compile(project, find));
        _types = new(() => [.. Declared(Compilation.Assembly.GlobalNamespace).Where(type => type.Name != WellKnownMemberNames.TopLevelStatementsEntryPointTypeName)]);
        _uses = new(() => TypeUse.Of(this, [.. Reached(find).Append(Name).SelectMany(name => find(name).Types)]));
    }

    /// <summary>How its files are parsed.</summary>
    public static CSharpParseOptions Parsing => s_parse;

    /// <summary>Path of the project file.</summary>
    public string File { get; }

    public string Folder { get; }

    public string Name { get; }

    public string RootNamespace { get; }

    public bool IsTest { get; }

    /// <summary>Names of the projects it refers to, sorted.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>Paths of its C# files, linked ones included.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>Paths of its Razor components.</summary>
    public IReadOnlyList<string> Components { get; }

    public CSharpCompilation Compilation => _compilation.Value;

    /// <summary>The types it declares, those inside others left out.</summary>
    public IReadOnlyList<INamedTypeSymbol> Types => _types.Value;

    /// <summary>Types of any project that its files use.</summary>
    public IReadOnlyList<TypeUse> Uses => _uses.Value;

    /// <summary>The folder of the project that a file lies in, as a path from the project; "." for the project's own.</summary>
    public string RoomOf(string file) => Path.GetRelativePath(Folder, Path.GetDirectoryName(file)!).Replace('\\', '/');

    /// <summary>Whether a file below the folder is of this project, not of one that lies within it.</summary>
    private bool IsOwn(string file)
    {
        string folder = Path.GetDirectoryName(file)!;
        while (folder != Folder && !Directory.EnumerateFiles(folder, "*.csproj").Any())
            folder = Path.GetDirectoryName(folder)!;
        return folder == Folder;
    }

    private CSharpCompilation Compile(XDocument project, Func<string, SourceProject> find)
    {
        string sdk = project.Root!.Attribute("Sdk")!.Value;
        IEnumerable<string> usings = s_plainUsings.Concat(sdk.EndsWith(".Web", StringComparison.Ordinal) ? s_webUsings : [])
            .Concat(IsTest ? ["Xunit", "FluentAssertions", "CustomerValue.TestKit"] : [])
            .Concat(project.Descendants("Using").Select(item => item.Attribute("Include")?.Value).OfType<string>());
        string told = string.Concat(usings.Select(space => $"global using {space};\n"))
            + string.Concat(project.Descendants("InternalsVisibleTo").Select(item => $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{item.Attribute("Include")!.Value}\")]\n"));
        IEnumerable<SyntaxTree> trees = Sources.Select(path => CSharpSyntaxTree.ParseText(SourceText.From(System.IO.File.ReadAllText(path)), s_parse, path))
            .Concat(Components.Select(Component))
            .Append(CSharpSyntaxTree.ParseText(told, s_parse, Path.Combine(Folder, "obj", "told.cs")));
        IEnumerable<MetadataReference> houses = Reached(find).Select(name => find(name).Compilation.ToMetadataReference());
        return CSharpCompilation.Create(Name, trees, s_platform.Concat(houses), new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>The class that the Razor compiler makes of a component, without its body.</summary>
    private SyntaxTree Component(string path)
    {
        string room = RoomOf(path), space = room == "." ? RootNamespace : $"{RootNamespace}.{room.Replace('/', '.')}";
        return CSharpSyntaxTree.ParseText($"namespace {space};\npublic partial class {Path.GetFileNameWithoutExtension(path)} : Microsoft.AspNetCore.Components.ComponentBase {{ }}\n", s_parse, path);
    }

    private static IEnumerable<INamedTypeSymbol> Declared(INamespaceSymbol space) => space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(Declared));

    private HashSet<string> Reached(Func<string, SourceProject> find)
    {
        HashSet<string> reached = [];
        Queue<string> open = new(References);
        while (open.TryDequeue(out string? next))
            if (reached.Add(next))
                foreach (string further in find(next).References)
                    open.Enqueue(further);
        return reached;
    }
}
