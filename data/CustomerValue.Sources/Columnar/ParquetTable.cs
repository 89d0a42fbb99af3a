using ParquetSharp;

namespace CustomerValue.Sources;

/// <summary>Writes tables as Parquet files.</summary>
public static class ParquetTable
{
    /// <summary>Writes a file, compressed with Snappy, which every reader knows.</summary>
    /// <param name="stream">Takes the bytes; it is left open.</param>
    /// <param name="columns">Names of the columns and what they hold.</param>
    /// <param name="groups">Row groups: an array a column, all of one length, of the type that <see cref="ParquetColumnKind"/> says.</param>
    /// <exception cref="ArgumentException">An array is of another type.</exception>
    public static void Write(Stream stream, IReadOnlyList<(string Name, ParquetColumnKind Kind)> columns, IEnumerable<IReadOnlyList<Array>> groups)
    {
        Column[] schema = [.. columns.Select(column => column.Kind switch
        {
            ParquetColumnKind.Text => new Column<string?>(column.Name),
            ParquetColumnKind.Number => new Column<float?>(column.Name),
            ParquetColumnKind.Precise => new Column<double?>(column.Name),
            ParquetColumnKind.Whole => new Column<long?>(column.Name),
            ParquetColumnKind.Day => new Column<Date?>(column.Name),
            ParquetColumnKind.Texts => new Column<string[]>(column.Name),
            ParquetColumnKind.Flag => (Column)new Column<bool>(column.Name),
            _ => new Column<DateTime>(column.Name, LogicalType.Timestamp(isAdjustedToUtc: false, TimeUnit.Millis)),
        })];
        using ParquetSharp.IO.ManagedOutputStream output = new(stream, leaveOpen: true);
        using ParquetFileWriter writer = new(output, schema, Compression.Snappy);
        foreach (IReadOnlyList<Array> group in groups)
        {
            using RowGroupWriter rows = writer.AppendRowGroup();
            for (int c = 0; c < columns.Count; c++)
                switch (columns[c].Kind, group[c])
                {
                    case (ParquetColumnKind.Text, string?[] values):
                        Write(rows, values);
                        break;
                    case (ParquetColumnKind.Number, float?[] values):
                        Write(rows, values);
                        break;
                    case (ParquetColumnKind.Precise, double?[] values):
                        Write(rows, values);
                        break;
                    case (ParquetColumnKind.Whole, long?[] values):
                        Write(rows, values);
                        break;
                    case (ParquetColumnKind.Day, DateOnly?[] values):
                        Write(rows, Array.ConvertAll(values, day => day is { } known ? new Date(known.Year, known.Month, known.Day) : (Date?)null));
                        break;
                    case (ParquetColumnKind.Texts, string[][] values):
                        Write(rows, values);
                        break;
                    case (ParquetColumnKind.Flag, bool[] values):
                        Write(rows, values);
                        break;
                    case (ParquetColumnKind.Moment, DateTime[] values):
                        Write(rows, values);
                        break;
                    default:
                        throw new ArgumentException($"Column {columns[c].Name}: found {group[c].GetType().Name}, expected the array of a {columns[c].Kind}.", nameof(groups));
                }
        }
        writer.Close();
    }

    private static void Write<T>(RowGroupWriter rows, T[] values)
    {
        using LogicalColumnWriter<T> column = rows.NextColumn().LogicalWriter<T>();
        column.WriteBatch(values);
    }
}

/// <summary>What a column of a Parquet file holds.</summary>
public enum ParquetColumnKind
{
    /// <summary>Text or null: <c>string?[]</c>.</summary>
    Text,

    /// <summary>Numbers of single precision or null: <c>float?[]</c>.</summary>
    Number,

    /// <summary>Numbers of double precision or null: <c>double?[]</c>.</summary>
    Precise,

    /// <summary>Whole numbers or null: <c>long?[]</c>.</summary>
    Whole,

    /// <summary>Days or null: <c>DateOnly?[]</c>.</summary>
    Day,

    /// <summary>Lists of texts: <c>string[][]</c>.</summary>
    Texts,

    /// <summary>Yes or no: <c>bool[]</c>.</summary>
    Flag,

    /// <summary>Moments without a zone: <c>DateTime[]</c>.</summary>
    Moment,
}
