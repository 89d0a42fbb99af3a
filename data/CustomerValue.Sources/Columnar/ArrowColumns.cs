using Apache.Arrow;
using Apache.Arrow.Types;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Sources.Columnar;

/// <summary>Arrow arrays as the columns that the reader takes.</summary>
internal static class ArrowColumns
{
    private const int Padding = 64;
    private const long MillisecondsASecond = 1_000, MicrosecondsASecond = 1_000_000, NanosecondsASecond = 1_000_000_000, SecondsADay = 86_400;

    /// <summary>Whether a column can be read at all; lists, structures and the like are passed over.</summary>
    public static bool IsFlat(IArrowType type) => type is StringType or LargeStringType or StringViewType or DictionaryType or BooleanType or NumberType or Decimal128Type or Decimal256Type or Date32Type or Date64Type or TimestampType;

    public static ColumnBatch Batch(RecordBatch batch, IReadOnlyList<int> columns) =>
        new(batch.Length, [.. columns.Select(column => Of(batch.Column(column)))]);

    public static BatchColumn Of(IArrowArray array) => array switch
    {
        DictionaryArray coded => Coded(coded),
        StringArray text => Text(text.Length, text.Values, text.ValueOffsets, text),
        Date32Array days => Moments(days.Length, row => days.GetValue(row) is { } day ? day * SecondsADay : null, isUtc: false),
        Date64Array days => Moments(days.Length, row => days.GetValue(row) is { } moment ? Floor(moment, MillisecondsASecond) : null, isUtc: false),
        TimestampArray moments => Timestamps(moments),
        Int64Array whole when whole.NullCount == 0 => new IntegerColumn(whole.Values.ToArray(), []),
        DoubleArray numbers when numbers.NullCount == 0 => new NumberColumn(numbers.Values.ToArray()),
        FloatArray numbers => Numbers(numbers.Length, row => numbers.GetValue(row)),
        DoubleArray numbers => Numbers(numbers.Length, row => numbers.GetValue(row)),
        Decimal128Array numbers => Numbers(numbers.Length, row => (double?)numbers.GetValue(row)),
        Decimal256Array numbers => Numbers(numbers.Length, row => (double?)numbers.GetValue(row)),
        Int64Array whole => Integers(whole.Length, row => whole.GetValue(row)),
        Int32Array whole => Integers(whole.Length, row => whole.GetValue(row)),
        Int16Array whole => Integers(whole.Length, row => whole.GetValue(row)),
        Int8Array whole => Integers(whole.Length, row => whole.GetValue(row)),
        UInt64Array whole => Integers(whole.Length, row => (long?)whole.GetValue(row)),
        UInt32Array whole => Integers(whole.Length, row => whole.GetValue(row)),
        UInt16Array whole => Integers(whole.Length, row => whole.GetValue(row)),
        UInt8Array whole => Integers(whole.Length, row => whole.GetValue(row)),
        BooleanArray truths => Texts(truths.Length, row => truths.GetValue(row) switch { true => "true", false => "false", null => null }),
        LargeStringArray text => Texts(text.Length, row => text.GetString(row)),
        StringViewArray text => Texts(text.Length, row => text.GetString(row)),
        _ => Texts(array.Length, _ => null),
    };

    private static TextColumn Text(int length, ReadOnlySpan<byte> values, ReadOnlySpan<int> offsets, Apache.Arrow.Array array)
    {
        int start = offsets[0], end = offsets[length];
        byte[] bytes = new byte[end - start + Padding];
        values[start..end].CopyTo(bytes);
        int[] places = new int[length + 1];
        for (int row = 0; row <= length; row++)
            places[row] = offsets[row] - start;
        if (array.NullCount == 0)
            return new TextColumn(bytes, places, []);
        int[] codes = new int[length];
        for (int row = 0; row < length; row++)
            codes[row] = array.IsNull(row) ? -1 : row;
        return new TextColumn(bytes, places, codes);
    }

    private static TextColumn Coded(DictionaryArray array)
    {
        BatchColumn dictionary = Of(array.Dictionary);
        if (dictionary is not TextColumn texts)
            return Texts(array.Length, _ => null);
        int[] codes = new int[array.Length];
        IntegerColumn indices = (IntegerColumn)Of(array.Indices);
        for (int row = 0; row < codes.Length; row++)
            codes[row] = indices.IsMissing(row) ? -1 : (int)indices.Values[row];
        return texts.WithCodes(codes);
    }

    private static MomentColumn Timestamps(TimestampArray array)
    {
        TimestampType type = (TimestampType)array.Data.DataType;
        long units = type.Unit switch { TimeUnit.Second => 1, TimeUnit.Millisecond => MillisecondsASecond, TimeUnit.Microsecond => MicrosecondsASecond, _ => NanosecondsASecond };
        long[] seconds = new long[array.Length];
        ReadOnlySpan<long> values = array.Values;
        bool missing = array.NullCount > 0;
        for (int row = 0; row < seconds.Length; row++)
            seconds[row] = missing && array.IsNull(row) ? long.MinValue : Floor(values[row], units);
        return new MomentColumn(seconds, type.Timezone is not null);
    }

    /// <summary>Whole units below a value, for moments before 1970 too.</summary>
    public static long Floor(long value, long units) => value >= 0 ? value / units : -((-value + units - 1) / units);

    private static MomentColumn Moments(int length, Func<int, long?> value, bool isUtc)
    {
        long[] seconds = new long[length];
        for (int row = 0; row < length; row++)
            seconds[row] = value(row) ?? long.MinValue;
        return new MomentColumn(seconds, isUtc);
    }

    private static NumberColumn Numbers(int length, Func<int, double?> value)
    {
        double[] numbers = new double[length];
        for (int row = 0; row < length; row++)
            numbers[row] = value(row) ?? double.NaN;
        return new NumberColumn(numbers);
    }

    private static IntegerColumn Integers(int length, Func<int, long?> value)
    {
        long[] numbers = new long[length];
        bool[] missing = new bool[length];
        for (int row = 0; row < length; row++)
        {
            long? number = value(row);
            numbers[row] = number ?? 0;
            missing[row] = number is null;
        }
        return new IntegerColumn(numbers, missing);
    }

    private static TextColumn Texts(int length, Func<int, string?> value)
    {
        MemoryStream bytes = new();
        int[] places = new int[length + 1], codes = new int[length];
        for (int row = 0; row < length; row++)
        {
            string? text = value(row);
            codes[row] = text is null ? -1 : row;
            bytes.Write(System.Text.Encoding.UTF8.GetBytes(text ?? ""));
            places[row + 1] = (int)bytes.Length;
        }
        bytes.Write(new byte[Padding]);
        return new TextColumn(bytes.ToArray(), places, codes);
    }
}
