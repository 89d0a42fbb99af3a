using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Tests.Transactions;

public sealed class ColumnMappingTests : IDisposable
{
    private readonly ReadingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("amount", "*role=column*")]
    [InlineData("amout=x", "*found role 'amout', expected one of customer, date, amount*")]
    [InlineData("amount=", "*column is missing*")]
    [InlineData("amount=#0", "*expected a position from #1*")]
    public void A_malformed_mapping_says_what_is_wrong(string pair, string message) =>
        FluentActions.Invoking(() => ColumnMapping.Parse([pair])).Should().Throw<FormatException>().WithMessage(message);

    [Fact]
    public void A_role_may_be_mapped_once_only() =>
        FluentActions.Invoking(() => ColumnMapping.Parse(["date=a", "date=b"])).Should().Throw<FormatException>().WithMessage("*date is mapped twice*");

    [Theory]
    [InlineData("CustomerID,InvoiceDate,Amount")]
    [InlineData("customer_id,order_date,total")]
    [InlineData("Customer ID,Invoice Date,Revenue")]
    [InlineData("CUST,Timestamp,sales")]
    [InlineData("client,date,value")]
    public void Usual_names_are_recognised(string header)
    {
        ReadResult result = _folder.Read($"{header}\na,2024-01-05T10:00:00Z,1.5\n");
        LogText.Of(result.Log).Should().Equal("a|2024-01-05|1.5|||||||");
    }

    [Fact]
    public void Customer_id_wins_over_master_id() =>
        _folder.Read("master_id,customer_id,date,amount\n9,a,2024-01-05,1\n").Log.Customers.Names.Should().Equal("a");

    [Fact]
    public void Quantity_and_unit_price_make_the_amount()
    {
        ReadResult result = _folder.Read("customer,date,Quantity,Price\na,2024-01-05,3,2.5\n");
        result.Summary.Files[0].Columns[ColumnRole.Amount].Should().Be("Quantity*Price");
        result.Log.Amounts[0].Should().Be(7.5);
        result.Log.Quantities[0].Should().Be(3);
    }

    [Fact]
    public void A_mapped_product_is_multiplied_unless_a_column_has_that_very_name()
    {
        ReaderOptions options = new() { Mapping = ColumnMapping.Parse(["amount=a*b"]) };
        _folder.Read("customer,date,a,b\nx,2024-01-05,3,4\n", options).Log.Amounts[0].Should().Be(12);
        _folder.Read("customer,date,a,b,a*b\nx,2024-01-05,3,4,5\n", options).Log.Amounts[0].Should().Be(5);
    }

    /// <summary>What people are shown of the first rows is the money that enters the log.</summary>
    [Theory]
    [InlineData("Quantity,Price", "3,2.5", null)]
    [InlineData("Total,Refunded", "9.5,2", "amount=Total-Refunded")]
    [InlineData("Total,Refunded", "9.5,", "amount=Total-Refunded")]
    [InlineData("amount,note", "7.5,x", null)]
    public void The_rows_shown_have_the_amounts_of_the_log(string columns, string values, string? map)
    {
        ReadResult result = _folder.Read($"customer,date,{columns}\na,2024-01-05,{values}\n", new ReaderOptions { Mapping = ColumnMapping.Parse(map is null ? [] : [map]) });
        result.Summary.Files[0].Examples.Select(row => row.Amount).Should().Equal(result.Log.Amounts[0]);
    }

    [Fact]
    public void Positions_serve_files_without_header()
    {
        ReaderOptions options = new() { Mapping = ColumnMapping.Parse(["customer=#2", "date=#1", "amount=#3*#4"]) };
        ReadResult result = _folder.Read("2024-01-05,x,3,4\n2024-01-06,y,1,1\n", options);
        result.Summary.Files[0].HasHeader.Should().BeFalse();
        result.Log.Amounts.ToArray().Should().Equal(12, 1);
    }

    [Fact]
    public void A_dash_leaves_a_recognised_role_out()
    {
        ReaderOptions options = new() { Mapping = ColumnMapping.Parse(["channel=-"]) };
        _folder.Read("customer,date,amount,channel\na,2024-01-05,1,web\n", options).Log.Channels.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Equal_mappings_are_equal()
    {
        ColumnMapping.Parse(["date=a", "amount=b"]).Should().Be(ColumnMapping.Parse(["amount=b", "date=a"]));
        ColumnMapping.Parse(["amount=b"]).ToString().Should().Be("amount=b");
    }

    [Theory]
    [InlineData("dd/MM/yyyy", "28/02/2024")]
    [InlineData("MM/dd/yyyy HH:mm", "02/28/2024 13:05")]
    [InlineData("M/d/yyyy h:mm tt", "2/28/2024 1:05 PM")]
    [InlineData("d-MMM-yy", "28-Feb-24")]
    [InlineData("dd.MM.yyyy*", "28.02.2024 any rest")]
    [InlineData("yyyy-MM-dd HH:mm:ss.fff", "2024-02-28 13:05:00.123")]
    [InlineData(null, "2024-02-28")]
    [InlineData(null, "2024/02/28")]
    [InlineData(null, "20240228")]
    [InlineData(null, "20240228 1305")]
    [InlineData(null, "2024-02-28T23:59:59.999+09:00")]
    public void Dates_are_read_in_named_formats_and_year_first_without_one(string? format, string date)
    {
        ReadResult result = _folder.Read($"customer,date,amount\na,{date},1\n", new ReaderOptions { DateFormat = format });
        result.Log.FirstDay.Should().Be(new DateOnly(2024, 2, 28));
    }

    [Fact]
    public void A_decimal_comma_is_read_with_semicolons()
    {
        ReadResult result = _folder.Read("Kunde;date;amount\na;2024-01-05;-12,50\n", new ReaderOptions { DecimalSeparator = ',', Mapping = ColumnMapping.Parse(["customer=Kunde"]) });
        result.Log.Amounts[0].Should().Be(-12.5);
    }
}
