namespace CustomerValue.Sources.Tests.Databases;

/// <summary>Files of orders as tables of ClickHouse.</summary>
internal static class ClickHouseTables
{
    /// <summary>Loads a file into a table of one server and gives its address.</summary>
    /// <param name="server">The server.</param>
    /// <param name="csv">The file, with names in the first line.</param>
    /// <param name="columns">Names and types.</param>
    /// <param name="order">The column that the rows lie by.</param>
    public static async Task<string> LoadAsync(this ClickHouseServer server, string csv, string columns, string order)
    {
        string database = await server.FreshDatabaseAsync();
        await server.RunAsync($"CREATE TABLE {database}.orders {Parts(columns, order)}");
        await using FileStream rows = File.OpenRead(csv);
        await server.RunAsync($"INSERT INTO {database}.orders FORMAT CSVWithNames", rows);
        return $"clickhouse://127.0.0.1:{server.Port}/{database}?table=orders";
    }

    /// <summary>The same, shared out to two servers by customer.</summary>
    public static async Task<string> LoadAsync(this ClickHousePair pair, string csv, string columns, string order, string customer)
    {
        string database = await pair.FreshDatabaseAsync();
        await pair.RunEverywhereAsync($"CREATE TABLE {database}.part {Parts(columns, order)}");
        await pair.RunEverywhereAsync($"CREATE TABLE {database}.orders AS {database}.part ENGINE = Distributed(shards, {database}, part, cityHash64({customer}))");
        await using FileStream rows = File.OpenRead(csv);
        await pair.RunAsync($"INSERT INTO {database}.orders FORMAT CSVWithNames", rows, "insert_distributed_sync=1");
        return $"clickhouse://127.0.0.1:{pair.Port}/{database}?table=orders";
    }

    private static string Parts(string columns, string order) => $"({columns}) ENGINE = MergeTree() PARTITION BY tuple() ORDER BY {order}";
}
