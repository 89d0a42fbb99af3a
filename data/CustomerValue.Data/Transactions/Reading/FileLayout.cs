using System.Text;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Recognition;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>How one text is written and where its columns are: what recognition decided, as the plan that every line is read by.</summary>
internal sealed class FileLayout
{
    private const int ByteOrderMark = 3, ExamplesShown = 3;

    private FileLayout(ITextSource source, FileSample sample, TableShape shape, int tableOffset, ColumnPlan plan)
    {
        (Source, Sample, Shape, Plan) = (source, sample, shape, plan);
        DataStart = tableOffset + shape.DataStart;
        HeaderLines = sample.Start.AsSpan(0, DataStart).Count((byte)'\n');
    }

    public ITextSource Source { get; }

    public FileSample Sample { get; }

    public TableShape Shape { get; }

    public byte Delimiter => Shape.Delimiter;

    public ColumnPlan Plan { get; }

    /// <summary>Bytes of UTF-8 before the data.</summary>
    public int DataStart { get; }

    /// <summary>Line ends before the data.</summary>
    public long HeaderLines { get; }

    /// <summary>How dates are written; null for year-first dates, which the fast path reads.</summary>
    public DateReading? Dates { get; private set; }

    /// <summary>The character before decimals.</summary>
    public byte Separator { get; private set; } = (byte)'.';

    /// <summary>Which lines count.</summary>
    public LineChoice Choice { get; private set; } = null!;

    /// <summary>The well-known export this is, or null.</summary>
    public KnownExport? Export { get; private init; }

    /// <summary>What was decided by evidence, and what the columns give cause to doubt.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>The first rows as they are understood.</summary>
    public IReadOnlyList<ExampleRow> Examples { get; private set; } = [];

    /// <summary>Whether names of columns, by usual names, by the mapping or as a known export, have what is needed.</summary>
    public static bool Fits(IReadOnlyList<string> names, ColumnMapping mapping)
    {
        HashSet<string> known = new(names.Select(name => name.Trim()), StringComparer.OrdinalIgnoreCase);
        HashSet<string> plain = [.. names.Select(HeaderNames.Plain)];
        bool Has(ColumnRole role) => mapping.Columns.TryGetValue(role, out string? column)
            ? known.Contains(column)
            : Array.Exists(HeaderNames.Of(role), plain.Contains);
        return (Has(ColumnRole.Customer) && Has(ColumnRole.Date))
            || mapping.Columns.Values.Any(expression => expression[0] is not ('#' or '-') && expression.Split('*').Append(expression).Any(part => known.Contains(part.Trim())))
            || KnownExport.Recognise(names) is not null;
    }

    /// <exception cref="BadDataException">The source has no text or no data, its columns do not fit the mapping, or its notation is ambiguous.</exception>
    public static FileLayout Find(ITextSource source, ReaderOptions options, TimeZoneInfo? zone, IReadOnlyDictionary<string, double>? rates)
    {
        FileSample sample = FileSample.Take(source, options.Encoding, options.MaxLineBytes);
        int mark = sample.Start is [0xEF, 0xBB, 0xBF, ..] ? ByteOrderMark : 0;
        ReadOnlySpan<byte> text = sample.Start.AsSpan(mark);
        if (text.Trim(" \t\r\n"u8).IsEmpty)
            throw new BadDataException($"{source.Name}: found a file without text, expected a header and lines of transactions; check how it was exported.");
        bool own = source.Delimiter is not null;
        TableShape shape = TableShape.Find(text, (byte?)(source.Delimiter ?? options.Delimiter), own && source is JsonSource ? true : options.HasHeader,
            names => Fits(names, options.Mapping), field => IsValue(field, options, zone));
        string[] names = shape.HasHeader ? [.. shape.First.Select(name => name.Trim())] : [.. Enumerable.Range(1, shape.First.Length).Select(position => $"#{position}")];
        KnownExport? export = shape.HasHeader ? KnownExport.Recognise(names) : null;
        ColumnPlan plan = ColumnPlan.Create(source.Name, names, shape.HasHeader, export?.Complete(options.Mapping, names) ?? options.Mapping, export?.BlankAmountGoesOn ?? false, options.Columns);
        FileLayout layout = new(source, sample, shape, mark, plan) { Export = export };
        layout.Recognise(options, zone, rates);
        return layout;
    }

    private static bool IsValue(string field, ReaderOptions options, TimeZoneInfo? zone)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(field.Trim());
        return WrittenNumber.TryParse(bytes, (byte)(options.DecimalSeparator ?? '.'), out _, out _) || DateText.TryParse(bytes, out _)
            || new WrittenDate(DateOrder.DayMonthYear, false, zone).TryParse(bytes, out _) || new WrittenDate(DateOrder.MonthDayYear, false, zone).TryParse(bytes, out _)
            || (options.DatePattern() is { } pattern && pattern.TryParse(bytes, out _));
    }

    private void Recognise(ReaderOptions options, TimeZoneInfo? zone, IReadOnlyDictionary<string, double>? rates)
    {
        SampleRows rows = SampleRows.Of(this);
        string name = Source.Name;
        Separator = (byte)(options.DecimalSeparator ?? RecognisedSeparator(rows));
        DateReading dates = DatesOf(rows, options, zone);
        Dates = dates is YearFirstDate ? null : dates;
        ColumnDoubts.NeedAmount(name, Plan, rows, options);
        ColumnDoubts.NeedDelimiter(name, Plan, this, rows);
        Choice = LineChoice.Of(name, Plan, options, Export, rates, options.Where is null ? [] : rows.ExpressionColumns(Plan, Separator));
        Examples = [.. rows.Rows.Select(ExampleOf).OfType<ExampleRow>().Take(ExamplesShown)];
        ColumnDoubts.Tell(this, rows, options, Findings);
    }

    private ExampleRow? ExampleOf(string[] fields)
    {
        byte[] Bytes(int column) => column < 0 ? [] : Encoding.UTF8.GetBytes(fields[column].Trim());
        bool IsNumber(int column, out double number) => WrittenNumber.TryParse(Bytes(column), Separator, out number, out _);
        int amount = Plan[ColumnRole.Amount];
        double money = 0, times = 1, less = 0;
        if (!(Dates ?? YearFirstDate.Instance).TryParse(Bytes(Plan[ColumnRole.Date]), out int day) || (amount >= 0 && !IsNumber(amount, out money)) || (Plan.AmountFactor >= 0 && !IsNumber(Plan.AmountFactor, out times)))
            return null;
        if (Plan.AmountLess >= 0 && !IsNumber(Plan.AmountLess, out less))
            less = 0;
        return new ExampleRow(fields[Plan[ColumnRole.Customer]].Trim(), DateOnly.FromDayNumber(day), amount < 0 ? null : money * times - Math.Abs(less), Plan[ColumnRole.Order] is var order and >= 0 ? fields[order].Trim() : null);
    }

    private char RecognisedSeparator(SampleRows rows)
    {
        List<(string, IReadOnlyList<string>)> numbers = [];
        foreach (int column in NumericColumns().Where(column => column >= 0))
            numbers.Add((Plan.Names[column], [.. rows.Values(column).Select(Encoding.UTF8.GetString)]));
        return NumberRecognition.Separator(Source.Name, numbers, Findings);
    }

    private IEnumerable<int> NumericColumns() =>
        [Plan[ColumnRole.Amount], Plan.AmountFactor, Plan.AmountLess, Plan[ColumnRole.Quantity], Plan[ColumnRole.Discount], Plan[ColumnRole.UnitCost], Plan[ColumnRole.Margin]];

    private DateReading DatesOf(SampleRows rows, ReaderOptions options, TimeZoneInfo? zone)
    {
        int column = Plan[ColumnRole.Date];
        IReadOnlyList<byte[]> sample = rows.Values(column);
        if (options.DateFormat is { } format)
        {
            if (DateRecognition.ByName(format, zone) is { } named)
                return named;
            DateReading asked = new FormattedDate(options.DatePattern()!);
            // The order that the format names, however the parts are separated and padded, where the format itself does not fit.
            DateOrder order = format.IndexOfAny(['y', 'Y']) is var year && year < format.IndexOf('d', StringComparison.OrdinalIgnoreCase) ? DateOrder.YearMonthDay
                : format.IndexOfAny(['d', 'D']) < format.IndexOfAny(['M', 'm']) ? DateOrder.DayMonthYear : DateOrder.MonthDayYear;
            WrittenDate loose = new(order, shortYear: !options.DatePattern()!.HasLongYear, zone);
            return sample.Count(value => loose.TryParse(value, out _)) > sample.Count(value => asked.TryParse(value, out _)) ? loose : asked;
        }
        return new DateRecognition(Source.Name, Plan.Names[column], zone).Choose(sample, options.LatestDay, () => Sample.IsWhole ? sample : SampleRows.AllValues(this, column), Findings);
    }
}
