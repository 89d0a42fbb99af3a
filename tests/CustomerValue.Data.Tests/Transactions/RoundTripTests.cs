using System.Globalization;
using System.IO.Compression;
using System.Text;
using CustomerValue.Data.Transactions;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerValue.Data.Tests.Transactions;

/// <summary>Whatever is written as CSV is read back, however it is written and however the reading is cut up.</summary>
public class RoundTripTests
{
    private static readonly string[] s_awkwardNames =
    [
        "a", "A", "a,b", "a;b\tc|d", "say \"hi\"", "\"", "\"\"", "two\nlines", "two\r\nlines", " blank ", "日本", "\uFF21", "\U0001F600", "\U0001F600x", "é",
        "13085", "013085", "exactly12byt", "exactly13byte", "5f2b6a0e-7b1d-4c3e-9f43-0a51c1e4f7aa", "5f2b6a0e-7b1d-4c3e-9f43-0a51c1e4f7ab", "nul\0", "nul",
    ];

    private static readonly Gen<string> s_names = Gen.OneOf(Gen.Elements(s_awkwardNames), Gen.Choose(0, 40).Select(number => $"C{number:D6}"));

    private static readonly Gen<double> s_amounts = Gen.OneOf(
        Gen.Choose(-50_000, 1_000_000).Select(cents => cents / 100.0),
        Gen.Choose(1, int.MaxValue).Select(number => number * 1e-15),
        Gen.Choose(1, int.MaxValue).Select(number => number * 1.000000000001e40),
        Gen.Constant(0.1 + 0.2));

    private static readonly Gen<Transaction> s_rows =
        from customer in s_names
        from day in Gen.Choose(0, 1500)
        from amount in s_amounts
        from order in Gen.OneOf(Gen.Choose(1, 3).Select(number => $"O-{number}"), Gen.Elements("a long order number 1", "a long order number 2"))
        from quantity in Gen.Choose(-3, 12)
        from product in Gen.OneOf(Gen.Constant((string?)null), s_names.Select(name => (string?)name))
        from channel in Gen.Elements((string?)null, "web", "store")
        from discount in Gen.OneOf(Gen.Constant(double.NaN), Gen.Choose(0, 500).Select(cents => cents / 100.0))
        select new Transaction(customer, new DateOnly(2020, 2, 27).AddDays(day), amount)
        {
            OrderId = order,
            Quantity = quantity,
            Product = product,
            Category = null,
            Channel = channel,
            Discount = discount,
        };

    private static readonly Gen<Writing> s_writings =
        from rows in s_rows.NonEmptyListOf()
        from delimiter in Gen.Elements(',', ';', '\t', '|')
        from bom in Gen.Elements(true, false)
        from crlf in Gen.Elements(true, false)
        from quoteAll in Gen.Elements(true, false)
        from lastLineEnd in Gen.Elements(true, false)
        from gzip in Gen.Elements(true, false)
        from threads in Gen.Choose(1, 4)
        from blockBytes in Gen.Elements(16, 61, 256, 1 << 20)
        select new Writing([.. rows], delimiter, bom, crlf, quoteAll, lastLineEnd, gzip, threads, blockBytes);

    [Fact]
    public void Random_transactions_written_as_csv_are_read_back()
    {
        Prop.ForAll(s_writings.ToArbitrary(), writing =>
        {
            using ReadingFolder folder = new();
            ReadResult result = TransactionReader.Read([folder.Write("orders.csv", writing.Bytes())], writing.Options);
            result.Rejected.Should().BeEmpty();
            LogText.Of(result.Log).Should().Equal(LogText.Of(TransactionLog.From(writing.Rows)), "{0}", writing);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Customers_stand_in_ordinal_order_of_their_ids()
    {
        Prop.ForAll(Gen.ArrayOf(Gen.OneOf(s_names, ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get))).ToArbitrary(), names =>
        {
            using ReadingFolder folder = new();
            string[] valid = [.. names.Append("x").Where(name => name.Length > 0 && IsText(name)).Distinct()];
            string text = string.Concat(valid.Select(name => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\",2024-01-01,1\n"));
            ReadResult result = TransactionReader.Read([folder.Write("orders.csv", "customer,date,amount\n" + text)], new ReaderOptions { Threads = 2, BlockBytes = 64 });
            result.Log.Customers.Names.Should().Equal(valid.Order(StringComparer.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void Many_customers_in_random_order_are_sorted_like_strings()
    {
        using ReadingFolder folder = new();
        Random random = new(7);
        string[] ids = [.. Enumerable.Range(0, 20_000).Select(_ => random.Next(3) switch
        {
            0 => $"common-prefix-{random.Next(100_000)}",
            1 => $"common-prefix-of-long-names-{random.Next(100_000):D12}",
            _ => $"common-pre{(char)random.Next('a', 'z')}",
        })];
        string text = "customer,date,amount\n" + string.Concat(ids.Select(id => $"{id},2024-01-01,1\n"));
        ReadResult result = TransactionReader.Read([folder.Write("orders.csv", text)], new ReaderOptions { Threads = 3, BlockBytes = 4096 });
        result.Log.Customers.Names.Should().Equal(ids.Distinct().Order(StringComparer.Ordinal));
    }

    private static bool IsText(string name)
    {
        string back = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));
        return back == name && name is not ("NULL" or "null" or "NaN" or "nan" or "None" or "<NA>");
    }

    /// <summary>Transactions and a way to write them.</summary>
    private sealed record Writing(
        Transaction[] Rows, char Delimiter, bool Bom, bool CrLf, bool QuoteAll, bool LastLineEnd, bool Gzip, int Threads, int BlockBytes)
    {
        public ReaderOptions Options => new() { Threads = Threads, BlockBytes = BlockBytes };

        public byte[] Bytes()
        {
            string lineEnd = CrLf ? "\r\n" : "\n";
            IEnumerable<string[]> lines = Rows.Select(row => new[]
            {
                row.OrderId!, row.CustomerId, "ignored, \"all\" of it", row.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.Amount.ToString("R", CultureInfo.InvariantCulture),
                row.Quantity.ToString(CultureInfo.InvariantCulture), row.Product ?? "", row.Channel ?? "", double.IsNaN(row.Discount) ? "" : row.Discount.ToString("R", CultureInfo.InvariantCulture),
            });
            string text = string.Join(lineEnd, lines.Prepend(["InvoiceNo", "Customer ID", "Remark", "Date", "Amount", "Qty", "SKU", "Channel", "Discount"])
                .Select(fields => string.Join(Delimiter, fields.Select(Field)))) + (LastLineEnd ? lineEnd : "");
            byte[] bytes = [.. Bom ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(text)];
            if (!Gzip)
                return bytes;
            using MemoryStream packed = new();
            using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
                gzip.Write(bytes);
            return packed.ToArray();
        }

        private string Field(string text) => QuoteAll || text.AsSpan().ContainsAny("\"\r\n ") || text.Contains(Delimiter, StringComparison.Ordinal)
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }
}
