using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CustomerValue.Data.Transactions.Sources;
using ParquetSharp;

namespace CustomerValue.Sources.Columnar;

/// <summary>Days since 1970-01-01.</summary>
internal sealed class ParquetDays(ColumnReader<int> reader, int mostRows, bool optional) : ParquetColumn<int>(reader, mostRows, optional)
{
    private const long SecondsADay = 86_400;

    private long[] _seconds = [];

    protected override void Begin(int rows) => Fit(ref _seconds, rows);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Take(int row, ReadOnlySpan<int> values)
    {
        Span<long> seconds = _seconds.AsSpan(row, values.Length);
        for (int at = 0; at < seconds.Length; at++)
            seconds[at] = values[at] * SecondsADay;
    }

    protected override void TakeNone(int row) => _seconds[row] = long.MinValue;

    protected override BatchColumn End(int rows) => new MomentColumn(_seconds, isUtc: false);
}

/// <summary>Moments in milliseconds, microseconds or nanoseconds.</summary>
internal sealed class ParquetMoments(ColumnReader<long> reader, int mostRows, bool optional, TimestampLogicalType type) : ParquetColumn<long>(reader, mostRows, optional)
{
    private const long MillisecondsASecond = 1_000, MicrosecondsASecond = 1_000_000, NanosecondsASecond = 1_000_000_000;

    private readonly long _units = type.TimeUnit switch { ParquetSharp.TimeUnit.Millis => MillisecondsASecond, ParquetSharp.TimeUnit.Micros => MicrosecondsASecond, _ => NanosecondsASecond };
    private readonly bool _isUtc = type.IsAdjustedToUtc;
    private long[] _seconds = [];

    protected override void Begin(int rows) => Fit(ref _seconds, rows);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Take(int row, ReadOnlySpan<long> values)
    {
        Span<long> seconds = _seconds.AsSpan(row, values.Length);
        for (int at = 0; at < seconds.Length; at++)
            seconds[at] = ArrowColumns.Floor(values[at], _units);
    }

    protected override void TakeNone(int row) => _seconds[row] = long.MinValue;

    protected override BatchColumn End(int rows) => new MomentColumn(_seconds, _isUtc);
}

/// <summary>Whole numbers.</summary>
internal sealed class ParquetIntegers<T>(ColumnReader<T> reader, int mostRows, bool optional) : ParquetColumn<T>(reader, mostRows, optional) where T : unmanaged, IBinaryInteger<T>
{
    private long[] _numbers = [];
    private bool[] _missing = [];
    private bool _anyMissing;

    protected override void Begin(int rows)
    {
        Fit(ref _numbers, rows);
        _anyMissing = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Take(int row, ReadOnlySpan<T> values)
    {
        Span<long> numbers = _numbers.AsSpan(row, values.Length);
        for (int at = 0; at < numbers.Length; at++)
            numbers[at] = long.CreateTruncating(values[at]);
    }

    protected override void TakeNone(int row)
    {
        if (!_anyMissing)
        {
            Fit(ref _missing, _numbers.Length);
            Array.Clear(_missing);
            _anyMissing = true;
        }
        (_numbers[row], _missing[row]) = (0, true);
    }

    protected override BatchColumn End(int rows) => new IntegerColumn(_numbers, _anyMissing ? _missing : []);
}

/// <summary>Numbers: floating ones as they are, decimals as whole numbers over a power of ten.</summary>
internal sealed class ParquetNumbers<T>(ColumnReader<T> reader, int mostRows, bool optional, int scale) : ParquetColumn<T>(reader, mostRows, optional) where T : unmanaged, INumber<T>
{
    /// <summary>Up to here whole numbers and powers of ten are exact, and one division rounds correctly.</summary>
    private const long Exact = 1L << 53;

    private const int ExactScale = 22;

    private readonly double _unit = double.Parse($"1e{scale}", System.Globalization.CultureInfo.InvariantCulture);
    private double[] _numbers = [];

    protected override void Begin(int rows) => Fit(ref _numbers, rows);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Take(int row, ReadOnlySpan<T> values)
    {
        Span<double> numbers = _numbers.AsSpan(row, values.Length);
        if (typeof(T) == typeof(double))
        {
            MemoryMarshal.Cast<T, double>(values).CopyTo(numbers);
            return;
        }
        for (int at = 0; at < numbers.Length; at++)
            numbers[at] = scale == 0 ? double.CreateTruncating(values[at]) : Scaled(long.CreateTruncating(values[at]));
    }

    protected override void TakeNone(int row) => _numbers[row] = double.NaN;

    protected override BatchColumn End(int rows) => new NumberColumn(_numbers);

    private double Scaled(long unscaled) => unscaled is <= Exact and >= -Exact && scale <= ExactScale
        ? unscaled / _unit
        : double.Parse(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{unscaled}e-{scale}"), System.Globalization.CultureInfo.InvariantCulture);
}
