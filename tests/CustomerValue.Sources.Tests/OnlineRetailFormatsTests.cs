using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CustomerValue.Data.Tests.Transactions;
using CustomerValue.Data.Transactions;
using ParquetSharp;
using Encoding = System.Text.Encoding;

namespace CustomerValue.Sources.Tests;

/// <summary>Online Retail II in other formats gives the same counts and the same money to the cent as its two CSV files.</summary>
public sealed class OnlineRetailFormatsTests : IDisposable
{
    private static readonly string[] s_years = ["online_retail_2009_2010.csv.gz", "online_retail_2010_2011.csv.gz"];
    private static readonly Lazy<ReadResult> s_asCsv = new(() => TransactionReader.Read(Files(), Options));

    private readonly ReadingFolder _folder = new();

    private static ReaderOptions Options => new() { Threads = 2, Formats = SourceFormats.All };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_zipped_csv_files()
    {
        string path = _folder.Path("retail.zip");
        using (ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create))
            foreach (string file in Files())
                using (Stream member = archive.CreateEntry(Path.GetFileNameWithoutExtension(file), CompressionLevel.Fastest).Open())
                    Text(file).CopyTo(member);
        IsTheSame(path);
    }

    [Fact]
    public void Utf_16() => IsTheSame([.. Files().Select((file, index) =>
    {
        string path = _folder.Path($"{index}.csv");
        using StreamReader reader = new(Text(file), Encoding.UTF8);
        using StreamWriter writer = new(path, append: false, Encoding.Unicode);
        writer.Write(reader.ReadToEnd());
        return path;
    })]);

    [Fact]
    public void Json_lines() => IsTheSame([.. Files().Select((file, index) =>
    {
        string path = _folder.Path($"{index}.jsonl");
        using FileStream stream = File.Create(path);
        using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { SkipValidation = true });
        string[] names = [];
        foreach (string[] row in Rows(file))
        {
            if (names.Length == 0)
            {
                names = row;
                continue;
            }
            writer.WriteStartObject();
            for (int column = 0; column < names.Length; column++)
                writer.WriteString(names[column], row[column]);
            writer.WriteEndObject();
            writer.Flush();
            writer.Reset();
            stream.WriteByte((byte)'\n');
        }
        return path;
    })]);

    [Fact]
    public void Parquet() => IsTheSame([.. Files().Select((file, index) => WriteParquet(file, _folder.Path($"{index}.parquet")))]);

    [Fact]
    public void A_workbook_of_two_sheets()
    {
        string path = _folder.Path("retail.xlsx");
        Workbook.Write(path, [.. Files().Select((file, index) => ($"Year {index + 1}", Rows(file)))], numbers: ["Quantity", "Price", "UnitPrice"], dates: ["InvoiceDate"]);
        IsTheSame(path);
    }

    private static void IsTheSame(params string[] files)
    {
        ReadSummary expected = s_asCsv.Value.Summary, actual = TransactionReader.Read(files, Options).Summary;
        new { actual.Lines, actual.Rows, actual.Customers, actual.WithoutCustomer, actual.DuplicateLines, actual.RejectedLines, actual.FirstDay, actual.LastDay, actual.Purchases, Bought = Math.Round(actual.TotalPurchases, 2), Returned = Math.Round(actual.TotalReturns, 2) }
            .Should().Be(new { expected.Lines, expected.Rows, expected.Customers, expected.WithoutCustomer, expected.DuplicateLines, expected.RejectedLines, expected.FirstDay, expected.LastDay, expected.Purchases, Bought = Math.Round(expected.TotalPurchases, 2), Returned = Math.Round(expected.TotalReturns, 2) });
    }

    private static string WriteParquet(string file, string path)
    {
        using IEnumerator<string[]> rows = Rows(file).GetEnumerator();
        rows.MoveNext();
        string[] names = rows.Current;
        Column[] columns = [.. names.Select(name => name switch
        {
            "Quantity" => new Column<int>(name),
            "Price" or "UnitPrice" => new Column<double>(name),
            "InvoiceDate" => (Column)new Column<DateTime>(name, LogicalType.Timestamp(isAdjustedToUtc: false, TimeUnit.Micros)),
            _ => new Column<string?>(name),
        })];
        List<string[]> all = [];
        while (rows.MoveNext())
            all.Add(rows.Current);
        using ParquetFileWriter writer = new(path, columns, Compression.Snappy);
        foreach (string[][] group in all.Chunk(200_000))
        {
            using RowGroupWriter rowGroup = writer.AppendRowGroup();
            for (int column = 0; column < names.Length; column++)
                switch (columns[column])
                {
                    case Column<int>:
                        Write(rowGroup, Array.ConvertAll(group, row => int.Parse(row[column], CultureInfo.InvariantCulture)));
                        break;
                    case Column<double>:
                        Write(rowGroup, Array.ConvertAll(group, row => double.Parse(row[column], CultureInfo.InvariantCulture)));
                        break;
                    case Column<DateTime>:
                        Write(rowGroup, Array.ConvertAll(group, row => DateTime.Parse(row[column], CultureInfo.InvariantCulture)));
                        break;
                    default:
                        Write(rowGroup, Array.ConvertAll(group, row => row[column].Length == 0 ? null : row[column]));
                        break;
                }
        }
        writer.Close();
        return path;
    }

    private static void Write<T>(RowGroupWriter group, T[] values)
    {
        using LogicalColumnWriter<T> column = group.NextColumn().LogicalWriter<T>();
        column.WriteBatch(values);
    }

    private static string[] Files() => Array.ConvertAll(s_years, year => ReferenceData.File("uci_online_retail", year));

    private static GZipStream Text(string file) => new(File.OpenRead(file), CompressionMode.Decompress);

    private static IEnumerable<string[]> Rows(string file)
    {
        using StreamReader reader = new(Text(file), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            // No field of these files holds a line end, so a quote that is still open joins nothing.
            List<string> fields = [];
            StringBuilder field = new();
            bool quoted = false;
            for (int at = 0; at < line.Length; at++)
                if (line[at] == '"' && quoted && at + 1 < line.Length && line[at + 1] == '"')
                    field.Append(line[at++]);
                else if (line[at] == '"' && (quoted || field.Length == 0))
                    quoted = !quoted;
                else if (line[at] == ',' && !quoted)
                {
                    fields.Add(field.ToString());
                    field.Clear();
                }
                else
                    field.Append(line[at]);
            fields.Add(field.ToString());
            yield return [.. fields];
        }
    }
}
