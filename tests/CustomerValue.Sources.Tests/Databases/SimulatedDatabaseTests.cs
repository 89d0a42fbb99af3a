using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Outcomes;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Simulation;
using DuckDB.NET.Data;
using Npgsql;

namespace CustomerValue.Sources.Tests.Databases;

/// <summary>Two million transactions give the same aggregates and outcomes in every database: three cutoffs in one pass over the table, customers in ranges.</summary>
public sealed class SimulatedDatabaseTests(SimulatedOrders orders, PostgresServer postgres, ClickHouseServer clickHouse, ClickHousePair pair)
    : IClassFixture<SimulatedOrders>, IClassFixture<PostgresServer>, IClassFixture<ClickHouseServer>, IClassFixture<ClickHousePair>
{
    [Fact]
    public void DuckDb()
    {
        string path = orders.Folder.PathOf("shop.db");
        using (DuckDBConnection connection = new($"Data Source={path}"))
        {
            connection.Open();
            using DuckDBCommand command = connection.CreateCommand();
            command.CommandText = $"CREATE TABLE orders ({Columns("VARCHAR", "DATE", "DOUBLE")}); COPY orders FROM '{orders.Csv}' (HEADER)";
            command.ExecuteNonQuery();
        }
        orders.Check($"duckdb:{path}?table=orders");
    }

    [Fact]
    public async Task PostgreSql()
    {
        NpgsqlConnectionStringBuilder place = new(await postgres.FreshDatabaseAsync());
        await using NpgsqlConnection connection = new(place.ToString());
        await connection.OpenAsync();
        await using (NpgsqlCommand command = new($"CREATE UNLOGGED TABLE orders ({Columns("text", "date", "double precision")})", connection))
            await command.ExecuteNonQueryAsync();
        await using (TextWriter rows = await connection.BeginTextImportAsync("COPY orders FROM STDIN (FORMAT csv, HEADER)"))
        using (StreamReader file = new(orders.Csv))
        {
            char[] some = new char[1 << 16];
            for (int read; (read = await file.ReadAsync(some)) > 0;)
                await rows.WriteAsync(some.AsMemory(0, read));
        }
        orders.Check($"postgres://{place.Username}@{place.Host}:{place.Port}/{place.Database}?table=orders");
    }

    [Fact]
    public async Task ClickHouse() => orders.Check(await clickHouse.LoadAsync(orders.Csv, ClickHouseColumns, "date"));

    [Fact]
    public async Task Two_servers_of_clickhouse() => orders.Check(await pair.LoadAsync(orders.Csv, ClickHouseColumns, "date", "customer_id"));

    private static string ClickHouseColumns => Columns("String", "Date", "Float64");

    private static string Columns(string text, string day, string number) => $"customer_id {text}, date {day}, product {text}, channel {text}, amount {number}";
}

/// <summary>Two million simulated transactions with the columns that most logs have, as a file, and what is computed of them here.</summary>
public sealed class SimulatedOrders : IDisposable
{
    private const int Customers = 100_000, Ranges = 2;

    private static readonly DateOnly[] s_cutoffs = [new(2021, 12, 1), new(2022, 6, 1), new(2023, 9, 1)];
    private static readonly Horizon s_horizon = new(90);

    private readonly Lazy<string> _csv;
    private readonly Lazy<(TransactionLog Log, AggregateCatalogue Catalogue, (CustomerAggregates Past, OutcomeTable Later)[] Expected)> _here;

    public SimulatedOrders()
    {
        _csv = new(() =>
        {
            SimulationWriter.Write(Folder.Path, new SimulationOptions { Customers = Customers, Files = SimulationFiles.Transactions, Columns = SimulatedColumns.Usual });
            return Folder.PathOf("transactions.csv");
        });
        _here = new(() =>
        {
            TransactionLog log = DatabaseContract.Read(Csv).Log;
            AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, s_horizon, s_cutoffs[0]);
            return (log, catalogue, Array.ConvertAll(s_cutoffs, cutoff =>
            {
                CustomerAggregates past = Aggregator.Compute(log, new ObservationWindow(cutoff, s_horizon), catalogue, new AggregatorOptions());
                return (past, OutcomeTable.Compute(log, past));
            }));
        });
    }

    public TemporaryFolder Folder { get; } = new();

    public string Csv => _csv.Value;

    public void Dispose() => Folder.Dispose();

    /// <summary>Holds a table's aggregates against those of the file, which were made once for all databases.</summary>
    public void Check(string address)
    {
        (TransactionLog log, AggregateCatalogue catalogue, (CustomerAggregates Past, OutcomeTable Later)[] expected) = _here.Value;
        SourceAggregates there = SourceAggregates.Open(address, ColumnMapping.Usual, ReturnsPolicy.Net, ZeroAmounts.Purchase);
        there.Rows.Should().Be(log.RowCount).And.BeGreaterThan(2_000_000);
        AggregateCatalogue.Standard(there.Available(s_cutoffs[0], TestContext.Current.CancellationToken), s_horizon).ToJson().Should().Be(catalogue.ToJson());
        using RangeRun run = new(new RangePlan(there, catalogue, [.. s_cutoffs.Select(cutoff => new ObservationWindow(cutoff, s_horizon))], Ranges), Folder.PathOf($"{Guid.NewGuid():N}"), "test");
        run.Compute(Ranges, null, TestContext.Current.CancellationToken);
        for (int day = 0; day < s_cutoffs.Length; day++)
        {
            (CustomerAggregates past, OutcomeTable later) = run.Blocks(day, int.MaxValue).Single();
            AggregatesAgree.Check(past, expected[day].Past);
            AggregatesAgree.Check(later, expected[day].Later);
        }
        run.Remove();
    }
}
