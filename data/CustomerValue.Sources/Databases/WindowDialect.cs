namespace CustomerValue.Sources.Databases;

/// <summary>PostgreSQL and DuckDB, which know window functions and common table expressions.</summary>
internal abstract class WindowDialect : SqlDialect
{
    public static readonly WindowDialect Postgres = new PostgresDialect(), DuckDb = new DuckDbDialect();

    private sealed class PostgresDialect : WindowDialect;

    private sealed class DuckDbDialect : WindowDialect;
}
