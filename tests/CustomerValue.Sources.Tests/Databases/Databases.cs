using DuckDB.NET.Data;
using Npgsql;

namespace CustomerValue.Sources.Tests.Databases;

public sealed class DuckDbTests : TableContract
{
    internal override Task<string> StoreAsync(OrderLine[] lines)
    {
        string path = Folder.Path($"{Guid.NewGuid():N}.db");
        Store(path, lines);
        return Task.FromResult($"duckdb:{path}");
    }

    internal static void Store(string path, OrderLine[] lines, string then = "")
    {
        using DuckDBConnection connection = new($"Data Source={path}");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"CREATE TABLE orders (customer_id VARCHAR, order_date DATE, amount DOUBLE, order_id VARCHAR, quantity INTEGER, product VARCHAR, category VARCHAR, channel VARCHAR, discount DECIMAL(10, 2), margin DOUBLE); {Orders.ToSql(lines, escapesBackslashes: false)}; {then}";
        command.ExecuteNonQuery();
    }
}

/// <summary>A lake whose folders say the channel.</summary>
public sealed class ParquetLakeTests : DatabaseContract
{
    protected override string Table => "";

    internal override Task<string> StoreAsync(OrderLine[] lines)
    {
        string lake = Folder.Path($"lake-{Guid.NewGuid():N}");
        DuckDbTests.Store(":memory:", lines, $"COPY (SELECT * FROM orders) TO '{lake}' (FORMAT parquet, PARTITION_BY (channel))");
        return Task.FromResult($"parquet:{lake}/**");
    }
}

public sealed class PostgresSourceTests(PostgresServer server) : PostgresContract(server), IClassFixture<PostgresServer>;

public sealed class CurrentPostgresSourceTests(CurrentPostgres server) : PostgresContract(server), IClassFixture<CurrentPostgres>;

public abstract class PostgresContract(PostgresServer server) : TableContract
{
    internal override async Task<string> StoreAsync(OrderLine[] lines)
    {
        NpgsqlConnectionStringBuilder place = new(await server.FreshDatabaseAsync());
        await using NpgsqlConnection connection = new(place.ToString());
        await connection.OpenAsync();
        await using NpgsqlCommand command = new($"CREATE TABLE orders (customer_id text, order_date date, amount double precision, order_id text, quantity integer, product text, category text, channel text, discount numeric(10, 2), margin double precision); {Orders.ToSql(lines, escapesBackslashes: false)}", connection);
        await command.ExecuteNonQueryAsync();
        return $"postgres://{place.Username}@{place.Host}:{place.Port}/{place.Database}";
    }
}

public sealed class ClickHouseSourceTests(ClickHouseServer server) : TableContract, IClassFixture<ClickHouseServer>
{
    protected override bool HasDaysBefore1970 => false;

    internal override Task<string> StoreAsync(OrderLine[] lines) => StoreAsync(server, lines);

    internal static async Task<string> StoreAsync(ClickHouseServer server, OrderLine[] lines)
    {
        string database = await server.FreshDatabaseAsync();
        await server.RunAsync($"CREATE TABLE {database}.orders (customer_id Nullable(String), order_date Date, amount Float64, order_id Nullable(String), quantity Nullable(Int32), product Nullable(String), category Nullable(String), channel Nullable(String), discount Nullable(Float64), margin Nullable(Float64)) ENGINE = MergeTree() PARTITION BY tuple() ORDER BY order_date");
        foreach (string insert in Orders.ToSql(lines, escapesBackslashes: true).Split(";\n"))
            await server.RunAsync(insert.Replace("INSERT INTO orders", $"INSERT INTO {database}.orders", StringComparison.Ordinal));
        return $"clickhouse://127.0.0.1:{server.Port}/{database}";
    }
}

/// <summary>The library of today: a table, but not what its small server does about several statements, which is the server's business.</summary>
public sealed class CurrentClickHouseSourceTests(CurrentClickHouse server) : DatabaseContract, IClassFixture<CurrentClickHouse>
{
    protected override bool HasDaysBefore1970 => false;

    // It reads each query for half a second.
    protected override DateOnly[] Cutoffs => [new(2023, 5, 10), new(2023, 12, 31)];

    internal override Task<string> StoreAsync(OrderLine[] lines) => ClickHouseSourceTests.StoreAsync(server, lines);
}
