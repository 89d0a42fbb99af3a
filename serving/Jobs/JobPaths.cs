using CustomerValue.Serving.Configuration;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Jobs;

/// <summary>The files of this machine that callers may name: those that really lie below a folder of <c>Jobs:Folders</c>, whatever their path says.</summary>
internal sealed class JobPaths(IOptions<ServingOptions> options)
{
    private const int MostLinks = 40;

    private readonly string[] _folders = options.Value.Jobs.Folders.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What a path must be.</summary>
    public const string Expected = "the full path of a file below a folder of Jobs:Folders";

    /// <summary>Where a file lies that a caller named, with every link followed; null where there is none, or it lies elsewhere.</summary>
    public string? Find(string path)
    {
        if (_folders.Length == 0 || path.Contains('\0') || !Path.IsPathFullyQualified(path))
            return null;
        try
        {
            return Real(path) is { } file && File.Exists(file) && _folders.Select(Real).OfType<string>().Any(folder => IsBelow(file, folder)) ? file : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsBelow(string file, string folder) => file.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    /// <summary>The path without a link in it; null where links lead nowhere.</summary>
    private static string? Real(string path)
    {
        string full = Path.GetFullPath(path), root = Path.GetPathRoot(full)!;
        Stack<string> ahead = new(Parts(full[root.Length..]).Reverse());
        string real = root;
        for (int links = 0; ahead.TryPop(out string? part);)
        {
            string next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > MostLinks)
                return null;
            string led = Path.GetFullPath(target, real);
            real = Path.GetPathRoot(led)!;
            foreach (string more in Parts(led[real.Length..]).Reverse())
                ahead.Push(more);
        }
        return real;

        static string[] Parts(string below) => below.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
    }
}
