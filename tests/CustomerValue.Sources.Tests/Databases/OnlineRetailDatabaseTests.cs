using System.IO.Compression;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Outcomes;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using DuckDB.NET.Data;
using Npgsql;

namespace CustomerValue.Sources.Tests.Databases;

/// <summary>A million lines of a real shop give the same aggregates and outcomes in every database, at three cutoffs.</summary>
public sealed class OnlineRetailDatabaseTests(OnlineRetail retail, PostgresServer postgres, CurrentPostgres currentPostgres, ClickHouseServer clickHouse, CurrentClickHouse currentClickHouse, ClickHousePair pair)
    : IClassFixture<OnlineRetail>, IClassFixture<PostgresServer>, IClassFixture<CurrentPostgres>, IClassFixture<ClickHouseServer>, IClassFixture<CurrentClickHouse>, IClassFixture<ClickHousePair>
{
    [Fact]
    public void DuckDb()
    {
        string path = retail.Folder.PathOf("shop.db");
        Run($"Data Source={path}", $"CREATE TABLE orders ({Columns("VARCHAR", "INTEGER", "TIMESTAMP", "DOUBLE")}); COPY orders FROM '{retail.Csv}' (HEADER)");
        retail.Check($"duckdb:{path}?table=orders");
    }

    [Fact]
    public void Parquet()
    {
        string lake = retail.Folder.PathOf("lake");
        Run("Data Source=:memory:", $"CREATE TABLE orders ({Columns("VARCHAR", "INTEGER", "TIMESTAMP", "DOUBLE")}); COPY orders FROM '{retail.Csv}' (HEADER); COPY (SELECT *, year(InvoiceDate) AS year, month(InvoiceDate) AS month FROM orders) TO '{lake}' (FORMAT parquet, PARTITION_BY (year, month))");
        retail.Check($"parquet:{lake}");
    }

    [Fact]
    public Task PostgreSql() => CheckAsync(postgres);

    [Fact]
    public Task PostgreSql_of_today() => CheckAsync(currentPostgres);

    [Fact]
    public Task ClickHouse() => CheckAsync(clickHouse);

    [Fact]
    public Task ClickHouse_of_today() => CheckAsync(currentClickHouse);

    private async Task CheckAsync(PostgresServer server)
    {
        string csv = retail.Csv;
        NpgsqlConnectionStringBuilder place = new(await server.FreshDatabaseAsync());
        await using NpgsqlConnection connection = new(place.ToString());
        await connection.OpenAsync();
        await using (NpgsqlCommand command = new($"CREATE TABLE orders ({Columns("text", "integer", "timestamp", "double precision")})", connection))
            await command.ExecuteNonQueryAsync();
        await using (TextWriter rows = await connection.BeginTextImportAsync("COPY orders FROM STDIN (FORMAT csv, HEADER)"))
        using (StreamReader file = new(csv))
            while (await file.ReadLineAsync() is { } line)
                await rows.WriteLineAsync(line);
        retail.Check($"postgres://{place.Username}@{place.Host}:{place.Port}/{place.Database}?table=orders");
    }

    private async Task CheckAsync(ClickHouseServer server) => retail.Check(await server.LoadAsync(retail.Csv, ClickHouseColumns, "InvoiceDate"));

    [Fact]
    public async Task Two_servers_of_clickhouse() => retail.Check(await pair.LoadAsync(retail.Csv, ClickHouseColumns, "InvoiceDate", "CustomerID"));

    private static string ClickHouseColumns => Columns("String", "Int32", "DateTime", "Float64");

    private static string Columns(string text, string whole, string moment, string number) =>
        $"InvoiceNo {text}, StockCode {text}, Description {text}, Quantity {whole}, InvoiceDate {moment}, UnitPrice {number}, CustomerID {text}, Country {text}";

    private static void Run(string place, string sql)
    {
        using DuckDBConnection connection = new(place);
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

/// <summary>Online Retail II as one file, and what is computed of it here.</summary>
public sealed class OnlineRetail : IDisposable
{
    private static readonly DateOnly[] s_cutoffs = [new(2010, 6, 1), new(2011, 3, 1), new(2011, 9, 1)];
    private static readonly Horizon s_horizon = new(90);

    private readonly Lazy<string> _csv;
    private readonly Lazy<TransactionLog> _log;

    public OnlineRetail()
    {
        _csv = new(WriteCsv);
        _log = new(() => DatabaseContract.Read(Csv).Log);
    }

    public TemporaryFolder Folder { get; } = new();

    /// <summary>Both years, under one header.</summary>
    public string Csv => _csv.Value;

    public void Dispose() => Folder.Dispose();

    /// <summary>Holds a table's aggregates against those of the file.</summary>
    public void Check(string address)
    {
        SourceAggregates there = SourceAggregates.Open(address, ColumnMapping.Usual, ReturnsPolicy.Net, ZeroAmounts.Purchase);
        there.LastDay.Should().Be(_log.Value.LastDay);
        there.Rows.Should().Be(_log.Value.RowCount);
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(there.Available(s_cutoffs[0], TestContext.Current.CancellationToken), s_horizon);
        ObservationWindow[] windows = Array.ConvertAll(s_cutoffs, cutoff => new ObservationWindow(cutoff, s_horizon));
        IReadOnlyList<CustomerAggregates> found = there.Compute(windows, catalogue, CustomerRange.All, TestContext.Current.CancellationToken), later = there.Horizons(windows, CustomerRange.All, TestContext.Current.CancellationToken);
        foreach ((int day, ObservationWindow window) in windows.Index())
        {
            CustomerAggregates expected = Aggregator.Compute(_log.Value, window, catalogue, new AggregatorOptions());
            AggregatesAgree.Check(found[day], expected);
            AggregatesAgree.Check(OutcomeTable.Of(found[day], later[day]), OutcomeTable.Compute(_log.Value, expected));
        }
    }

    private string WriteCsv()
    {
        string path = Folder.PathOf("both.csv");
        using StreamWriter both = new(path);
        foreach ((int year, string name) in new[] { "online_retail_2009_2010.csv.gz", "online_retail_2010_2011.csv.gz" }.Index())
        {
            using GZipStream packed = new(File.OpenRead(ReferenceData.File("uci_online_retail", name)), CompressionMode.Decompress);
            using StreamReader lines = new(packed);
            string header = lines.ReadLine()!;
            if (year == 0)
                both.WriteLine(header);
            while (lines.ReadLine() is { } line)
                both.WriteLine(line);
        }
        return path;
    }
}
