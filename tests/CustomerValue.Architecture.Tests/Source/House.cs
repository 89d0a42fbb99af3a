using System.Collections.Concurrent;

namespace CustomerValue.Architecture.Tests.Source;

/// <summary>All projects of the repository, read once for all tests.</summary>
internal static class House
{
    private static readonly ConcurrentDictionary<string, SourceProject> s_projects = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, string> s_paths = Paths("data", "models", "training", "serving").Concat(Paths("tests"))
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal);

    /// <summary>What is shipped: everything outside <c>tests</c>, sorted by name.</summary>
    public static IReadOnlyList<string> Products { get; } = [.. s_paths.Where(pair => !pair.Value.StartsWith(PathOf("tests"), StringComparison.Ordinal)).Select(pair => pair.Key).Order(StringComparer.Ordinal)];

    /// <summary>Everything under <c>tests</c>, sorted by name.</summary>
    public static IReadOnlyList<string> Tests { get; } = [.. s_paths.Keys.Except(Products).Order(StringComparer.Ordinal)];

    public static SourceProject Find(string name) => s_projects.GetOrAdd(name, key => new SourceProject(s_paths[key], Find));

    public static string PathOf(params string[] parts) => Path.Combine([ReferenceData.RepositoryRoot, .. parts]);

    /// <summary>The path from the repository's root, with forward slashes.</summary>
    public static string Relative(string path) => Path.GetRelativePath(ReferenceData.RepositoryRoot, path).Replace('\\', '/');

    /// <summary>Whether a file is written by people rather than by the build.</summary>
    public static bool IsSource(string path) => Relative(path).Split('/') is var parts && !parts.Contains("obj") && !parts.Contains("bin");

    private static IEnumerable<string> Paths(params string[] roots) =>
        roots.SelectMany(root => Directory.EnumerateFiles(PathOf(root), "*.csproj", SearchOption.AllDirectories)).Where(IsSource);
}
