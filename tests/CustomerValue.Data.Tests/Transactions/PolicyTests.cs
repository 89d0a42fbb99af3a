using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Tests.Transactions;

/// <summary>Returns, zero amounts, missing customers, margins and lines that stand in two files.</summary>
public sealed class PolicyTests : IDisposable
{
    private const string Mixed = "customer,date,amount\na,2024-01-05,10\na,2024-01-06,-4\nb,2024-01-06,0\n,2024-01-07,3\nNULL,2024-01-07,3\n";

    private readonly ReadingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ReturnsPolicy.Net, ZeroAmounts.Purchase, 3, 0, 0, 2)]
    [InlineData(ReturnsPolicy.Keep, ZeroAmounts.Purchase, 3, 0, 0, 2)]
    [InlineData(ReturnsPolicy.Ignore, ZeroAmounts.Purchase, 2, 1, 0, 2)]
    [InlineData(ReturnsPolicy.Net, ZeroAmounts.Ignore, 2, 0, 1, 1)]
    [InlineData(ReturnsPolicy.Ignore, ZeroAmounts.Ignore, 1, 1, 1, 1)]
    public void Each_line_is_in_exactly_one_count(ReturnsPolicy returns, ZeroAmounts zeros, long rows, long ignoredReturns, long ignoredZeros, int buyers)
    {
        ReadSummary summary = _folder.Read(Mixed, new ReaderOptions { Returns = returns, ZeroAmounts = zeros }).Summary;
        summary.Lines.Should().Be(5);
        summary.WithoutCustomer.Should().Be(2);
        (summary.Rows, summary.IgnoredReturns, summary.IgnoredZeroAmounts).Should().Be((rows, ignoredReturns, ignoredZeros));
        summary.Purchases.Customers.Should().Be(buyers);
        summary.Paid.Should().Be(new PurchaseCounts(1, 1, null, 1));
        summary.TotalReturns.Should().Be(returns == ReturnsPolicy.Ignore ? 0 : -4);
    }

    [Fact]
    public void Lines_without_customer_do_not_count_as_rejected()
    {
        ReadResult result = _folder.Read(Mixed, new ReaderOptions { MaxRejectedShare = 0 });
        result.Summary.RejectedLines.Should().Be(0);
        result.Findings.Should().Contain(finding => finding.Code == "no-customer-id");
    }

    [Fact]
    public void One_customer_is_a_finding_and_no_error() =>
        _folder.Read("customer,date,amount\na,2024-01-05,10\na,2024-01-06,4\n").Findings.Should().Contain(finding => finding.Code == "single-customer");

    [Fact]
    public void Unit_cost_gives_the_margin_and_a_return_gives_its_cost_back()
    {
        string text = "customer,date,amount,quantity,unit_cost\na,2024-01-01,10,2,3\na,2024-01-02,-5,-1,3\na,2024-01-03,-5,1,3\na,2024-01-04,10,,3\na,2024-01-05,10,2,\n";
        float[] margins = _folder.Read(text).Log.Margins.ToArray();
        margins.Should().Equal(4, -2, -2, 7, float.NaN);
    }

    [Fact]
    public void A_margin_column_wins_over_unit_cost() =>
        _folder.Read("customer,date,amount,unit_cost,margin\na,2024-01-01,10,3,2.5\n").Log.Margins.ToArray().Should().Equal(2.5f);

    [Fact]
    public void A_log_holds_the_columns_that_are_asked_for_and_lines_are_still_chosen_by_the_others()
    {
        const string Text = "customer,date,amount,order_id,product,channel,quantity,unit_cost,status\na,2024-01-01,10,O1,P,web,2,3,paid\na,2024-01-01,10,O2,Q,shop,x,3,paid\na,2024-01-02,9,O3,P,web,1,3,cancelled\n";
        TransactionLog Log(params ColumnRole[] columns) => _folder.Read(Text, new ReaderOptions { Threads = 1, MaxRejectedShare = 1, Drop = ["status=cancelled"], Columns = columns.ToHashSet() }).Log;

        LogText.Of(Log()).Should().Equal("a|2024-01-01|10|||||||", "a|2024-01-01|10|||||||");
        LogText.Of(Log(ColumnRole.Product, ColumnRole.Channel)).Should().Equal("a|2024-01-01|10|||P||web||", "a|2024-01-01|10|||Q||shop||");
        LogText.Of(Log(ColumnRole.Margin)).Should().Equal("a|2024-01-01|10|||||||4"); // the pieces of the second line cannot be read, and the margin takes them
        LogText.Of(Log(ColumnRole.Order, ColumnRole.Quantity)).Should().Equal("a|2024-01-01|10|0|2|||||");
        _folder.Read(Text, new ReaderOptions { MaxRejectedShare = 1, Columns = new HashSet<ColumnRole>() }).Summary.RepeatedRows.Should().Be(0, "what would tell the lines apart was not read");
    }

    [Fact]
    public void Orders_are_numbered_within_the_day_in_the_order_of_their_first_lines()
    {
        string text = "customer,date,order_id,amount\na,2024-01-02,O9,1\na,2024-01-01,O7,1\na,2024-01-01,O3,2\na,2024-01-01,O7,3\na,2024-01-01,O3,-3\n";
        ReadResult result = _folder.Read(text);
        result.Log.Orders.ToArray().Should().Equal(0, 1, 0, 1, 0);
        result.Log.Amounts.ToArray().Should().Equal(1, 2, 3, -3, 1);
        result.Summary.Purchases.Orders.Should().Be(3);
    }

    [Fact]
    public void A_line_counts_as_often_as_in_the_file_that_has_it_most()
    {
        // Shared days 2 and 3 of January: twice and once gives twice, once and three times gives three times; 18 and 18.0 are one amount.
        string first = _folder.Write("1.csv", "customer,date,amount\na,2024-01-01,1\na,2024-01-02,18\na,2024-01-02,18\nb,2024-01-03,2\n,2024-01-03,7\n");
        string second = _folder.Write("2.csv", "customer,date,amount\na,2024-01-02,18.0\nb,2024-01-03,2\nb,2024-01-03,2.00\n\"b\",2024-01-03,2\n,2024-01-03,7\na,2024-01-04,1\n");
        ReadResult result = TransactionReader.Read([first, second], new ReaderOptions { Threads = 2, BlockBytes = 16 });
        LogText.Of(result.Log).Select(line => line[..14]).Should().Equal(
            "a|2024-01-01|1", "a|2024-01-02|1", "a|2024-01-02|1", "a|2024-01-04|1", "b|2024-01-03|2", "b|2024-01-03|2", "b|2024-01-03|2");
        result.Summary.DuplicateLines.Should().Be(3);
        result.Summary.WithoutCustomer.Should().Be(1);
        ReadSummary summary = result.Summary;
        summary.Lines.Should().Be(summary.RejectedLines + summary.DuplicateLines + summary.WithoutCustomer + summary.IgnoredReturns + summary.IgnoredZeroAmounts + summary.Rows);
    }

    [Fact]
    public void The_same_file_twice_is_the_file_once()
    {
        string text = string.Concat(Enumerable.Range(0, 500).Select(row => $"c{row % 12},2024-01-{row % 28 + 1:D2},{row % 3}\n").Prepend("customer,date,amount\n"));
        ReadResult once = _folder.Read(text);
        ReadResult twice = TransactionReader.Read([_folder.Write("a.csv", text), _folder.WriteGzip("b.csv.gz", text)], new ReaderOptions { BlockBytes = 512 });
        LogText.Of(twice.Log).Should().Equal(LogText.Of(once.Log));
        twice.Summary.DuplicateLines.Should().Be(500);
        twice.Summary.RepeatedRows.Should().Be(once.Summary.RepeatedRows).And.BePositive();
    }

    [Fact]
    public void Files_with_different_columns_are_compared_by_what_is_read_and_make_one_log()
    {
        string first = _folder.Write("1.csv", "customer,date,amount\na,2024-01-01,1\nb,2024-01-02,2\n");
        string second = _folder.Write("2.csv", "note;Channel;amount;date;customer\nx;web;3;2024-01-03;c\n");
        ReadResult result = TransactionReader.Read([first, second], new ReaderOptions());
        LogText.Of(result.Log).Should().Equal("a|2024-01-01|1|||||||", "b|2024-01-02|2|||||||", "c|2024-01-03|3|||||web||");
    }

    [Theory]
    [InlineData(1, 1 << 20)]
    [InlineData(2, 777)]
    [InlineData(5, 4096)]
    public void Threads_and_blocks_change_nothing(int threads, int blockBytes)
    {
        Random random = new(11);
        string text = "customer,date,order_id,amount,product,quantity\n" + string.Concat(Enumerable.Range(0, 5000).Select(_ =>
            $"c{random.Next(300)},2024-{random.Next(1, 13):D2}-{random.Next(1, 32):D2},o{random.Next(2000)},{random.Next(-500, 9000) / 100.0:R},p{random.Next(50)},{random.Next(1, 9)}\n"));
        ReaderOptions options = new() { MaxRejectedShare = 1, Threads = 1 };
        ReadResult expected = _folder.Read(text, options), actual = _folder.Read(text, options with { Threads = threads, BlockBytes = blockBytes });
        LogText.Of(actual.Log).Should().Equal(LogText.Of(expected.Log));
        actual.Rejected.Should().Equal(expected.Rejected).And.NotBeEmpty();
        actual.Log.ProductNames.Names.Should().Equal(expected.Log.ProductNames.Names);
        actual.Summary.TotalPurchases.Should().Be(expected.Summary.TotalPurchases);
        actual.Summary.Paid.Should().Be(expected.Summary.Paid);
    }
}
