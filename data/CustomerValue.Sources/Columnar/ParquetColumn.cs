using System.Runtime.CompilerServices;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Sources;
using ParquetSharp;

namespace CustomerValue.Sources.Columnar;

/// <summary>One column of a row group, read from the library's own memory into arrays that are used again for each batch.</summary>
internal abstract class ParquetColumn : IDisposable
{
    /// <summary>The next rows; they hold until the next are read.</summary>
    public abstract BatchColumn Read(int rows);

    public abstract void Dispose();

    /// <summary>Whether a column has one of the usual types, which this reads without a way through Arrow arrays.</summary>
    public static bool Takes(ColumnDescriptor column)
    {
        if (column.MaxRepetitionLevel > 0 || column.MaxDefinitionLevel > 1)
            return false;
        using LogicalType type = column.LogicalType;
        return (column.PhysicalType, type) switch
        {
            (PhysicalType.ByteArray, StringLogicalType) => true,
            (PhysicalType.Int32, DateLogicalType) or (PhysicalType.Int64, TimestampLogicalType) => true,
            (PhysicalType.Int32 or PhysicalType.Int64, NoneLogicalType or DecimalLogicalType) => true,
            (PhysicalType.Int32 or PhysicalType.Int64, IntLogicalType { IsSigned: true }) => true,
            (PhysicalType.Double or PhysicalType.Float, NoneLogicalType) => true,
            _ => false,
        };
    }

    /// <summary>A column that <see cref="Takes"/>.</summary>
    public static ParquetColumn Of(ColumnReader reader, int mostRows)
    {
        ColumnDescriptor column = reader.ColumnDescriptor;
        bool optional = column.MaxDefinitionLevel > 0;
        using LogicalType type = column.LogicalType;
        return (reader, type) switch
        {
            (ColumnReader<ByteArray> texts, _) => new ParquetTexts(texts, mostRows, optional),
            (ColumnReader<int> days, DateLogicalType) => new ParquetDays(days, mostRows, optional),
            (ColumnReader<long> moments, TimestampLogicalType moment) => new ParquetMoments(moments, mostRows, optional, moment),
            (ColumnReader<int> scaled, DecimalLogicalType number) => new ParquetNumbers<int>(scaled, mostRows, optional, number.Scale),
            (ColumnReader<long> scaled, DecimalLogicalType number) => new ParquetNumbers<long>(scaled, mostRows, optional, number.Scale),
            (ColumnReader<int> whole, _) => new ParquetIntegers<int>(whole, mostRows, optional),
            (ColumnReader<long> whole, _) => new ParquetIntegers<long>(whole, mostRows, optional),
            (ColumnReader<float> numbers, _) => new ParquetNumbers<float>(numbers, mostRows, optional, 0),
            (ColumnReader<double> numbers, _) => new ParquetNumbers<double>(numbers, mostRows, optional, 0),
            _ => throw new ArgumentException($"Column '{column.Name}' of type {column.PhysicalType} is not read this way.", nameof(reader)),
        };
    }
}

/// <summary>Reads values page by page: where none is missing as they stand, otherwise one by one.</summary>
/// <typeparam name="T">What the file holds.</typeparam>
internal abstract class ParquetColumn<T>(ColumnReader<T> reader, int mostRows, bool optional) : ParquetColumn where T : unmanaged
{
    private readonly T[] _values = GC.AllocateUninitializedArray<T>(mostRows);
    private readonly short[] _levels = optional ? new short[mostRows] : [];

    /// <exception cref="BadDataException">The column ends before its row group does.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override BatchColumn Read(int rows)
    {
        Begin(rows);
        for (int row = 0; row < rows;)
        {
            int read = (int)reader.ReadBatch(rows - row, _levels.AsSpan(0, optional ? rows - row : 0), default, _values.AsSpan(0, rows - row), out long present);
            if (read == 0)
                throw new BadDataException($"column '{reader.ColumnDescriptor.Name}': found fewer values than its row group has rows, expected a whole Parquet file; write it again.");
            if (present == read)
                Take(row, _values.AsSpan(0, read));
            else
                TakeSome(row, _levels.AsSpan(0, read));
            row += read;
        }
        return End(rows);
    }

    public sealed override void Dispose() => reader.Dispose();

    /// <summary>Makes room for so many rows.</summary>
    protected abstract void Begin(int rows);

    /// <summary>Takes the values of rows one behind the other.</summary>
    protected abstract void Take(int row, ReadOnlySpan<T> values);

    /// <summary>Marks a row without a value.</summary>
    protected abstract void TakeNone(int row);

    protected abstract BatchColumn End(int rows);

    private void TakeSome(int row, ReadOnlySpan<short> levels)
    {
        for (int at = 0, value = 0; at < levels.Length; at++)
            if (levels[at] > 0)
                Take(row + at, _values.AsSpan(value++, 1));
            else
                TakeNone(row + at);
    }

    /// <summary>An array of just so many, the same one as before where it fits.</summary>
    protected static void Fit<TValue>(ref TValue[] array, int rows)
    {
        if (array.Length != rows)
            array = GC.AllocateUninitializedArray<TValue>(rows);
    }
}
