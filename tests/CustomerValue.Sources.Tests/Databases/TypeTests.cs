using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using DuckDB.NET.Data;
using Npgsql;

namespace CustomerValue.Sources.Tests.Databases;

/// <summary>Types that ids, days and amounts come in: what is read here and what is computed there is the same, customer by customer.</summary>
public sealed class TypeTests(PostgresServer postgres, ClickHouseServer clickHouse) : IClassFixture<PostgresServer>, IClassFixture<ClickHouseServer>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("customer BIGINT, day DATE, amount DOUBLE", "(9007199254740993, '2024-01-01', 5), (9007199254740992, '2024-01-02', 6), (NULL, '2024-01-02', 7)", "9007199254740992,9007199254740993")]
    [InlineData("customer UBIGINT, day DATE, amount HUGEINT", "(18446744073709551615, '2024-01-01', 5), (18446744073709551614, '2024-01-02', 6)", "18446744073709551614,18446744073709551615")]
    [InlineData("customer DECIMAL(20, 0), day DATE, amount DECIMAL(18, 3)", "(12345678901234567891, '2024-01-01', 5), (12345678901234567892, '2024-01-02', 6)", "12345678901234567891,12345678901234567892")]
    [InlineData("customer DOUBLE, day DATE, amount UBIGINT", "(12345, '2024-01-01', 5), (7, '2024-01-02', 6), ('nan', '2024-01-02', 6)", "12345,7")]
    [InlineData("customer VARCHAR, day DATE, amount INTEGER", "('v1.0', '2024-01-01', 5), ('v1', '2024-01-02', 6), ('late', 'infinity', 6), ('early', '-infinity', 6), ('caesar', '0044-03-15 (BC)', 6)", "v1,v1.0")]
    [InlineData("customer VARCHAR, day TIMESTAMPTZ, amount DOUBLE", "('a', '2024-01-01 23:30:00-05', 5), ('b', '1969-06-01 00:30:00+02', 6)", "a,b")]
    [InlineData("customer VARCHAR, day TIMESTAMP_NS, amount DOUBLE", "('a', '2024-01-01 23:30:00', 5), ('b', '1969-06-01 00:30:00', 6)", "a,b")]
    [InlineData("cv_d VARCHAR, cv_c DATE, cv_a DOUBLE, cv_o VARCHAR", "('a', '2024-01-01', 5, 'x'), ('b', '2024-01-02', 6, 'x')", "a,b", "customer=cv_d", "date=cv_c", "amount=cv_a")]
    public void DuckDb(string columns, string values, string customers, params string[] map)
    {
        string path = _folder.PathOf("a;b='c'.db");
        using (DuckDBConnection connection = new($"Data Source={_folder.PathOf("plain.db")}"))
        {
            connection.Open();
            using DuckDBCommand command = connection.CreateCommand();
            command.CommandText = $"SET TimeZone = 'UTC'; CREATE TABLE orders ({columns}); INSERT INTO orders VALUES {values}";
            command.ExecuteNonQuery();
        }
        File.Move(_folder.PathOf("plain.db"), path);
        Check($"duckdb:{path}?table=orders", customers, map);
    }

    [Theory]
    [InlineData("customer bigint, day date, amount numeric", "(9007199254740993, '2024-01-01', 5), (9007199254740992, '2024-01-02', 6), (NULL, '2024-01-02', 7), (1, '2024-01-02', 'NaN')", "9007199254740992,9007199254740993")]
    [InlineData("customer double precision, day date, amount real", "(12345, '2024-01-01', 5), (7, '2024-01-02', 6)", "12345,7")]
    [InlineData("customer char(9), day timestamptz, amount integer", "('a', '2024-01-01 23:30:00-05', 5), ('b', '1969-06-01 00:30:00+02', 6)", "a,b")]
    [InlineData("customer text, day date, amount integer", "('a', '2024-01-01', 5), ('late', 'infinity', 6), ('early', '-infinity', 6), ('caesar', '0044-03-15 BC', 6), ('far', '12024-01-01', 6), ('tail' || chr(13), '2024-01-03', 5)", "a,tail\r")]
    [InlineData("customer text, day timestamp, amount integer, discount double precision, margin double precision", "('a', '2024-01-01', 5, NULL, NULL), ('late', 'infinity', 6, 1, 1)", "a")]
    [InlineData("cv_d text, cv_c date, cv_a double precision, cv_o text", "('a', '2024-01-01', 5, 'x'), ('b', '2024-01-02', 6, 'x')", "a,b", "customer=cv_d", "date=cv_c", "amount=cv_a")]
    public async Task PostgreSql(string columns, string values, string customers, params string[] map)
    {
        NpgsqlConnectionStringBuilder place = new(await postgres.FreshDatabaseAsync());
        await using NpgsqlConnection connection = new(place.ToString());
        await connection.OpenAsync();
        await using NpgsqlCommand command = new($"CREATE TABLE orders ({columns}); INSERT INTO orders VALUES {values}", connection);
        await command.ExecuteNonQueryAsync();
        Check($"postgres://{place.Username}@{place.Host}:{place.Port}/{place.Database}?table=orders", customers, map);
    }

    [Theory]
    [InlineData("customer UInt64, day Date, amount Float64", "(18446744073709551615, '2024-01-01', 5), (18446744073709551614, '2024-01-02', 6), (1, '1970-01-01', 7)", "18446744073709551614,18446744073709551615")]
    [InlineData("customer Float64, day Date, amount Int8", "(12345, '2024-01-01', 5), (7, '2024-01-02', 6)", "12345,7")]
    [InlineData("customer String, day DateTime('Asia/Tokyo'), amount Decimal(18, 2)", "('a', '2024-01-01 03:30:00', 5), ('b', '2024-01-02 23:30:00', 6)", "a,b")]
    [InlineData("customer String, day Date, amount Float32", "('tail\\r', '2024-01-01', 5), ('b\\f\\b\\\\r', '2024-01-02', 6)", "b\f\b\\r,tail\r")]
    public async Task ClickHouse(string columns, string values, string customers, params string[] map)
    {
        string database = await clickHouse.FreshDatabaseAsync();
        await clickHouse.RunAsync($"CREATE TABLE {database}.orders ({columns}) ENGINE = Memory");
        await clickHouse.RunAsync($"INSERT INTO {database}.orders VALUES {values}");
        Check($"clickhouse://127.0.0.1:{clickHouse.Port}/{database}?table=orders", customers, map);
    }

    [Fact]
    public async Task Columns_named_as_those_of_the_queries_are_told_by_clickhouse()
    {
        string database = await clickHouse.FreshDatabaseAsync(), address = $"clickhouse://127.0.0.1:{clickHouse.Port}/{database}";
        await clickHouse.RunAsync($"CREATE TABLE {database}.orders (cv_d String, cv_c Date, cv_a Float64) ENGINE = Memory");
        await clickHouse.RunAsync($"INSERT INTO {database}.orders VALUES ('a', '2024-01-01', 5), ('b', '2024-01-02', 6)");
        ColumnMapping mapping = ColumnMapping.Parse(["customer=cv_d", "date=cv_c", "amount=cv_a"]);
        FluentActions.Invoking(() => SourceAggregates.Open(address + "?table=orders", mapping, ReturnsPolicy.Net, ZeroAmounts.Purchase)).Should().Throw<BadDataException>().WithMessage("clickhouse://*'cv_d'*query=SELECT*");
        Check(address + "?query=SELECT cv_d AS customer, cv_c AS day, cv_a AS amount FROM orders", "a,b", []);
    }

    [Fact]
    public void Days_after_the_last_that_may_occur_are_left_out()
    {
        string path = _folder.PathOf("late.db");
        DuckDbTests.Store(path, [new("a", new DateOnly(2024, 1, 1), 5), new("a", new DateOnly(2042, 1, 1), 5)]);
        SourceAggregates there = SourceAggregates.Open($"duckdb:{path}?table=orders", ColumnMapping.Usual, ReturnsPolicy.Net, ZeroAmounts.Purchase, new DateOnly(2024, 6, 1));
        (there.LastDay, there.Rows).Should().Be((new DateOnly(2024, 1, 1), 1L));
    }

    private static void Check(string address, string customers, string[] map)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        ColumnMapping mapping = ColumnMapping.Parse(map);
        TransactionLog log = TransactionReader.Read([address], new ReaderOptions { Mapping = mapping, Places = SourcePlaces.All, KeepStrayDays = true, MaxRejectedShare = 1 }).Log;
        SourceAggregates there = SourceAggregates.Open(address, mapping, ReturnsPolicy.Net, ZeroAmounts.Purchase);
        ObservationWindow window = new(log.LastDay.AddDays(1), new Horizon(30));
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(there.Available(window.Cutoff, stop), window.Horizon);
        CustomerAggregates found = there.Compute(window, catalogue, stop);
        Enumerable.Range(0, found.Count).Select(found.CustomerId).Should().Equal(customers.Split(','));
        (there.FirstDay, there.LastDay, there.Rows).Should().Be((log.FirstDay, log.LastDay, log.RowCount));
        AggregatesAgree.Check(found, Aggregator.Compute(log, window, catalogue, new AggregatorOptions(), stop));
    }
}
