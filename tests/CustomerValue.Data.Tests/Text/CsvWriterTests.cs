using System.Globalization;
using System.Text;
using CustomerValue.Data.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerValue.Data.Tests.Text;

public sealed class CsvWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fields_are_written_as_the_format_asks() =>
        Write(csv =>
        {
            csv.Text("a \"b\", c");
            csv.Number(0.1 + 0.2);
            csv.Number(null);
            csv.Whole(1234567);
            csv.Day(new DateOnly(2024, 2, 28));
        }, "t", "n", "m", "w", "d").Should().Be("t,n,m,w,d\n\"a \"\"b\"\", c\",0.30000000000000004,,1234567,2024-02-28\n");

    [Fact]
    public void The_machines_language_changes_nothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" }, DateTimeFormat = { DateSeparator = "." } };
            Write(csv =>
            {
                csv.Number(-1.5);
                csv.Whole(-2);
                csv.Day(new DateOnly(2024, 2, 28));
            }, "n", "w", "d").Should().EndWith("\n-1.5,-2,2024-02-28\n");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("@sum(a1)", "'@sum(a1)")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("'=1", "''=1")]
    [InlineData("-2.5", "-2.5")]
    [InlineData("+4915112345678", "+4915112345678")]
    [InlineData("-", "-")]
    [InlineData("'plain", "'plain")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    public void Only_text_that_a_spreadsheet_would_run_is_guarded(string text, string written) => FormulaGuard.Add(text).Should().Be(written);

    [Fact]
    public void What_is_guarded_can_be_had_back() => Prop.ForAll(Texts().ToArbitrary(), text => FormulaGuard.Remove(FormulaGuard.Add(text)) == text).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_written_reads_back_field_for_field()
    {
        string path = _folder.PathOf("t.csv");
        Gen<string[]> rows = Texts().ArrayOf(3);
        Prop.ForAll(rows.ToArbitrary(), texts =>
        {
            File.WriteAllText(path, Write(csv => Array.ForEach(texts, csv.Text), "a", "b", "c"));
            using DelimitedText records = DelimitedText.Open(path, ',');
            records.Read().Should().Equal("a", "b", "c");
            records.Read()!.ConvertAll(FormulaGuard.Remove).Should().Equal(texts);
            return records.Read() is null;
        }).QuickCheckThrowOnFailure();
    }

    private static Gen<string> Texts() => Gen.Elements([.. "=+-@\t\r\n'\",;aä客 1."]).ArrayOf().Select(letters => new string(letters));

    private static string Write(Action<CsvWriter> row, params string[] names)
    {
        using MemoryStream stream = new();
        using (CsvWriter csv = new(stream, names))
        {
            row(csv);
            csv.EndRow();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
