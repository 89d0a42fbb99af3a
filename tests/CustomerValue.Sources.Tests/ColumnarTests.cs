using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using CustomerValue.Data.Tests.Transactions;
using CustomerValue.Data.Transactions;
using ParquetSharp;
using Column = ParquetSharp.Column;

namespace CustomerValue.Sources.Tests;

/// <summary>The same rows as text, as Parquet in several types and row groups, and as Arrow give the same log.</summary>
public sealed class ColumnarTests : IDisposable
{
    private const int Customers = 150, Days = 400, Count = 3_000;

    private static readonly DateOnly s_first = new(2023, 3, 1);

    private readonly ReadingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Parquet_of_the_usual_types_in_row_groups_of_several_sizes(int threads)
    {
        foreach (int group in (int[])[Count, 700, 64])
            IsTheSame(Parquet(group, moneyAs: "double", idAs: "text"), threads);
    }

    [Theory]
    [InlineData("decimal32", "int")]
    [InlineData("decimal64", "long")]
    [InlineData("decimal128", "text")]
    [InlineData("float", "text")]
    [InlineData("int", "text")]
    public void Parquet_of_other_types(string moneyAs, string idAs) => IsTheSame(Parquet(1_000, moneyAs, idAs), threads: 2, whole: moneyAs == "int");

    [Theory]
    [InlineData(null)]
    [InlineData(CompressionCodecType.Lz4Frame)]
    [InlineData(CompressionCodecType.Zstd)]
    public void Arrow_plain_or_compressed(CompressionCodecType? codec) => IsTheSame(Arrow(codec), threads: 2);

    [Fact]
    public void A_date_that_is_missing_in_one_row_is_told_with_its_column()
    {
        Row[] rows = Rows();
        string path = _folder.Path("orders.parquet");
        using (ParquetFileWriter writer = new(path, [new Column<string>("customer_id"), new Column<Date?>("date"), new Column<double>("amount")]))
        {
            using RowGroupWriter group = writer.AppendRowGroup();
            Write(group, System.Array.ConvertAll(rows, row => row.Customer));
            Write(group, rows.Select((row, index) => index == 17 ? (Date?)null : new Date(row.Day.DayNumber - new DateOnly(1970, 1, 1).DayNumber)).ToArray());
            Write(group, System.Array.ConvertAll(rows, row => row.Amount));
            writer.Close();
        }
        ReadResult result = TransactionReader.Read([path], Options(2));
        result.Summary.Rows.Should().Be(Count - 1);
        result.Rejected.Should().ContainSingle().Which.Column.Should().Be("date");
    }

    [Fact]
    public void A_parquet_file_cut_in_the_middle_is_refused_with_its_name()
    {
        string path = Parquet(500, "double", "text");
        byte[] bytes = File.ReadAllBytes(path);
        System.Array.Fill(bytes, (byte)0xA5, 300, bytes.Length / 2 - 300);
        string damaged = _folder.Write("damaged.parquet", bytes);
        FluentActions.Invoking(() => TransactionReader.Read([damaged], Options(2))).Should().Throw<Data.Diagnostics.BadDataException>().WithMessage("*damaged.parquet*damaged*");
    }

    [Fact]
    public void Columns_that_nobody_asked_for_are_not_in_the_log()
    {
        ReadResult all = TransactionReader.Read([Parquet(700, "double", "text")], Options(2)), some = TransactionReader.Read([Parquet(700, "double", "text")], Options(2) with { Columns = new HashSet<ColumnRole> { ColumnRole.Channel } });
        (some.Log.Products.Length, some.Log.Quantities.Length).Should().Be((0, 0));
        some.Log.Channels.ToArray().Should().Equal(all.Log.Channels.ToArray());
        some.Log.Amounts.ToArray().Should().Equal(all.Log.Amounts.ToArray());
        some.Summary.Lines.Should().Be(all.Summary.Lines);
    }

    [Theory]
    [InlineData("double", "text")]
    [InlineData("double", "long")]
    [InlineData("decimal64", "int")]
    public void Parts_of_a_parquet_file_add_up_to_it(string moneyAs, string idAs)
    {
        string path = Parquet(700, moneyAs, idAs);
        ReadResult whole = TransactionReader.Read([path], Options(2));
        PartedReading reading = new([path], Options(2), new PartSize(100_000));
        List<string> rows = [];
        ReadCounts counts = reading.Read(part => rows.AddRange(LogText.Of(part.Log)), cancellation: TestContext.Current.CancellationToken);
        reading.Parts.Should().BeInRange(2, 8);
        rows.Order(StringComparer.Ordinal).Should().Equal(LogText.Of(whole.Log).Order(StringComparer.Ordinal));
        counts.Summary.Should().BeEquivalentTo(whole.Summary);
        counts.Findings.Should().Equal(whole.Findings);
    }

    private void IsTheSame(string path, int threads, bool whole = false)
    {
        ReadResult expected = TransactionReader.Read([_folder.Write("orders.csv", Csv(whole))], Options(1)), actual = TransactionReader.Read([path], Options(threads));
        TransactionLog one = expected.Log, other = actual.Log;
        other.Customers.Names.Should().Equal(one.Customers.Names);
        other.Offsets.ToArray().Should().Equal(one.Offsets.ToArray());
        (other.FirstDay, other.LastDay).Should().Be((one.FirstDay, one.LastDay));
        other.Days.ToArray().Should().Equal(one.Days.ToArray());
        other.Amounts.ToArray().Should().Equal(one.Amounts.ToArray());
        other.Quantities.ToArray().Should().Equal(one.Quantities.ToArray());
        other.ChannelNames.Names.Should().Equal(one.ChannelNames.Names);
        other.Channels.ToArray().Should().Equal(one.Channels.ToArray());
        other.ProductNames.Names.Should().Equal(one.ProductNames.Names);
        other.Products.ToArray().Should().Equal(one.Products.ToArray());
    }

    private static ReaderOptions Options(int threads) => new() { Threads = threads, Formats = SourceFormats.All };

    private static Row[] Rows()
    {
        Random random = new(20240501);
        return [.. Enumerable.Range(0, Count).Select(index => new Row(
            $"{100_000 + random.Next(Customers)}", s_first.AddDays(index * Days / Count),
            index % 9 == 0 ? null : $"Product {random.Next(40)}", index % 31 == 0 ? null : random.Next(2) == 0 ? "web" : "Geschäft",
            index % 50 == 0 ? null : random.Next(1, 5), random.Next(-4 * 32, 4 * 400) / 4.0))];
    }

    private static string Csv(bool whole) => "customer_id,date,product,channel,quantity,amount\n" + string.Concat(Rows().Select(row => string.Create(
        CultureInfo.InvariantCulture, $"{row.Customer},{row.Day:yyyy-MM-dd},{row.Product},{row.Channel},{row.Quantity},{(whole ? Math.Truncate(row.Amount) : row.Amount)}\n")));

    private string Parquet(int rowsOfGroup, string moneyAs, string idAs)
    {
        string path = _folder.Path($"orders-{rowsOfGroup}-{moneyAs}-{idAs}.parquet");
        Column id = idAs switch { "int" => new Column<int>("customer_id"), "long" => new Column<long>("customer_id"), _ => new Column<string>("customer_id") };
        Column money = moneyAs switch
        {
            "decimal32" => new Column<decimal>("amount", LogicalType.Decimal(9, 2)),
            "decimal64" => new Column<decimal>("amount", LogicalType.Decimal(18, 2)),
            "decimal128" => new Column<decimal>("amount", LogicalType.Decimal(29, 2)),
            "float" => new Column<float>("amount"),
            "int" => new Column<int>("amount"),
            _ => new Column<double>("amount"),
        };
        Column day = idAs == "text" ? new Column<Date>("date") : new Column<DateTime>("date", LogicalType.Timestamp(isAdjustedToUtc: false, ParquetSharp.TimeUnit.Millis));
        using ParquetFileWriter writer = new(path, [id, day, new Column<string?>("product"), new Column<string?>("channel"), new Column<int?>("quantity"), money]);
        foreach (Row[] rows in Rows().Chunk(rowsOfGroup))
        {
            using RowGroupWriter group = writer.AppendRowGroup();
            if (idAs == "int")
                Write(group, System.Array.ConvertAll(rows, row => int.Parse(row.Customer, CultureInfo.InvariantCulture)));
            else if (idAs == "long")
                Write(group, System.Array.ConvertAll(rows, row => long.Parse(row.Customer, CultureInfo.InvariantCulture)));
            else
                Write(group, System.Array.ConvertAll(rows, row => row.Customer));
            if (idAs == "text")
                Write(group, System.Array.ConvertAll(rows, row => new Date(row.Day.DayNumber - new DateOnly(1970, 1, 1).DayNumber)));
            else
                Write(group, System.Array.ConvertAll(rows, row => row.Day.ToDateTime(new TimeOnly(23, 59))));
            Write(group, System.Array.ConvertAll(rows, row => row.Product));
            Write(group, System.Array.ConvertAll(rows, row => row.Channel));
            Write(group, System.Array.ConvertAll(rows, row => row.Quantity));
            if (moneyAs.StartsWith("decimal", StringComparison.Ordinal))
                Write(group, System.Array.ConvertAll(rows, row => (decimal)row.Amount));
            else if (moneyAs == "float")
                Write(group, System.Array.ConvertAll(rows, row => (float)row.Amount));
            else if (moneyAs == "int")
                Write(group, System.Array.ConvertAll(rows, row => (int)row.Amount));
            else
                Write(group, System.Array.ConvertAll(rows, row => row.Amount));
        }
        writer.Close();
        return path;
    }

    private string Arrow(CompressionCodecType? codec)
    {
        string path = _folder.Path("orders.feather");
        Schema schema = new(
            [
                new Field("customer_id", StringType.Default, false), new Field("date", Date32Type.Default, false), new Field("product", StringType.Default, true),
                new Field("channel", StringType.Default, true), new Field("quantity", Int32Type.Default, true), new Field("amount", DoubleType.Default, false),
            ], null);
        using FileStream file = File.Create(path);
        using ArrowFileWriter writer = new(file, schema, leaveOpen: false, new IpcOptions { CompressionCodec = codec, CompressionCodecFactory = new CompressionCodecFactory() });
        foreach (Row[] rows in Rows().Chunk(1_100))
        {
            StringArray.Builder customers = new(), products = new(), channels = new();
            Date32Array.Builder days = new();
            Int32Array.Builder quantities = new();
            DoubleArray.Builder amounts = new();
            foreach (Row row in rows)
            {
                customers.Append(row.Customer);
                days.Append(row.Day.ToDateTime(TimeOnly.MinValue));
                products.Append(row.Product);
                channels.Append(row.Channel);
                if (row.Quantity is { } quantity)
                    quantities.Append(quantity);
                else
                    quantities.AppendNull();
                amounts.Append(row.Amount);
            }
            using RecordBatch batch = new(schema, [customers.Build(), days.Build(), products.Build(), channels.Build(), quantities.Build(), amounts.Build()], rows.Length);
            writer.WriteRecordBatch(batch);
        }
        writer.WriteEnd();
        return path;
    }

    private static void Write<T>(RowGroupWriter group, T[] values)
    {
        using LogicalColumnWriter<T> column = group.NextColumn().LogicalWriter<T>();
        column.WriteBatch(values);
    }

    private sealed record Row(string Customer, DateOnly Day, string? Product, string? Channel, int? Quantity, double Amount);
}
