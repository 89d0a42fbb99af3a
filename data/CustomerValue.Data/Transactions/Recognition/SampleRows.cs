using System.Text;
using CustomerValue.Data.Expressions;
using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>The sampled lines of a text that have as many fields as the table has columns.</summary>
internal sealed class SampleRows
{
    private const int MostRows = 4_000, MostValues = 20_000_000;

    private readonly List<string[]> _rows = [];

    private SampleRows()
    {
    }

    /// <summary>Lines with another number of fields.</summary>
    public Dictionary<int, int> OtherCounts { get; } = [];

    /// <summary>Lines looked at.</summary>
    public int Count => _rows.Count;

    /// <summary>The fields of the lines.</summary>
    public IReadOnlyList<string[]> Rows => _rows;

    public static SampleRows Of(FileLayout layout)
    {
        SampleRows sample = new();
        sample.Take(layout.Sample.Start.AsSpan(layout.DataStart), layout, MostRows / 2, layout.Sample.IsWhole);
        for (int i = 0; i < layout.Sample.Others.Length; i++)
        {
            ReadOnlySpan<byte> piece = layout.Sample.Others[i];
            int line = piece.IndexOf((byte)'\n') + 1;
            sample.Take(piece[line..], layout, MostRows / 4, whole: i == layout.Sample.Others.Length - 1);
        }
        return sample;
    }

    /// <summary>Values of a column that hold something, in the order of the file, without blanks around them.</summary>
    public IReadOnlyList<byte[]> Values(int column) =>
        [.. _rows.Select(row => row[column].Trim()).Where(value => value.Length > 0).Select(Encoding.UTF8.GetBytes)];

    /// <summary>The columns that a condition may name: numbers where all sampled values are.</summary>
    public IReadOnlyList<ExpressionColumn> ExpressionColumns(ColumnPlan plan, byte separator) =>
        [.. plan.Names.Distinct(StringComparer.Ordinal).Select(name =>
        {
            IReadOnlyList<byte[]> values = Values(Array.IndexOf(plan.Names, name));
            bool numbers = values.Count > 0 && values.All(value => WrittenNumber.TryParse(value, separator, out _, out _));
            return new ExpressionColumn(name, numbers ? ExpressionKind.Number : ExpressionKind.Text);
        })];

    /// <summary>The values of one column in all lines of the text.</summary>
    public static IReadOnlyList<byte[]> AllValues(FileLayout layout, int column)
    {
        List<byte[]> values = [];
        using InputFile file = InputFile.Open(layout.Source, layout.Sample, layout.DataStart);
        BlockSource source = new(file, [], layout.Delimiter, new ReaderOptions());
        Block block = new();
        while (values.Count < MostValues && source.Next(block))
        {
            if (block.Kind != BlockKind.Records)
                continue;
            foreach (string[] fields in Records(block.Text.ToArray(), layout.Delimiter))
                if (fields.Length == layout.Plan.Names.Length && fields[column].Trim() is { Length: > 0 } value)
                    values.Add(Encoding.UTF8.GetBytes(value));
        }
        return values;
    }

    private static IEnumerable<string[]> Records(byte[] text, byte delimiter)
    {
        for (int at = 0; at < text.Length;)
        {
            int length = RecordBoundary.FirstRecord(text.AsSpan(at), delimiter);
            if (length == 0)
                yield break;
            yield return FieldText.Split(text.AsSpan(at, length), delimiter);
            at += length;
        }
    }

    private void Take(ReadOnlySpan<byte> text, FileLayout layout, int most, bool whole)
    {
        int columns = layout.Plan.Names.Length, date = layout.Plan[ColumnRole.Date];
        for (int taken = 0; taken < most && !text.IsEmpty; taken++)
        {
            int line = text.IndexOf((byte)'\n') + 1;
            int length = line > 0 && text[..line].IndexOf((byte)'"') < 0 ? line : RecordBoundary.FirstRecord(text, layout.Delimiter);
            if (length == 0 && !whole)
                return;
            ReadOnlySpan<byte> record = length == 0 ? text : text[..length];
            text = text[record.Length..];
            if (record.Trim(" \t\r\n"u8).IsEmpty)
                continue;
            string[] fields = FieldText.Split(record, layout.Delimiter);
            if (fields.Length != columns)
                OtherCounts[fields.Length] = OtherCounts.GetValueOrDefault(fields.Length) + 1;
            // Repeated headers and total lines say nothing about the notation.
            else if (fields[date].Trim() is { Length: > 0 } value && value != layout.Plan.Names[date])
                _rows.Add(fields);
        }
    }
}
