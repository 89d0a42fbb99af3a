using System.Globalization;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using DuckDB.NET.Data;
using Npgsql;

namespace CustomerValue.Sources.Tests.Databases;

/// <summary>Queries as text: those for databases that are not at hand as committed files, those for the others run and give what is computed here.</summary>
public sealed class SqlTextTests(PostgresServer postgres, ClickHouseServer clickHouse) : IClassFixture<PostgresServer>, IClassFixture<ClickHouseServer>, IDisposable
{
    private static readonly ObservationWindow s_window = new(new DateOnly(2023, 12, 31), new Horizon(60));
    private static readonly string[] s_channels = ["web", "it's a \"shop\"\\"], s_categories = ["kind 1", "kind 2"];
    private static readonly ColumnMapping s_mapping = ColumnMapping.Parse(Orders.Columns.Select(column => column switch { "customer_id" => "customer=customer_id", "order_date" => "date=order_date", "order_id" => "order=order_id", _ => $"{column}={column}" }));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SqlLanguage.Spark, "spark.sql")]
    [InlineData(SqlLanguage.BigQuery, "bigquery.sql")]
    public void Text_for_databases_that_are_not_at_hand_is_committed(SqlLanguage language, string file) =>
        Generated.ShouldBeCommitted(string.Concat(
            Text("every column, returns taken off purchases", language, "sales.orders", s_mapping, ReturnsPolicy.Net),
            Text("an amount of two columns, margin by unit cost, returns kept, names that are quoted", language, "a`b.c\"d", ColumnMapping.Parse(["customer=who`s", "date=the \"day\"", "amount=pieces*price\\unit", "quantity=pieces", "unit_cost=cost"]), ReturnsPolicy.Keep),
            Text("days alone, returns left out", language, "visits", ColumnMapping.Parse(["customer=id", "date=day", "amount=-"]), ReturnsPolicy.Ignore)), "tests", "cases", "sql", file);

    [Fact]
    public async Task Text_for_the_others_gives_what_is_computed_here()
    {
        OrderLine[] lines = [.. Orders.Random(11, 120).Where(line => line.Customer is not null)];
        TransactionLog log = TransactionReader.Read([Write(lines)], new ReaderOptions { KeepStrayDays = true }).Log;
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(new AvailableColumns { Orders = true, Quantities = true, Products = true, Discounts = true, Margins = true, Channels = [.. s_channels.Order(StringComparer.Ordinal)], Categories = s_categories }, s_window.Horizon);
        CustomerAggregates expected = Aggregator.Compute(log, s_window, catalogue, new AggregatorOptions(), TestContext.Current.CancellationToken);

        DuckDbTests.Store(_folder.PathOf("orders.db"), lines);
        using (DuckDBConnection connection = new($"Data Source={_folder.PathOf("orders.db")}"))
        {
            connection.Open();
            Check(Aggregates(SqlLanguage.DuckDb, "main.orders").Select(sql =>
            {
                using DuckDBCommand command = connection.CreateCommand();
                command.CommandText = sql;
                using DuckDBDataReader reader = command.ExecuteReader();
                return Rows(reader);
            }), expected);
        }

        NpgsqlConnectionStringBuilder place = new(await postgres.FreshDatabaseAsync());
        await using (NpgsqlConnection connection = new(place.ToString()))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using (NpgsqlCommand make = new($"CREATE TABLE orders (customer_id text, order_date date, amount double precision, order_id text, quantity integer, product text, category text, channel text, discount numeric(10, 2), margin double precision); {Orders.ToSql(lines, escapesBackslashes: false)}", connection))
                await make.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            Check(Aggregates(SqlLanguage.Postgres, "public.orders").Select(sql =>
            {
                using NpgsqlCommand command = new(sql, connection);
                using NpgsqlDataReader reader = command.ExecuteReader();
                return Rows(reader);
            }), expected);
        }

        string database = new Uri(await ClickHouseSourceTests.StoreAsync(clickHouse, lines)).AbsolutePath[1..];
        List<List<Dictionary<string, string>>> answers = [];
        foreach (string sql in Aggregates(SqlLanguage.ClickHouse, $"{database}.orders"))
        {
            string[][] rows = [.. (await clickHouse.AskAsync(sql + " FORMAT TabSeparatedWithNames")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t').Select(Unescaped).ToArray())];
            answers.Add([.. rows[1..].Select(row => rows[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))]);
        }
        Check(answers, expected);
    }

    [Fact]
    public void A_mapping_without_customer_or_date_is_told() =>
        FluentActions.Invoking(() => Queries(SqlLanguage.Spark, "orders", ColumnMapping.Parse(["customer=id", "amount=a"]), ReturnsPolicy.Net)).Should().Throw<BadDataException>().WithMessage("orders: found no column for date*expected*--map date=NAME*");

    [Fact]
    public void Singles_of_BigQuery_are_the_nearest()
    {
        Random random = new(3);
        for (int i = 0; i < 100_000; i++)
        {
            double value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-30, 30)), product = value * 536870913;
            (product - (product - value)).Should().Be((float)value);
        }
    }

    private static IReadOnlyList<SourceQuery> Queries(SqlLanguage language, string table, ColumnMapping mapping, ReturnsPolicy returns) =>
        SourceSql.Of(language, table, mapping, returns, ZeroAmounts.Purchase, new DateOnly(2026, 1, 1), s_window, s_channels, s_categories);

    private static string Text(string what, SqlLanguage language, string table, ColumnMapping mapping, ReturnsPolicy returns) =>
        $"-- {SourceSql.NameOf(language)}: {what}\n{string.Concat(Queries(language, table, mapping, returns).Select(query => $"\n-- {query.Name}\n{query.Sql};\n"))}\n";

    private static IEnumerable<string> Aggregates(SqlLanguage language, string table) =>
        Queries(language, table, s_mapping, ReturnsPolicy.Net).Where(query => query.Name.StartsWith("aggregates", StringComparison.Ordinal)).Select(query => query.Sql);

    private static List<Dictionary<string, string>> Rows(System.Data.Common.DbDataReader reader)
    {
        List<Dictionary<string, string>> rows = [];
        while (reader.Read())
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, field => reader.IsDBNull(field) ? "nan" : Convert.ToString(reader.GetValue(field), CultureInfo.InvariantCulture)!));
        return rows;
    }

    /// <summary>Holds rows of all queries, whose columns bear the aggregates' names, against the aggregates.</summary>
    private static void Check(IEnumerable<List<Dictionary<string, string>>> answers, CustomerAggregates expected)
    {
        HashSet<string> seen = [];
        foreach (List<Dictionary<string, string>> rows in answers)
            foreach (Dictionary<string, string> row in rows)
            {
                double.Parse(row["cutoff_day"], CultureInfo.InvariantCulture).Should().Be(s_window.Cutoff.DayNumber);
                int customer = Enumerable.Range(0, expected.Count).FirstOrDefault(at => expected.CustomerId(at) == row["customer_id"], -1);
                foreach ((string name, string text) in row.Where(field => customer >= 0 && field.Key is not ("customer_id" or "cutoff_day" or "returns_without_purchase")))
                {
                    double value = text is "\\N" or "nan" or "NaN" ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture), known = expected.Column(expected.Catalogue.Find(name))[customer];
                    (double.IsNaN(value) == double.IsNaN(known) && !(Math.Abs(value - known) > 1e-9 * Math.Max(1, Math.Abs(known)))).Should().BeTrue($"{row["customer_id"]}: {name} is {value}, expected {known}");
                    seen.Add($"{customer}|{name}");
                }
            }
        seen.Should().HaveCount(expected.Count * expected.Catalogue.Count);
    }

    private string Write(OrderLine[] lines)
    {
        File.WriteAllText(_folder.PathOf("orders.csv"), Orders.ToCsv(lines));
        return _folder.PathOf("orders.csv");
    }

    private static string Unescaped(string field) => field == "\\N" ? field : field.Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
}
