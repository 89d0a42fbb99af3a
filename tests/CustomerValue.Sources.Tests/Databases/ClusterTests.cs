using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Sources.Tests.Databases;

/// <summary>A table whose customers lie on two servers is one table.</summary>
public sealed class ClusterTests(ClickHousePair cluster) : TableContract, IClassFixture<ClickHousePair>
{
    protected override bool HasDaysBefore1970 => false;

    internal override async Task<string> StoreAsync(OrderLine[] lines)
    {
        string database = await cluster.FreshDatabaseAsync();
        await Shards.StoreAsync(cluster, database, lines);
        return $"clickhouse://127.0.0.1:{cluster.Port}/{database}";
    }
}

/// <summary>What is told where a server of a cluster is gone.</summary>
public sealed class LostShardTests(ClickHousePair cluster) : IClassFixture<ClickHousePair>
{
    [Fact]
    public async Task Without_a_shard_there_is_an_error_and_no_part_of_the_customers()
    {
        string database = await cluster.FreshDatabaseAsync();
        await Shards.StoreAsync(cluster, database, Orders.Random(6, 50));
        string address = $"clickhouse://127.0.0.1:{cluster.Port}/{database}?table=orders&timeout=20";
        DatabaseContract.Read(address).Log.CustomerCount.Should().BeGreaterThan(50);
        cluster.KillLast();
        FluentActions.Invoking(() => DatabaseContract.Read(address)).Should().Throw<BadDataException>().WithMessage("clickhouse://*found*expected*");
        FluentActions.Invoking(() => SourceAggregates.Open(address, ColumnMapping.Usual, ReturnsPolicy.Net, ZeroAmounts.Purchase)).Should().Throw<BadDataException>().WithMessage("clickhouse://*first and last day*expected*");
    }
}

internal static class Shards
{
    public static async Task StoreAsync(ClickHousePair cluster, string database, OrderLine[] lines)
    {
        await cluster.RunEverywhereAsync($"CREATE TABLE {database}.part (customer_id Nullable(String), order_date Date, amount Float64, order_id Nullable(String), quantity Nullable(Int32), product Nullable(String), category Nullable(String), channel Nullable(String), discount Nullable(Float64), margin Nullable(Float64)) ENGINE = MergeTree() PARTITION BY tuple() ORDER BY order_date");
        await cluster.RunEverywhereAsync($"CREATE TABLE {database}.orders AS {database}.part ENGINE = Distributed(shards, {database}, part, cityHash64(ifNull(customer_id, '')))");
        foreach (string insert in Orders.ToSql(lines, escapesBackslashes: true).Split(";\n"))
            await cluster.RunAsync(insert.Replace("INSERT INTO orders", $"INSERT INTO {database}.orders", StringComparison.Ordinal), settings: "insert_distributed_sync=1");
    }
}
