using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Outcomes;
using CustomerValue.Data.Tests.Transactions;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using FluentAssertions.Execution;

namespace CustomerValue.Sources.Tests.Databases;

/// <summary>What holds of every database: the log is that of the same lines in a file.</summary>
public abstract class DatabaseContract : IDisposable
{
    private readonly ReadingFolder _folder = new();

    internal ReadingFolder Folder => _folder;

    /// <summary>Stores lines in a table named orders.</summary>
    /// <returns>The address up to the question mark.</returns>
    internal abstract Task<string> StoreAsync(OrderLine[] lines);

    /// <summary>What stands behind the address to name the table.</summary>
    protected virtual string Table => "?table=orders";

    protected virtual bool HasDaysBefore1970 => true;

    protected virtual DateOnly[] Cutoffs => [new(2023, 4, 3), new(2023, 5, 10), new(2023, 12, 31), new(2024, 12, 1)];

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_table_gives_the_log_of_a_file()
    {
        OrderLine[] lines = Orders.Awkward(HasDaysBefore1970);
        string place = await StoreAsync(lines);
        ReadResult read = Read(place + Table), expected = Read(_folder.Write("orders.csv", Orders.ToCsv(lines)));
        using AssertionScope scope = new();
        Lines(read.Log).Should().Equal(Lines(expected.Log));
        read.Summary.Rows.Should().Be(expected.Summary.Rows);
        read.Summary.Files[0].Columns.Should().BeEquivalentTo(expected.Summary.Files[0].Columns);
    }

    [Theory]
    [InlineData(ReturnsPolicy.Net, ZeroAmounts.Purchase)]
    [InlineData(ReturnsPolicy.Ignore, ZeroAmounts.Purchase)]
    [InlineData(ReturnsPolicy.Keep, ZeroAmounts.Ignore)]
    public async Task Aggregates_computed_there_are_those_computed_here(ReturnsPolicy returns, ZeroAmounts zeros)
    {
        OrderLine[] lines = Orders.Awkward(HasDaysBefore1970);
        string address = await StoreAsync(lines) + Table;
        SourceAggregates there = SourceAggregates.Open(address, ColumnMapping.Usual, returns, zeros);
        TransactionLog log = TransactionReader.Read([Folder.Write("lines.csv", Orders.ToCsv(lines))], new ReaderOptions { ZeroAmounts = zeros, Returns = returns, KeepStrayDays = true }).Log;
        foreach (DateOnly cutoff in Cutoffs)
        {
            ObservationWindow window = new(cutoff, new Horizon(60));
            AggregateCatalogue catalogue = AggregateCatalogue.Standard(there.Available(cutoff, TestContext.Current.CancellationToken), window.Horizon);
            catalogue.ToJson().Should().Be(AggregateCatalogue.Standard(log, window.Horizon, cutoff).ToJson());
            CustomerAggregates found = there.Compute(window, catalogue, TestContext.Current.CancellationToken);
            CustomerAggregates expected = Aggregator.Compute(log, window, catalogue, new AggregatorOptions { Returns = returns }, TestContext.Current.CancellationToken);
            AggregatesAgree.Check(found, expected);
            if (log.LastDay >= window.LastDay)
                AggregatesAgree.Check(there.Outcomes(found, TestContext.Current.CancellationToken), OutcomeTable.Compute(log, expected, cancellation: TestContext.Current.CancellationToken));
        }
    }

    /// <summary>The lines of a log but for the numbers of orders within a day, which go by the order of rows.</summary>
    private static string[] Lines(TransactionLog log) =>
        [.. LogText.Of(log).Select(line => line.Split('|')).Select(fields => string.Join('|', fields.Where((_, at) => at != 3))).Order(StringComparer.Ordinal)];

    internal static ReadResult Read(string name) => TransactionReader.Read([name], new ReaderOptions { Threads = 2, Formats = SourceFormats.All, Places = SourcePlaces.All });
}

/// <summary>What holds of databases with tables and a language.</summary>
public abstract class TableContract : DatabaseContract
{
    [Fact]
    public async Task A_query_gives_what_it_selects()
    {
        OrderLine[] lines = Orders.Random(2, 60);
        string place = await StoreAsync(lines);
        ReadResult read = Read(place + "?query=" + Uri.EscapeDataString("SELECT customer_id, order_date, amount FROM orders WHERE amount > 3 AND customer_id <> 'residue'"));
        ReadResult expected = Read(Folder.Write("some.csv", Orders.ToCsv(lines.Where(line => line.Amount > 3 && line.Customer is not null and not "residue").Select(line => new OrderLine(line.Customer, line.Day, line.Amount)))));
        read.Summary.Rows.Should().Be(expected.Summary.Rows);
        read.Log.Amounts.ToArray().Sum().Should().BeApproximately(expected.Log.Amounts.ToArray().Sum(), 1e-6);
    }

    [Theory]
    [InlineData("?table=nowhere")]
    [InlineData("?table=orders%22%3B%20DROP%20TABLE%20orders%3B%20--")]
    [InlineData("?table=orders%60%3B%20DROP%20TABLE%20orders%3B%20--")]
    [InlineData("?query=DELETE%20FROM%20orders")]
    [InlineData("?query=SELECT%201%20AS%20x%29%3B%20DROP%20TABLE%20orders%3B%20SELECT%20%2A%20FROM%20%28SELECT%201")]
    [InlineData("?query=SELECT%20%2A%20FROM%20orders%3B%20DROP%20TABLE%20orders")]
    public async Task What_is_no_table_is_told_and_nothing_is_changed(string options)
    {
        string place = await StoreAsync(Orders.Random(3, 20));
        int rows = Read(place + Table).Log.RowCount;
        FluentActions.Invoking(() => Read(place + options)).Should().Throw<BadDataException>().WithMessage($"*{place[..place.IndexOf(':')]}:*found*expected*");
        Read(place + Table).Log.RowCount.Should().Be(rows);
    }
}
