using System.Text;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Tests.Transactions;

/// <summary>Lines that cannot be read: each is a value with line and column, and the others are read all the same.</summary>
public sealed class RejectedRowTests : IDisposable
{
    private static readonly ReaderOptions s_lenient = new() { MaxRejectedShare = 1, Threads = 1, LatestDay = new DateOnly(2024, 6, 30) };

    private readonly ReadingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("b,2024-02-30,5", "date", "2024-02-30", RejectReason.BadDate)]
    [InlineData("b,31/02/2024,5", "date", "31/02/2024", RejectReason.BadDate)]
    [InlineData("b,1850-01-01,5", "date", "1850-01-01", RejectReason.BadDate)]
    [InlineData("b,2024-01-05 25:00:00,5", "date", "2024-01-05 25:00:00", RejectReason.BadDate)]
    [InlineData("b,,5", "date", "", RejectReason.BadDate)]
    [InlineData("b,2024-07-01,5", "date", "2024-07-01", RejectReason.DateAfterToday)]
    [InlineData("b,2024-01-05,NaN", "amount", "NaN", RejectReason.BadAmount)]
    [InlineData("b,2024-01-05,Infinity", "amount", "Infinity", RejectReason.BadAmount)]
    [InlineData("b,2024-01-05,-∞", "amount", "-∞", RejectReason.BadAmount)]
    [InlineData("b,2024-01-05,1e999", "amount", "1e999", RejectReason.BadAmount)]
    [InlineData("b,2024-01-05,\"12,34.50\"", "amount", "12,34.50", RejectReason.BadAmount)]
    [InlineData("b,2024-01-05,", "amount", "", RejectReason.BadAmount)]
    [InlineData("b,2024-01-05,.", "amount", ".", RejectReason.BadAmount)]
    [InlineData("b,2024-01-05", "", "2 fields", RejectReason.WrongFieldCount)]
    [InlineData("b,2024-01-05,5,6", "", "4 fields", RejectReason.WrongFieldCount)]
    [InlineData("b,\"2024-01-05\"x,5", "date", "b,\"2024-01-05\"x,5", RejectReason.TextAfterQuote)]
    [InlineData("b,\"2024-01-05,5", "", "a quote that is never closed", RejectReason.OpenQuote)]
    public void A_bad_line_is_told_with_its_place(string line, string column, string found, RejectReason reason)
    {
        ReadResult result = _folder.Read($"customer,date,amount\na,2024-01-05,1\n{line}\nc,2024-01-07,3\n", s_lenient);

        result.Rejected.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Line = 3, Column = column, Found = found });
        result.Rejected[0].Expected.Should().NotBeEmpty();
        result.Summary.RejectedByReason.Should().Equal(new Dictionary<RejectReason, long> { [reason] = 1 });
        result.Log.Customers.Names.Should().Equal("a", "c");
        result.Findings.Should().Contain(finding => finding.Code == "rejected-lines");
    }

    [Fact]
    public void A_product_of_factors_that_overflows_is_rejected()
    {
        ReadResult result = _folder.Read("customer,date,Quantity,UnitPrice\na,2024-01-05,2,3\nb,2024-01-05,1e30,1e300\nc,2024-01-05,,1\n", s_lenient);
        result.Rejected.Select(row => row.Line).Should().Equal(3, 4);
        result.Summary.RejectedByReason[RejectReason.BadAmount].Should().Be(2);
    }

    [Fact]
    public void Bad_optional_numbers_reject_the_line_but_empty_ones_are_unknown()
    {
        ReadResult result = _folder.Read("customer,date,amount,quantity\na,2024-01-05,2,\nb,2024-01-05,2,many\nc,2024-01-05,2,1e60\n", s_lenient);
        result.Summary.RejectedByReason[RejectReason.BadNumber].Should().Be(2);
        float.IsNaN(result.Log.Quantities[0]).Should().BeTrue();
    }

    [Theory]
    [InlineData("b\xFF")]
    [InlineData("a long customer id \xC3")]
    public void Invalid_utf8_in_a_field_that_is_read_is_rejected(string latin1)
    {
        byte[] bytes = Encoding.Latin1.GetBytes($"customer,date,amount,note\na,2024-01-05,1,caf\xE9\n{latin1},2024-01-06,2,x\n");
        ReadResult result = TransactionReader.Read([_folder.Write("orders.csv", bytes)], s_lenient with { Encoding = "utf-8" });
        result.Rejected.Should().ContainSingle().Which.Column.Should().Be("customer");
        result.Summary.Rows.Should().Be(1, "the note is not read, so its bytes do not matter");
    }

    [Fact]
    public void Invalid_utf8_in_product_and_order_is_rejected()
    {
        byte[] bytes = Encoding.Latin1.GetBytes("customer,date,amount,product,order_id\na,2024-01-05,1,p,1\na,2024-01-05,1,\xFE,1\na,2024-01-05,1,p,\xFE\n");
        TransactionReader.Read([_folder.Write("orders.csv", bytes)], s_lenient with { Encoding = "utf-8" }).Rejected.Select(row => row.Column).Should().Equal("product", "order_id");
    }

    [Theory]
    [InlineData(1, 1 << 20)]
    [InlineData(2, 1 << 12)]
    [InlineData(3, 100_000)]
    public void A_line_of_ten_megabytes_is_one_rejected_row(int threads, int blockBytes)
    {
        string text = $"customer,date,amount\na,2024-01-05,1\n{new string('x', 10 << 20)},2024-01-06,2\nc,2024-01-07,3\nd,bad,3\n";
        ReadResult result = _folder.Read(text, s_lenient with { Threads = threads, BlockBytes = blockBytes });
        result.Rejected.Select(row => row.Line).Should().Equal(3, 5);
        result.Rejected[0].Found.Length.Should().BeLessThan(200);
        result.Summary.RejectedByReason[RejectReason.LineTooLong].Should().Be(1);
        result.Log.Customers.Names.Should().Equal("a", "c");
    }

    [Fact]
    public void An_open_quote_costs_one_line_and_not_the_rest_of_the_file()
    {
        string rest = string.Concat(Enumerable.Range(0, 100).Select(row => $"c{row},2024-01-07,3\n"));
        ReadResult result = _folder.Read("customer,date,amount\na,2024-01-05,1\n\"b,2024-01-06,2\n" + rest, s_lenient with { BlockBytes = 128 });
        result.Rejected.Should().ContainSingle().Which.Line.Should().Be(3);
        result.Summary.Rows.Should().Be(101);
    }

    [Fact]
    public void An_inch_sign_within_a_field_is_a_letter()
    {
        ReadResult result = _folder.Read("customer,product,date,amount\na,RECORD 7\" SINGLE,2024-01-05,1\nb,12\",2024-01-05,1\n", s_lenient);
        result.Log.ProductNames.Names.Should().BeEquivalentTo("RECORD 7\" SINGLE", "12\"");
    }

    [Fact]
    public void Only_the_first_thousand_are_kept_but_all_are_written()
    {
        string text = "customer,date,amount\na,2024-01-05,1\n" + string.Concat(Enumerable.Repeat("b,never,1\n", 2500));
        ReadResult result = _folder.Read(text, s_lenient with { RejectsFile = _folder.Path("rejects.csv"), BlockBytes = 256, Threads = 3 });
        result.Rejected.Should().HaveCount(1000);
        result.Rejected.Select(row => row.Line).Should().BeInAscendingOrder();
        result.Summary.RejectedLines.Should().Be(2500);
        File.ReadLines(_folder.Path("rejects.csv")).Should().HaveCount(2501);
    }

    [Fact]
    public void Line_numbers_count_lines_within_quotes()
    {
        ReadResult result = _folder.Read("customer,date,amount,note\na,2024-01-05,1,\"one\ntwo\nthree\"\nb,never,2,x\n", s_lenient);
        result.Rejected.Should().ContainSingle().Which.Line.Should().Be(5);
    }
}
