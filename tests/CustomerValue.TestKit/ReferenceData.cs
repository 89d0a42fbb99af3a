using Xunit;

namespace CustomerValue.TestKit;

/// <summary>Finds the repository, its reference cases and the real data that may lie beside it.</summary>
public static class ReferenceData
{
    /// <summary>The folder that holds <c>CustomerValue.sln</c>.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Path of something in the repository.</summary>
    public static string InRepository(params string[] parts) => Path.Combine([RepositoryRoot, .. parts]);

    /// <summary>Path of a reference case under <c>tests/cases</c>.</summary>
    public static string Case(params string[] parts) => Path.Combine([RepositoryRoot, "tests", "cases", .. parts]);

    /// <summary>
    /// Path of a real data file, for example <c>File("cdnow", "cdnow_sample.csv.gz")</c>; skips the test where it is absent, in continuous integration, too:
    /// the data is not the repository's to ship, and a clean clone must be green.
    /// </summary>
    public static string File(params string[] parts)
    {
        string path = Path.Combine([RepositoryRoot, "..", "shared", "data", .. parts]);
        Assert.SkipUnless(System.IO.File.Exists(path), $"Real data is absent: put {string.Join('/', parts)} under ../shared/data beside the checkout to run this test.");
        return Path.GetFullPath(path);
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "CustomerValue.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No CustomerValue.sln above {AppContext.BaseDirectory}; run the tests from a checkout.");
    }
}
