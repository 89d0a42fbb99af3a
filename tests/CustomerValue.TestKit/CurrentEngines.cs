namespace CustomerValue.TestKit;

/// <summary>Engines of today that npm brings, so that those of Debian are not the only proof.</summary>
internal static class CurrentEngines
{
    /// <summary>What is told where they are absent.</summary>
    public const string Absent = "No engines of today: run npm install --no-save in tests/clusters/engines (Linux, x64; 600 MB).";

    /// <summary>Folder of PostgreSQL with bin and lib, or null.</summary>
    public static string? PostgresFolder => Installed("@embedded-postgres", "linux-x64", "native") is var folder && Directory.Exists(folder) ? folder : null;

    /// <summary>Whether ClickHouse as a library is there.</summary>
    public static bool HasClickHouse => Directory.Exists(Installed("@chdb", "lib-linux-x64-gnu"));

    private static string Installed(params string[] names) => ReferenceData.InRepository(["tests", "clusters", "engines", "node_modules", .. names]);
}
