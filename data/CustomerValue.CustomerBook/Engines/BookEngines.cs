using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CustomerValue.CustomerBook.Engines;

/// <summary>Chooses the engine by the connection string's own keywords.</summary>
internal static class BookEngines
{
    private static readonly string[] s_sqliteKeys = ["data source", "datasource", "filename"];
    private static readonly string[] s_postgresKeys = ["host", "server"];

    /// <exception cref="CustomerBookException">The connection string is of neither kind, or has a keyword that its kind does not know.</exception>
    public static IBookEngine Choose(CustomerBookOptions options)
    {
        try
        {
            DbConnectionStringBuilder given = new() { ConnectionString = options.ConnectionString };
            if (Array.Exists(s_sqliteKeys, given.ContainsKey))
            {
                SqliteConnectionStringBuilder sqlite = new(options.ConnectionString);
                if (sqlite.DataSource.Length > 0 && sqlite.DataSource != ":memory:" && sqlite.Mode != SqliteOpenMode.Memory && !sqlite.DataSource.StartsWith("file:", StringComparison.Ordinal))
                    return new SqliteEngine(sqlite);
            }
            else if (Array.Exists(s_postgresKeys, given.ContainsKey))
                return new PostgresEngine(new NpgsqlConnectionStringBuilder(options.ConnectionString));
        }
        catch (ArgumentException error)
        {
            throw new CustomerBookException($"Customer book connection string: {error.Message} Expected 'Data Source=FILE' or 'Host=SERVER;Database=NAME;Username=NAME;Password=...'.", error);
        }
        throw new CustomerBookException("Customer book connection string: found neither a file nor a server, expected 'Data Source=FILE' (embedded, a plain path) or 'Host=SERVER;Database=NAME;Username=NAME;Password=...' (PostgreSQL).");
    }
}
