using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Sources.Answers;
using DuckDB.NET.Data;
using Npgsql;

namespace CustomerValue.Sources.Tests.Answers;

public sealed class PostgresAnswerTests(PostgresServer server) : PostgresAnswerContract(server), IClassFixture<PostgresServer>;

public sealed class CurrentPostgresAnswerTests(CurrentPostgres server) : PostgresAnswerContract(server), IClassFixture<CurrentPostgres>;

public abstract class PostgresAnswerContract(PostgresServer server) : ServerAnswerContract
{
    protected override string Text => "text";

    protected override async Task<string> FreshAsync()
    {
        NpgsqlConnectionStringBuilder place = new(await server.FreshDatabaseAsync());
        return $"postgres://{place.Username}@{place.Host}:{place.Port}/{place.Database}";
    }

    protected override string Made(string table, string columns) => $"CREATE TABLE {table} ({columns.Replace("{text}", "text", StringComparison.Ordinal).Replace("{day}", "date", StringComparison.Ordinal)})";

    protected override string All(string table) => $"SELECT customer_id, as_of, churn, days, next, note, model_version FROM {table}";

    protected override async Task RunAsync(string place, string sql)
    {
        await using NpgsqlConnection connection = await OpenedAsync(place);
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    protected override async Task<string[]> AskAsync(string place, string sql)
    {
        await using NpgsqlConnection connection = await OpenedAsync(place);
        await using NpgsqlCommand command = new(sql, connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
            rows.Add(Fields.Joined(reader));
        return [.. rows];
    }

    [Fact]
    public async Task The_table_that_is_made_has_a_key_and_its_own_types()
    {
        string place = await FreshAsync();
        await RunAsync(place, "CREATE SCHEMA sales");
        Write(AnswerPlace.At(place + "?table=sales.scores"), Slice, Answers(1, 3));
        (await AskAsync(place, "SELECT string_agg(column_name || ' ' || data_type || ' ' || is_nullable, ', ' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema = 'sales'"))
            .Should().Equal("customer_id text NO, as_of date NO, churn double precision YES, days bigint YES, next date YES, note text YES, model_version text NO");
        (await AskAsync(place, "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'p' AND conrelid = 'sales.scores'::regclass")).Should().Equal("PRIMARY KEY (model_version, as_of, customer_id)");
    }

    [Fact]
    public async Task Who_may_not_write_is_told_and_nothing_changes()
    {
        string place = await FreshAsync();
        Write(AnswerPlace.At(place + "?table=scores"), Slice, Answers(1, 20));
        await RunAsync(place, "DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN; GRANT SELECT ON scores TO reader; DROP ROLE IF EXISTS half; CREATE ROLE half LOGIN; GRANT SELECT, DELETE ON scores TO half");
        foreach (string user in (string[])["reader", "half"])
        {
            string theirs = place.Replace("postgres@", user + "@", StringComparison.Ordinal);
            FluentActions.Invoking(() => Write(AnswerPlace.At(theirs + "?table=scores"), Slice, Answers(2, 20))).Should().Throw<BadDataException>().WithMessage("postgres://*permission denied*let the user*insert and delete*");
            FluentActions.Invoking(() => Write(AnswerPlace.At(theirs + "?table=others"), Slice, Answers(2, 20))).Should().Throw<BadDataException>().WithMessage("postgres://*permission denied*create it*");
        }
        (await AskAsync(place, All("scores"))).Should().BeEquivalentTo(Answers(1, 20).Select(row => row.ToText(Slice)));
    }

    [Fact]
    public async Task A_text_that_the_server_cannot_hold_is_told()
    {
        string place = await FreshAsync();
        Write(AnswerPlace.At(place + "?table=scores"), Slice, Answers(1, 5));
        FluentActions.Invoking(() => Write(AnswerPlace.At(place + "?table=scores"), Slice, [new("nul\0", 1, 1, null, null)])).Should().Throw<BadDataException>().WithMessage("postgres://*found an error of the server*0x00*");
        (await AskAsync(place, All("scores"))).Should().HaveCount(5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_connection_that_ends_half_way_is_told_and_nothing_changes(bool cuts) => CutAsync(cuts, "postgres://*found no answer of a server when it was asked for a replacement of rows*expected*");

    private static async Task<NpgsqlConnection> OpenedAsync(string place)
    {
        Uri address = new(place);
        NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder { Host = address.Host, Port = address.Port, Username = address.UserInfo, Database = address.AbsolutePath[1..], Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }
}

public sealed class ClickHouseAnswerTests(ClickHouseServer server) : ClickHouseAnswerContract(server), IClassFixture<ClickHouseServer>;

public sealed class CurrentClickHouseAnswerTests(CurrentClickHouse server) : ClickHouseAnswerContract(server), IClassFixture<CurrentClickHouse>;

public abstract class ClickHouseAnswerContract(ClickHouseServer server) : ServerAnswerContract
{
    protected override string Text => "String";

    protected override async Task<string> FreshAsync() => $"clickhouse://127.0.0.1:{await PortAsync()}/{await server.FreshDatabaseAsync()}";

    protected override string Made(string table, string columns) => $"CREATE TABLE {table} ({columns.Replace("{text}", "String", StringComparison.Ordinal).Replace("{day}", "Date", StringComparison.Ordinal)}) ENGINE = MergeTree() PARTITION BY (model_version, as_of) ORDER BY customer_id";

    // Numbers come by their bits: how servers of 2018 write them is not what is tested.
    protected override string All(string table) => $"SELECT concat(customer_id, '|', toString(as_of), '|', ifNull(toString(reinterpretAsInt64(reinterpretAsString(churn))), '~'), '|', toString(days), '|', ifNull(toString(next), '~'), '|', ifNull(note, '~'), '|', model_version) FROM {table}";

    protected override async Task RunAsync(string place, string sql) => await server.AskAsync(sql, $"database={new Uri(place).AbsolutePath[1..]}");

    protected override async Task<string[]> AskAsync(string place, string sql) =>
        [.. (await server.AskAsync(sql + " FORMAT TabSeparated", $"database={new Uri(place).AbsolutePath[1..]}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Fields.Bits(Fields.Unescaped(line)))];

    [Fact]
    public async Task Nothing_is_left_beside_the_table()
    {
        string place = await FreshAsync();
        Write(AnswerPlace.At(place + "?table=scores"), Slice, Answers(1, 20));
        FluentActions.Invoking(() => Write(AnswerPlace.At(place + "?table=scores"), Slice, Answers(2, 3000), failAfter: 2000)).Should().Throw<InvalidTimeZoneException>();
        (await AskAsync(place, "SHOW TABLES")).Should().Equal("scores");
    }

    [Theory]
    [InlineData("ENGINE = Memory", "found a table of Memory without partitions, expected MergeTree")]
    [InlineData("ENGINE = MergeTree() PARTITION BY as_of ORDER BY customer_id", "found a table of MergeTree with partitions by as_of, expected MergeTree")]
    public async Task A_table_without_a_partition_a_slice_is_told(string engine, string found)
    {
        string place = await FreshAsync();
        await RunAsync(place, $"CREATE TABLE scores (customer_id String, as_of Date, churn Nullable(Float64), days Nullable(Int64), next Nullable(Date), note Nullable(String), model_version String) {engine}");
        AnswerPlace scores = AnswerPlace.At(place + "?table=scores");
        scores.Invoking(table => table.Check(Columns, Stop)).Should().Throw<BadDataException>().WithMessage($"*{found}*PARTITION BY (model_version, as_of)*");
    }

    [Fact]
    public async Task A_table_with_more_columns_takes_answers()
    {
        string place = await FreshAsync();
        await RunAsync(place, "CREATE TABLE scores (extra String DEFAULT 'x', customer_id String, as_of Date, churn Nullable(Float64), days Nullable(Int64), next Nullable(Date), note Nullable(String), model_version String) ENGINE = MergeTree() PARTITION BY (model_version, as_of) ORDER BY (as_of, customer_id)");
        Write(AnswerPlace.At(place + "?table=scores"), Slice, Answers(1, 20));
        (await AskAsync(place, All("scores"))).Should().BeEquivalentTo(Answers(1, 20).Select(row => row.ToText(Slice)));
        (await AskAsync(place, "SELECT DISTINCT extra FROM scores")).Should().Equal("x");
    }

    [Fact]
    public async Task A_day_that_the_server_cannot_hold_is_told()
    {
        string place = await FreshAsync();
        FluentActions.Invoking(() => Write(AnswerPlace.At(place + "?table=scores"), Slice, [new("a", 1, 1, new DateOnly(1969, 12, 31), null)])).Should().Throw<BadDataException>().WithMessage("clickhouse://*found the day 1969-12-31 for next, expected*");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_connection_that_ends_half_way_is_told_and_nothing_changes(bool cuts) => CutAsync(cuts, "clickhouse://*found no whole answer of a server when it was asked for a replacement of rows*expected*");

    private async Task<int> PortAsync()
    {
        await server.FreshDatabaseAsync(); // skips where there is no server
        return server.Port;
    }
}

public sealed class DuckDbAnswerTests : AnswerContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _databases;

    protected override string Text => "VARCHAR";

    public void Dispose() => _folder.Dispose();

    protected override Task<string> FreshAsync() => Task.FromResult($"duckdb:{_folder.PathOf($"{Interlocked.Increment(ref _databases)}.db")}");

    protected override string Made(string table, string columns) => $"CREATE TABLE {table} ({columns.Replace("{text}", "VARCHAR", StringComparison.Ordinal).Replace("{day}", "DATE", StringComparison.Ordinal)})";

    protected override string All(string table) => $"SELECT customer_id, as_of, churn, days, next, note, model_version FROM {table}";

    protected override Task RunAsync(string place, string sql) => AskAsync(place, sql);

    protected override Task<string[]> AskAsync(string place, string sql)
    {
        using DuckDBConnection connection = new($"Data Source={place["duckdb:".Length..]}");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using DuckDBDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
            rows.Add(Fields.Joined(reader));
        return Task.FromResult<string[]>([.. rows]);
    }
}

/// <summary>Fields of answers as text.</summary>
internal static class Fields
{
    public static string Joined(System.Data.Common.DbDataReader reader) => string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(field => reader.IsDBNull(field) ? "~" : reader.GetValue(field) switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    }));

    /// <summary>A row whose third field is the bits of a number, with the number in their place.</summary>
    public static string Bits(string row) =>
        row.Split('|') is [var customer, var day, var bits, .. var others] && others.Length > 2 && bits != "~" ? string.Join('|', [customer, day, BitConverter.Int64BitsToDouble(long.Parse(bits, CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture), .. others]) : row;

    /// <summary>A line of ClickHouse as it was before it was escaped.</summary>
    public static string Unescaped(string line) =>
        System.Text.RegularExpressions.Regex.Replace(line, @"\\(.)", letter => letter.Groups[1].Value switch { "t" => "\t", "n" => "\n", var other => other });
}
