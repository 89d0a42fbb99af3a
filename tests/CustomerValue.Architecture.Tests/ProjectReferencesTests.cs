using System.Xml.Linq;

namespace CustomerValue.Architecture.Tests;

/// <summary>Who may know whom. An arrow that is not listed here is forbidden.</summary>
public class ProjectReferencesTests
{
    private static readonly Dictionary<string, string[]> s_allowed = new(StringComparer.Ordinal)
    {
        ["CustomerValue.Data"] = [],
        ["CustomerValue.Simulation"] = ["CustomerValue.Data"],
        ["CustomerValue.CustomerBook"] = [],
        ["CustomerValue.Sources"] = ["CustomerValue.Data"],
        ["CustomerValue.BuyTillYouDie"] = [],
        ["CustomerValue.Boosting"] = [],
        ["CustomerValue.Models"] = ["CustomerValue.BuyTillYouDie", "CustomerValue.Boosting", "CustomerValue.Data"],
        ["CustomerValue.MLNet"] = ["CustomerValue.Models"],
        ["CustomerValue.MLNet.LightGbm"] = ["CustomerValue.MLNet"],
        ["CustomerValue.Onnx"] = ["CustomerValue.Models"],
        ["CustomerValue.Strategy"] = ["CustomerValue.Models", "CustomerValue.Data"],
        ["CustomerValue.Decisions"] = ["CustomerValue.Strategy", "CustomerValue.Models", "CustomerValue.Boosting", "CustomerValue.Data"],
        ["CustomerValue.Reporting"] = ["CustomerValue.Decisions", "CustomerValue.Strategy", "CustomerValue.Models", "CustomerValue.Data"],
        ["CustomerValue.Training"] = ["CustomerValue.Reporting", "CustomerValue.Decisions", "CustomerValue.Strategy", "CustomerValue.Models", "CustomerValue.MLNet", "CustomerValue.MLNet.LightGbm", "CustomerValue.Onnx", "CustomerValue.CustomerBook", "CustomerValue.Simulation", "CustomerValue.Sources", "CustomerValue.Data", "CustomerValue.BuyTillYouDie", "CustomerValue.Boosting"],
        ["CustomerValue.Client"] = [],
        ["CustomerValue.Serving"] = ["CustomerValue.Reporting", "CustomerValue.Decisions", "CustomerValue.Strategy", "CustomerValue.Models", "CustomerValue.MLNet", "CustomerValue.CustomerBook", "CustomerValue.Data"],
    };

    public static TheoryData<string> Projects() => [.. ProductProjects().Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_house_plan_allows(string project)
    {
        string path = ProductProjects().Single(candidate => Path.GetFileNameWithoutExtension(candidate) == project);
        IEnumerable<string> references = XDocument.Load(path).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        s_allowed.Should().ContainKey(project, "a new project needs a place in the house plan");
        references.Should().BeSubsetOf(s_allowed[project]);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_uses_only_namespaces_it_may_know(string project)
    {
        string path = ProductProjects().Single(candidate => Path.GetFileNameWithoutExtension(candidate) == project);
        List<string> forbidden = [.. s_allowed.Keys.Where(other => other != project && !Reachable(project).Contains(other))];

        List<string> offences = [.. SourceLines(path)
            .Where(line => line.Text.StartsWith("using ", StringComparison.Ordinal)
                && forbidden.Exists(other => line.Text.Contains(other + ".", StringComparison.Ordinal) || line.Text.Contains(other + ";", StringComparison.Ordinal)))
            .Select(line => $"{line.File}: {line.Text}")];

        offences.Should().BeEmpty();
    }

    [Fact]
    public void Only_the_ml_net_wall_names_ml_net()
    {
        string[] packages = ["Microsoft.ML", "Microsoft.Extensions.ML", "Microsoft.Data.Analysis"];
        List<string> offences = [.. ProductProjects().Where(path => !path.Contains("CustomerValue.MLNet", StringComparison.Ordinal))
            .SelectMany(path => SourceLines(path).Concat(File.ReadLines(path).Select(text => (File: path, Text: text))))
            .Where(line => packages.Any(package => line.Text.Contains(package, StringComparison.Ordinal)))
            .Select(line => $"{line.File}: {line.Text}")];

        offences.Should().BeEmpty();
    }

    [Fact]
    public void Only_the_two_programs_composition_roots_name_the_ml_net_wall()
    {
        string[] roots = [Path.Combine("training", "Inputs", "Entrants.cs"), Path.Combine("training", "Features", "SnapshotFormat.cs"), Path.Combine("training", "Models", "ExportFormat.cs"), Path.Combine("training", "Train", "ModelZipFile.cs"), Path.Combine("serving", "Models", "ModelsSetup.cs")];
        IEnumerable<string> naming = ProductProjects().Where(path => !path.Contains("CustomerValue.MLNet", StringComparison.Ordinal))
            .SelectMany(SourceLines)
            .Where(line => line.Text.Contains("CustomerValue.MLNet", StringComparison.Ordinal) || line.Text.Contains("MLNetEngine", StringComparison.Ordinal))
            .Select(line => line.File).Distinct();

        naming.Should().BeSubsetOf(roots);
    }

    [Fact]
    public void Serving_writes_no_foreign_formats_and_ships_none_of_their_engines()
    {
        string[] kept = ["CustomerValue.Onnx", "CustomerValue.MLNet.LightGbm", "Microsoft.ML.LightGbm", "\"LightGBM", "OnnxRuntime"];
        string serving = Path.Combine(ReferenceData.RepositoryRoot, "serving");
        IEnumerable<string> found = Directory.EnumerateFiles(serving, "*.csproj").Append(Path.Combine(serving, "packages.lock.json"))
            .SelectMany(path => File.ReadLines(path).Where(line => kept.Any(part => line.Contains(part, StringComparison.OrdinalIgnoreCase))).Select(line => $"{Path.GetFileName(path)}: {line.Trim()}"));

        found.Should().BeEmpty("it answers; LightGBM's native part is x64 only and wants libgomp");
    }

    [Fact]
    public void Features_and_serving_never_see_outcomes()
    {
        string[] rooms = [Path.Combine("data", "CustomerValue.Data", "Features"), Path.Combine("data", "CustomerValue.Data", "Aggregates"), "serving"];
        List<string> offences = [.. rooms.SelectMany(room => SourceLines(Path.Combine(ReferenceData.RepositoryRoot, room, "room")))
            .Where(line => line.Text.Contains("CustomerValue.Data.Outcomes", StringComparison.Ordinal))
            .Select(line => $"{line.File}: {line.Text}")];

        offences.Should().BeEmpty();
    }

    private static HashSet<string> Reachable(string project)
    {
        HashSet<string> reachable = [];
        Queue<string> open = new(s_allowed[project]);
        while (open.TryDequeue(out string? next))
            if (reachable.Add(next))
                foreach (string further in s_allowed[next])
                    open.Enqueue(further);
        return reachable;
    }

    private static List<string> ProductProjects() =>
        [.. new[] { "data", "models", "training", "serving" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(ReferenceData.RepositoryRoot, folder), "*.csproj", SearchOption.AllDirectories))
            .Where(path => !IsBuildOutput(path))];

    private static IEnumerable<(string File, string Text)> SourceLines(string projectPath) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(projectPath)!, "*.*", SearchOption.AllDirectories)
            .Where(path => (path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal)) && !IsBuildOutput(path))
            .SelectMany(path => File.ReadLines(path).Select(line => (Path.GetRelativePath(ReferenceData.RepositoryRoot, path), line.TrimStart('@', ' '))));

    private static bool IsBuildOutput(string path)
    {
        string relative = Path.GetRelativePath(ReferenceData.RepositoryRoot, path);
        return relative.Split(Path.DirectorySeparatorChar) is var parts && (parts.Contains("obj") || parts.Contains("bin"));
    }
}
