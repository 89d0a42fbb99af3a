using System.Globalization;
using System.Text;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Tests.Transactions;
using CustomerValue.Data.Transactions;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerValue.Sources.Tests;

/// <summary>Any log in any combination of notations reads back the same, or is refused because two readings fit; never as something else.</summary>
public class NotationLawTests
{
    private const int Logs = 400;

    private static readonly CultureInfo s_invariant = CultureInfo.InvariantCulture;

    private static readonly string[] s_dates =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss'Z'", "yyyy-MM-ddTHH:mm:ss'+02:00'", "yyyy/MM/dd", "yyyy.MM.dd", "yyyyMMdd", "dd/MM/yyyy", "MM/dd/yyyy", "d.M.yyyy", "dd.MM.yyyy HH:mm",
        "M/d/yyyy h:mm tt", "dd-MM-yyyy", "MM-dd-yyyy", "d MMM yyyy", "MMMM d, yyyy", "ddd, dd MMM yyyy HH:mm:ss '+0000'", "yyyy年M月d日", "dd MM yyyy", "MM/dd/yy", "dd.MM.yy",
    ];

    private static readonly (string Name, Func<double, string> Write, char Decimal)[] s_numbers =
    [
        ("plain", amount => amount.ToString("0.##", s_invariant), '.'),
        ("two decimals", amount => amount.ToString("0.00", s_invariant), '.'),
        ("comma thousands", amount => amount.ToString("#,##0.00", s_invariant), '.'),
        ("decimal comma", amount => amount.ToString("0.00", s_invariant).Replace('.', ','), ','),
        ("point thousands", amount => Swap(amount.ToString("#,##0.00", s_invariant)), ','),
        ("blank thousands", amount => amount.ToString("#,##0.00", s_invariant).Replace(',', '\u00A0').Replace('.', ','), ','),
        ("apostrophe", amount => amount.ToString("#,##0.00", s_invariant).Replace(',', '\''), '.'),
        ("dollars", amount => (amount < 0 ? "-$" : "$") + Math.Abs(amount).ToString("#,##0.00", s_invariant), '.'),
        ("euros behind", amount => Swap(amount.ToString("#,##0.00", s_invariant)) + " €", ','),
        ("parentheses", amount => amount < 0 ? $"({-amount:0.00})" : amount.ToString("0.00", s_invariant), '.'),
        ("minus behind", amount => Math.Abs(amount).ToString("0.00", s_invariant) + (amount < 0 ? "-" : ""), '.'),
        ("whole thousands", amount => Math.Round(amount).ToString("#,##0", s_invariant), '.'),
    ];

    private static readonly Gen<Transaction> s_rows =
        from customer in Gen.Choose(1, 9)
        from day in Gen.Choose(0, 900)
        from cents in Gen.OneOf(Gen.Choose(-50_000, 50_000), Gen.Choose(100_000, 90_000_000))
        select new Transaction($"K-{customer}", new DateOnly(2022, 1, 1).AddDays(day), cents / 100.0);

    private static readonly Gen<Writing> s_writings =
        from rows in s_rows.NonEmptyListOf()
        from date in Gen.Elements(s_dates)
        from number in Gen.Choose(0, s_numbers.Length - 1)
        from delimiter in Gen.Elements(',', ';', '\t', '|')
        from encoding in Gen.Elements("utf-8", "utf-16", "utf-16BE")
        from lineEnd in Gen.Elements("\n", "\r\n", "\r")
        from title in Gen.Elements("", "Sales report\n\n".Replace("\n", "{end}"))
        from total in Gen.Elements(true, false)
        select new Writing([.. rows], date, number, delimiter, encoding, lineEnd, title, total);

    [Fact]
    public void Any_log_in_any_notation_is_read_back_or_refused_as_ambiguous()
    {
        int refused = 0;
        Prop.ForAll(s_writings.ToArbitrary(), writing =>
        {
            if (Read(writing) is not { } result)
                refused++;
            else
                LogText.Of(result.Log).Should().Equal(LogText.Of(TransactionLog.From(writing.Meant)), "{0}", writing);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Logs));
        refused.Should().BeLessThan(Logs / 2, "most logs have a day above the twelfth");
    }

    [Fact]
    public void What_is_decided_does_not_depend_on_the_order_of_rows()
    {
        Prop.ForAll(s_writings.ToArbitrary(), writing =>
        {
            ReadResult? forth = Read(writing), back = Read(writing with { Rows = [.. writing.Rows.Reverse()] });
            if (forth is null || back is null || forth.Findings.Concat(back.Findings).Any(finding => finding.Code == "date-order-by-rows"))
                return;
            back.Log.Amounts.ToArray().Sum().Should().BeApproximately(forth.Log.Amounts.ToArray().Sum(), 1e-6, "{0}", writing);
            (back.Log.FirstDay, back.Log.LastDay).Should().Be((forth.Log.FirstDay, forth.Log.LastDay), "{0}", writing);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Logs / 2));
    }

    private static ReadResult? Read(Writing writing)
    {
        using ReadingFolder folder = new();
        try
        {
            return TransactionReader.Read([folder.Write("orders.csv", writing.Bytes())], new ReaderOptions { Threads = 1 });
        }
        catch (BadDataException error) when (error.Message.Contains("which fit", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private static string Swap(string text) => text.Replace(',', '~').Replace('.', ',').Replace('~', '.');

    /// <summary>A log and a way to write it.</summary>
    private sealed record Writing(Transaction[] Rows, string Date, int Number, char Delimiter, string Encoding, string LineEnd, string Title, bool Total)
    {
        /// <summary>The rows as the notation can hold them.</summary>
        public IEnumerable<Transaction> Meant => Rows.Select(row => row with { Amount = s_numbers[Number].Name == "whole thousands" ? Math.Round(row.Amount) : row.Amount });

        public byte[] Bytes()
        {
            IEnumerable<string> lines = Rows.Select(row => string.Join(Delimiter, Field(row.CustomerId), Field(row.Day.ToDateTime(new TimeOnly(14, 5, 9)).ToString(Date, s_invariant)), Field(s_numbers[Number].Write(row.Amount))));
            string text = Title.Replace("{end}", LineEnd, StringComparison.Ordinal) + string.Join(LineEnd, lines.Prepend(string.Join(Delimiter, "customer", "date", "amount")))
                + LineEnd + (Total ? string.Join(Delimiter, "Total", "", Field(s_numbers[Number].Write(1234.5))) + LineEnd : "");
            Encoding encoding = System.Text.Encoding.GetEncoding(Encoding);
            return [.. encoding.Preamble, .. encoding.GetBytes(text)];
        }

        public override string ToString() => $"{Date}, {s_numbers[Number].Name}, '{Delimiter}', {Encoding}, {LineEnd.Length}, {Title}, total {Total}:\n{System.Text.Encoding.GetEncoding(Encoding).GetString(Bytes())}";

        private string Field(string text) => text.Contains(Delimiter, StringComparison.Ordinal) ? $"\"{text}\"" : text;
    }
}
