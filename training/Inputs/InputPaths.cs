using CustomerValue.Data.Diagnostics;
using CustomerValue.Sources;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Inputs;

/// <summary>The files that names on the command line stand for: folders, patterns with stars, and <c>-</c> for standard input.</summary>
internal static class InputPaths
{
    private static readonly string[] s_endings =
        [".csv", ".tsv", ".txt", ".tab", ".psv", ".json", ".jsonl", ".ndjson", ".parquet", ".arrow", ".feather", ".xlsx", ".xls", ".zip", ".gz", ".zst"];

    /// <summary>All files, those of a folder or pattern in the order of their names.</summary>
    /// <exception cref="BadDataException">A folder or pattern has no file.</exception>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> names, CommandEnvironment environment) => [.. names.SelectMany(name => Files(name, environment))];

    /// <summary>One file or address, from where paths begin.</summary>
    /// <exception cref="BadDataException">It is an address that cannot be read.</exception>
    public static string Rooted(string name, CommandEnvironment environment) => SourcePlaces.IsAddress(name) ? SourcePlaces.Rooted(name, environment.PathOf) : environment.PathOf(name);

    private static string[] Files(string name, CommandEnvironment environment)
    {
        if (name == "-")
            return [StandardInput.ToFile(environment)];
        string path = Rooted(name, environment);
        if (SourcePlaces.IsAddress(name))
            return [path];
        bool pattern = Path.GetFileName(path).AsSpan().ContainsAny('*', '?') && !File.Exists(path);
        if (!pattern && !Directory.Exists(path))
            return [path];
        string folder = pattern ? Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : "." : path;
        string[] found = !Directory.Exists(folder) ? []
            : [.. Directory.GetFiles(folder, pattern ? Path.GetFileName(path) : "*").Where(file => !Path.GetFileName(file).StartsWith('.') && (pattern || s_endings.Contains(Path.GetExtension(file).ToLowerInvariant()))).Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found
            : throw new BadDataException($"{name}: found no file {(pattern ? "of that pattern" : "of transactions in the folder")}, expected at least one; check the path (it is taken from {environment.CurrentDirectory}).");
    }
}
