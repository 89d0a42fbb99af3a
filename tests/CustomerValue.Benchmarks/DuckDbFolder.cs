namespace CustomerValue.Benchmarks;

/// <summary>Where DuckDB was installed to compare with.</summary>
internal static class DuckDbFolder
{
    /// <summary>The folder that <c>--duckdb-folder</c> or the environment names; null where it is not there, which is told with how to get it.</summary>
    public static string? Find(string[] args)
    {
        string? folder = Array.IndexOf(args, "--duckdb-folder") is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : Environment.GetEnvironmentVariable("DUCKDB_FOLDER");
        if (folder is not null && Directory.Exists(Path.Combine(folder, "node_modules", "@duckdb", "node-api")))
            return folder;
        Console.Error.WriteLine("DuckDB is missing. Install it in a folder outside the repository and name that folder:");
        Console.Error.WriteLine("  npm install --prefix FOLDER @duckdb/node-api    then --duckdb-folder FOLDER, or DUCKDB_FOLDER in the environment");
        return null;
    }
}
