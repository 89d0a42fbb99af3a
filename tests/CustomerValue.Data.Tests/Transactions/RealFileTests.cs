using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Tests.Transactions;

/// <summary>Counts of real files, from tests/cases/reading/real-files.md.</summary>
public class RealFileTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Cdnow_sample_gives_the_reference_counts(int threads)
    {
        string file = ReferenceData.File("cdnow", "cdnow_sample.csv.gz");
        ReadResult result = TransactionReader.Read([file], new ReaderOptions { Threads = threads, BlockBytes = 1 << 14 });

        result.Summary.Files[0].Columns[ColumnRole.Customer].Should().Be("customer_id", "master_id is not the customer of the sample");
        result.Summary.Lines.Should().Be(6_919);
        result.Summary.Purchases.Rows.Should().Be(6_919);
        result.Summary.ZeroAmountRows.Should().Be(8);
        result.Summary.Customers.Should().Be(2_357);
        result.Log.FirstDay.Should().Be(new DateOnly(1997, 1, 1));
        result.Log.LastDay.Should().Be(new DateOnly(1998, 6, 30));
        result.Rejected.Should().BeEmpty();
    }

    [Fact]
    public void Cdnow_master_gives_the_reference_counts()
    {
        ReadResult result = TransactionReader.Read([ReferenceData.File("cdnow", "cdnow_master.csv.gz")], new ReaderOptions());

        result.Summary.Rows.Should().Be(69_659);
        result.Summary.Customers.Should().Be(23_570);
        result.Summary.ZeroAmountRows.Should().Be(80);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Both_online_retail_files_count_their_nine_shared_days_once(int threads)
    {
        string[] files = [ReferenceData.File("uci_online_retail", "online_retail_2009_2010.csv.gz"), ReferenceData.File("uci_online_retail", "online_retail_2010_2011.csv.gz")];
        ReadResult result = TransactionReader.Read(files, new ReaderOptions { Threads = threads });
        ReadSummary summary = result.Summary;

        summary.Lines.Should().Be(525_461 + 541_909);
        summary.DuplicateLines.Should().Be(22_523);
        summary.WithoutCustomer.Should().Be(235_287);
        summary.RejectedLines.Should().Be(0);
        summary.ReturnRows.Should().Be(18_446);
        summary.ZeroAmountRows.Should().Be(70);
        summary.Paid.Should().Be(new PurchaseCounts(791_044, 5_878, 36_969, 33_107));
        summary.Customers.Should().Be(5_942);
        summary.Files[0].Columns[ColumnRole.Amount].Should().Be("Quantity*UnitPrice");
        summary.TotalPurchases.Should().BeApproximately(17_431_533.178, 0.001);
        summary.TotalReturns.Should().BeApproximately(-1_087_882.14, 0.001);
        result.Log.RowBytes.Should().BeLessThanOrEqualTo(32L * result.Log.RowCount);
    }
}
