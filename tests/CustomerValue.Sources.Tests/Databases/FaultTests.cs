using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using Npgsql;

namespace CustomerValue.Sources.Tests.Databases;

/// <summary>Servers that are slow, cut off or another program end in one sentence within the time that was given, and the next run gives everything.</summary>
public sealed class FaultTests(PostgresServer postgres, ClickHouseServer clickHouse) : IClassFixture<PostgresServer>, IClassFixture<ClickHouseServer>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_slow_query_ends_within_its_time()
    {
        NpgsqlConnectionStringBuilder place = new(await postgres.FreshDatabaseAsync());
        await clickHouse.FreshDatabaseAsync();
        foreach (string address in (string[])
            [$"postgres://{place.Username}@{place.Host}:{place.Port}/{place.Database}?timeout=2&query=SELECT 1 AS customer_id, DATE '2024-01-01' AS order_date, 5.0 AS amount, pg_sleep(30)",
             $"clickhouse://127.0.0.1:{clickHouse.Port}/default?timeout=2&query=SELECT '1' AS customer_id, toDate('2024-01-01') AS order_date, toFloat64(count()) AS amount FROM system.numbers WHERE number != 1"])
        {
            Stopwatch watch = Stopwatch.StartNew();
            FluentActions.Invoking(() => DatabaseContract.Read(address)).Should().Throw<BadDataException>().WithMessage("*found*when it was asked for*expected*timeout=SECONDS*");
            watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(15), address);
        }
    }

    [Fact]
    public async Task A_connection_cut_in_the_middle_gives_no_part_of_the_rows_and_the_next_run_all()
    {
        OrderLine[] lines = Orders.Random(8, 6000);
        NpgsqlConnectionStringBuilder place = new(await postgres.FreshDatabaseAsync());
        await using NpgsqlConnection connection = new(place.ToString());
        await connection.OpenAsync();
        await using (NpgsqlCommand command = new($"CREATE TABLE orders (customer_id text, order_date date, amount double precision, order_id text, quantity integer, product text, category text, channel text, discount double precision, margin double precision); {Orders.ToSql(lines, escapesBackslashes: false)}", connection))
            await command.ExecuteNonQueryAsync();
        string Address(int port) => $"postgres://{place.Username}@127.0.0.1:{port}/{place.Database}?table=orders&timeout=20";
        using (CuttingProxy proxy = new(place.Port, bytes: 3_000_000))
            FluentActions.Invoking(() => DatabaseContract.Read(Address(proxy.Port))).Should().Throw<BadDataException>().WithMessage("postgres://*found no answer*asked for rows*expected*");
        DatabaseContract.Read(Address(place.Port)).Log.RowCount.Should().Be(lines.Count(line => line.Customer is not null));

        string database = await clickHouse.FreshDatabaseAsync();
        await clickHouse.RunAsync($"CREATE TABLE {database}.orders (customer_id String, order_date Date, amount Float64) ENGINE = MergeTree() PARTITION BY tuple() ORDER BY order_date");
        await clickHouse.RunAsync($"INSERT INTO {database}.orders SELECT toString(number % 5000), toDate('2023-01-01') + number % 300, number % 70 FROM system.numbers LIMIT 200000");
        using (CuttingProxy proxy = new(clickHouse.Port, bytes: 3_000_000))
            FluentActions.Invoking(() => DatabaseContract.Read($"clickhouse://127.0.0.1:{proxy.Port}/{database}?table=orders")).Should().Throw<BadDataException>().WithMessage("clickhouse://*found no whole answer*asked for rows*expected*");
        DatabaseContract.Read($"clickhouse://127.0.0.1:{clickHouse.Port}/{database}?table=orders").Log.RowCount.Should().Be(200_000);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("clickhouse")]
    public async Task Another_program_is_told(string scheme)
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        Task answers = AnswerAsync(other);
        FluentActions.Invoking(() => DatabaseContract.Read($"{scheme}://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}/x?table=y&timeout=5")).Should().Throw<BadDataException>().WithMessage($"{scheme}://*found*expected*");
        other.Stop();
        await answers;
    }

    [Theory]
    [InlineData("postgres://host/db", "neither table nor query")]
    [InlineData("postgres://me:secret@host/db?table=x", "found a password in the address")]
    [InlineData("clickhouse://me:secret@host/db?table=x", "CLICKHOUSE_PASSWORD")]
    [InlineData("clickhouse://host:99999/db?table=x", "port '99999'")]
    [InlineData("postgres:/host/db?table=x", "behind the scheme")]
    [InlineData("duckdb:?table=x", "no place")]
    [InlineData("duckdb:no.db?table=x", "no such file")]
    [InlineData("duckdb:no.db?tabel=x", "'tabel=x'")]
    [InlineData("postgres://host/db?table=x&query=SELECT 1", "both a table and a query")]
    [InlineData("postgres://host/db?table=x&timeout=0", "timeout=SECONDS (1 to 86400)")]
    [InlineData("parquet:/no/such/lake/**", "No files found")]
    public void What_is_no_address_is_told(string address, string found) =>
        FluentActions.Invoking(() => DatabaseContract.Read(address)).Should().Throw<BadDataException>().WithMessage($"*{found}*").And.Message.Should().NotContain("secret");

    [Theory]
    [InlineData("postgres://me:se/cret@host/db?table=x")]
    [InlineData("postgres://me:se?cret@host/db?table=x")]
    [InlineData("postgres:me:secret@host/db?table=x")]
    [InlineData("clickhouse:/me:secret@host/db?table=x")]
    [InlineData("postgres://host/db?table=x&password=secret")]
    [InlineData("clickhouse://host/db?table=x&user=me&password=secret")]
    [InlineData("clickhouse://me%3Asecret@host/db?table=x")]
    public void Passwords_are_told_nowhere(string address) =>
        FluentActions.Invoking(() => SourcePlaces.Rooted(address, path => path)).Should().Throw<BadDataException>().WithMessage("*found*expected*PASSWORD*").And.Message.Should().NotContain("cret");

    [Theory]
    [InlineData("postgres://no-such-host.invalid/db?table=x")]
    [InlineData("clickhouse://no-such-host.invalid/db?table=x")]
    [InlineData("postgres://a b/db?table=x")]
    [InlineData("clickhouse://a b/db?table=x")]
    [InlineData("postgres://[::1]:1/db?table=x")]
    [InlineData("clickhouse://[::1]:1/db?table=x")]
    [InlineData("postgres://127.0.0.1:1?table=x")]
    public void Hosts_that_are_none_are_told(string address) =>
        FluentActions.Invoking(() => DatabaseContract.Read(address)).Should().Throw<BadDataException>().WithMessage($"{address[..address.IndexOf(':')]}:*found*expected*");

    [Fact]
    public async Task A_server_that_falls_silent_half_way_is_waited_for_no_longer_than_was_told()
    {
        NpgsqlConnectionStringBuilder place = new(await postgres.FreshDatabaseAsync());
        string database = await clickHouse.FreshDatabaseAsync();
        const string Rows = "&query=SELECT toString(number) AS customer_id, toDate('2024-01-01') AS order_date, toFloat64(1) AS amount FROM system.numbers LIMIT 400000";
        using CuttingProxy near = new(place.Port, bytes: 1_000_000, cuts: false), far = new(clickHouse.Port, bytes: 1_000_000, cuts: false);
        foreach (string address in (string[])
            [$"postgres://{place.Username}@127.0.0.1:{near.Port}/{place.Database}?timeout=2&query=SELECT g AS customer_id, DATE '2024-01-01' AS order_date, 1.0 AS amount FROM generate_series(1, 400000) g", $"clickhouse://127.0.0.1:{far.Port}/{database}?timeout=2{Rows}"])
        {
            Stopwatch watch = Stopwatch.StartNew();
            FluentActions.Invoking(() => DatabaseContract.Read(address)).Should().Throw<BadDataException>().WithMessage("*found no*answer*asked for rows*expected*timeout=SECONDS*");
            watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(30), address);
        }
    }

    [Theory]
    [InlineData("postgres", "SELECT g::text AS customer_id, DATE '2024-01-01' AS order_date, 1.0 AS amount FROM generate_series(1, 3) g, pg_sleep(CASE WHEN g > 1 THEN 1 ELSE 0 END)")]
    [InlineData("clickhouse", "SELECT toString(sleep(1)) AS customer_id, toDate('2024-01-01') AS order_date, toFloat64(1) AS amount FROM system.numbers LIMIT 2")]
    [InlineData("duckdb", "SELECT 'c' AS customer_id, DATE '2024-01-01' AS order_date, sqrt(a.range) AS amount FROM range(20000000) a")]
    public async Task Who_stops_it_is_told_that_it_was_stopped(string scheme, string query)
    {
        NpgsqlConnectionStringBuilder place = new(await postgres.FreshDatabaseAsync());
        await clickHouse.FreshDatabaseAsync();
        DuckDbTests.Store(_folder.PathOf("slow.db"), []);
        string where = scheme switch
        {
            "postgres" => $"postgres://{place.Username}@{place.Host}:{place.Port}/{place.Database}",
            "clickhouse" => $"clickhouse://127.0.0.1:{clickHouse.Port}/default",
            _ => $"duckdb:{_folder.PathOf("slow.db")}",
        };
        SourceAggregates there = SourceAggregates.Open($"{where}?query={Uri.EscapeDataString(query)}", ColumnMapping.Usual, ReturnsPolicy.Net, ZeroAmounts.Purchase);
        ObservationWindow window = new(new DateOnly(2024, 2, 1), new Horizon(30));
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(there.Available(window.Cutoff, CancellationToken.None), window.Horizon);
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(100));
        FluentActions.Invoking(() => there.Compute(window, catalogue, stop.Token)).Should().Throw<OperationCanceledException>();
    }

    private static async Task AnswerAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using TcpClient caller = await listener.AcceptTcpClientAsync();
                await caller.GetStream().WriteAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // Stopped.
        }
    }
}
