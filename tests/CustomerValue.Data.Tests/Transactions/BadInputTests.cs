using System.Text;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Tests.Transactions;

/// <summary>Files that cannot be used: one clear message each, with place, found, expected and the way out.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Good = "customer,date,amount\na,2024-01-05,10\nb,2024-02-05,12.50\n";

    private readonly ReadingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_file_is_named() => Fails(_folder.Path("none.csv"), "*none.csv: found no such file, expected*check the path*");

    [Fact]
    public void A_directory_is_no_file() => Fails(Path.GetDirectoryName(_folder.Path("x"))!, "*found a directory, expected a file*");

    [Fact]
    public void An_empty_file_is_refused() => Fails(_folder.Write("e.csv", ""), "*e.csv: found an empty file, expected*");

    [Fact]
    public void A_file_of_blank_lines_is_refused() => Fails(_folder.Write("e.csv", "\n \r\n\n"), "*found a file without text*");

    [Fact]
    public void A_header_alone_is_refused() => Fails(_folder.Write("h.csv", "customer,date,amount\n"), "*h.csv: found a header and no lines below it*");

    [Fact]
    public void Formats_that_nothing_at_hand_reads_are_named()
    {
        Fails(_folder.Write("w.xlsx", [(byte)'P', (byte)'K', 3, 4, 0, 0]), "*found a zip archive or workbook, expected delimited text in UTF-8*");
        Fails(_folder.Write("o.pdf", "%PDF-1.7"), "*found a PDF, expected delimited text*");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public void A_truncated_gzip_is_refused(double share)
    {
        StringBuilder text = new("customer,date,amount\n");
        Random random = new(3);
        for (int row = 0; row < 20_000; row++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"C{random.Next(5000)},2024-01-{random.Next(1, 29):D2},{random.Next(10_000) / 100.0}\n");
        byte[] whole = File.ReadAllBytes(_folder.WriteGzip("whole.csv.gz", text.ToString()));
        Fails(_folder.Write("cut.csv.gz", whole[..(int)(whole.Length * share)]), "*cut.csv.gz: found a gzip file that is truncated or damaged*copy it again*");
    }

    [Fact]
    public void A_damaged_gzip_is_refused()
    {
        byte[] bytes = File.ReadAllBytes(_folder.WriteGzip("whole.csv.gz", Good));
        bytes[^6] ^= 0xFF;
        Fails(_folder.Write("bad.csv.gz", bytes), "*truncated or damaged*");
    }

    [Fact]
    public void An_unknown_mapped_column_lists_the_columns_and_suggests_the_nearest() =>
        Fails(_folder.Write("o.csv", "who,InvoiceDate,amount\na,2024-01-05,10\n"), "*found no column 'InvoiceDat' for date, expected one of who, InvoiceDate, amount; did you mean 'InvoiceDate'?", "date=InvoiceDat", "customer=who");

    [Fact]
    public void A_needed_column_that_is_not_recognised_says_how_to_map_it() =>
        Fails(_folder.Write("o.csv", "who,when,amount\na,2024-01-05,10\n"), "*found no column for customer, date among who, when, amount*--map customer=NAME --map date=NAME*");

    [Fact]
    public void A_file_without_header_asks_for_positions() =>
        Fails(_folder.Write("o.csv", "a,2024-01-05,10\n"), "*found a first line without column names (3 fields)*--map customer=#1*");

    [Fact]
    public void Two_columns_of_one_name_are_ambiguous()
    {
        Fails(_folder.Write("o.csv", "CustomerID,customer_id,date,amount\na,a,2024-01-05,10\n"), "*found 2 columns named like 'CustomerID' ('CustomerID' at #1 and 'customer_id' at #2)*by its position*");
        Fails(_folder.Write("p.csv", "id,id,date,amount\na,a,2024-01-05,10\n"), "*found 2 columns named like 'id'*", "customer=id");
    }

    [Fact]
    public void Too_many_rejected_lines_fail_with_the_first_of_them()
    {
        string path = _folder.Write("o.csv", Good + "c,31/02/2024,5\nd,soon,5\n");
        Fails(path, "*2 of 4 lines (50.0 %) that cannot be read, expected at most 5.0 %*o.csv line 4, column 'date': found '31/02/2024', expected a date like 2024-02-28*line 5*raise the limit*");
    }

    [Fact]
    public void The_rejects_are_written_even_when_reading_fails()
    {
        string path = _folder.Write("o.csv", "customer,date,amount\nc,\"a, b\",5\n"), rejects = _folder.Path("rejects.csv");
        FluentActions.Invoking(() => TransactionReader.Read([path], new ReaderOptions { RejectsFile = rejects })).Should().Throw<BadDataException>();
        File.ReadAllLines(rejects).Should().HaveCount(2).And.HaveElementAt(0, "file,line,column,found,expected");
        File.ReadAllLines(rejects)[1].Should().Contain(",2,date,\"a, b\",");
        Directory.GetFiles(Path.GetDirectoryName(rejects)!).Should().HaveCount(2, "no unfinished file stays behind");
    }

    [Fact]
    public void Lines_without_any_row_are_refused() =>
        Fails(_folder.Write("o.csv", "customer,date,amount\n,2024-01-05,10\n"), "*found no usable row in 1 lines (0 rejected, 1 without a customer id, 0 ignored)*");

    [Fact]
    public void Options_that_do_not_hold_are_reported_together()
    {
        ReaderOptions options = new() { Threads = 0, MaxRejectedShare = 2, DecimalSeparator = '_', Delimiter = '"', DateFormat = "dd/MM" };
        FluentActions.Invoking(() => TransactionReader.Read(["x"], options)).Should().Throw<ArgumentException>()
            .WithMessage("*Delimiter*DecimalSeparator*MaxRejectedShare*Threads*DateFormat*exactly one year*");
    }

    [Fact]
    public void Too_many_categories_are_refused()
    {
        string text = "customer,date,amount,category\n" + string.Concat(Enumerable.Range(0, 65_600).Select(row => $"a,2024-01-05,1,k{row}\n"));
        Fails(_folder.Write("o.csv", text), "*column 'category': found more than 65,534 distinct values*map it as product*");
    }

    [Fact]
    public void A_cancelled_reading_leaves_no_file_behind()
    {
        string path = _folder.Write("o.csv", Good), rejects = _folder.Path("rejects.csv");
        FluentActions.Invoking(() => TransactionReader.Read([path], new ReaderOptions { RejectsFile = rejects }, null, new CancellationToken(canceled: true)))
            .Should().Throw<OperationCanceledException>();
        Directory.GetFiles(Path.GetDirectoryName(path)!).Should().Equal(path);
    }

    private static void Fails(string path, string message, params string[] map) =>
        FluentActions.Invoking(() => TransactionReader.Read([path], new ReaderOptions { Mapping = ColumnMapping.Parse(map), Threads = 2 }))
            .Should().Throw<BadDataException>().WithMessage(message);
}
