using System.Runtime.InteropServices;

namespace CustomerValue.Boosting;

/// <summary>Cuts a numeric column into bins of about equal weight; a value of its own where the column has few distinct values.</summary>
/// <remarks>Only the order of the values and their weights matter, so that a monotone map of the column moves the cuts and nothing else.
/// Values are sorted exactly by three radix passes over their bits.</remarks>
internal sealed class QuantileCuts
{
    private const int Digits = 3, DigitBits = 11, Radix = 1 << DigitBits;

    /// <summary>The smaller part of a length divided by the golden section, (3 - sqrt 5) / 2.</summary>
    private const double GoldenSection = 0.38196601125010515;

    /// <summary>Most distinct values that are listed without sorting; a search for this many is still one instruction a few rows.</summary>
    private const int Few = 5;

    private readonly int _rows;
    private readonly int[] _counts = new int[Digits * Radix];
    private uint[] _keys = [];
    private uint[] _spareKeys = [];
    private uint[] _weights = [];
    private uint[] _spareWeights = [];

    /// <summary>Working memory for columns of at most <paramref name="rows"/> rows, taken once a column needs it.</summary>
    public QuantileCuts(int rows) => _rows = rows;

    /// <summary>The cuts, ascending; none for a column that is constant or all missing.</summary>
    /// <param name="column">Values; NaN is left out.</param>
    /// <param name="rowWeights">Whole-number weights, so that sums do not depend on order; empty for 1 each.</param>
    /// <param name="maxBins">Most bins.</param>
    public float[] Compute(ReadOnlySpan<float> column, ReadOnlySpan<uint> rowWeights, int maxBins)
    {
        if (FewValues(column) is { } few && few.Length <= maxBins)
            return BetweenAll(few);
        int count = Load(column, rowWeights);
        (uint[] sorted, uint[] sortedWeights) = Sort(count, !rowWeights.IsEmpty);
        int distinct = 0;
        long total = 0;
        for (int i = 0; i < count; i++)
        {
            distinct += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
            total += rowWeights.IsEmpty ? 1 : sortedWeights[i];
        }
        return Cut(sorted.AsSpan(0, count), rowWeights.IsEmpty ? [] : sortedWeights.AsSpan(0, count), distinct, total, maxBins);
    }

    /// <summary>The distinct values of a column that has few, as a flag has, sorted; null where there are more.</summary>
    private static uint[]? FewValues(ReadOnlySpan<float> column)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(column);
        Span<uint> known = stackalloc uint[Few];
        int count = 0;
        for (int next; (next = bits.IndexOfAnyExcept(known[..count])) >= 0; bits = bits[next..])
        {
            if (count == Few)
                return null;
            known[count++] = bits[next];
        }
        HashSet<uint> keys = [];
        foreach (uint value in known[..count])
            if (BitConverter.UInt32BitsToSingle(value) is var number && !float.IsNaN(number))
                keys.Add(ToKey(number));
        return [.. keys.Order()];
    }

    private static float[] BetweenAll(uint[] values)
    {
        float[] cuts = new float[Math.Max(0, values.Length - 1)];
        for (int i = 0; i < cuts.Length; i++)
            cuts[i] = Between(ToValue(values[i]), ToValue(values[i + 1]));
        return cuts;
    }

    private static float[] Cut(ReadOnlySpan<uint> sorted, ReadOnlySpan<uint> weights, int distinct, long total, int maxBins)
    {
        List<float> cuts = [];
        bool ownBins = distinct <= maxBins;
        long inBin = 0, left = total;
        (int next, long weight) = Run(sorted, weights, 0);
        for (int from = 0; next < sorted.Length && cuts.Count < maxBins - 1;)
        {
            inBin += weight;
            uint value = sorted[from];
            from = next;
            (next, weight) = Run(sorted, weights, from);
            int binsLeft = maxBins - cuts.Count;
            // Close the bin where its weight comes nearest to an equal share of what is left.
            if (!ownBins && (2 * inBin + weight) * binsLeft <= 2 * left)
                continue;
            cuts.Add(Between(ToValue(value), ToValue(sorted[from])));
            left -= inBin;
            inBin = 0;
        }
        return [.. cuts];
    }

    /// <summary>Where the rows of one value end, and their weight.</summary>
    private static (int Behind, long Weight) Run(ReadOnlySpan<uint> sorted, ReadOnlySpan<uint> weights, int from)
    {
        long weight = 0;
        int at = from;
        for (; at < sorted.Length && sorted[at] == sorted[from]; at++)
            weight += weights.IsEmpty ? 1 : weights[at];
        return (at, weight);
    }

    /// <summary>A threshold t with lower &lt; t &lt;= upper: at the golden section where floats allow.</summary>
    /// <remarks>Not the middle: the middle of two prices is itself a price, and on which side of the cut it falls would hang on how its currency rounds.</remarks>
    private static float Between(float lower, float upper)
    {
        float cut = (float)((double)lower + ((double)upper - lower) * GoldenSection);
        return cut > lower && cut <= upper ? cut : upper;
    }

    private int Load(ReadOnlySpan<float> column, ReadOnlySpan<uint> rowWeights)
    {
        if (_keys.Length == 0)
            (_keys, _spareKeys) = (new uint[_rows], new uint[_rows]);
        if (!rowWeights.IsEmpty && _weights.Length == 0)
            (_weights, _spareWeights) = (new uint[_rows], new uint[_rows]);
        Array.Clear(_counts);
        int count = 0;
        for (int row = 0; row < column.Length; row++)
        {
            if (float.IsNaN(column[row]))
                continue;
            uint key = ToKey(column[row]);
            _keys[count] = key;
            if (!rowWeights.IsEmpty)
                _weights[count] = rowWeights[row];
            count++;
            _counts[key & (Radix - 1)]++;
            _counts[Radix + ((key >> DigitBits) & (Radix - 1))]++;
            _counts[2 * Radix + (key >> (2 * DigitBits))]++;
        }
        return count;
    }

    private (uint[] Keys, uint[] Weights) Sort(int count, bool weighted)
    {
        (uint[] from, uint[] to) = (_keys, _spareKeys);
        (uint[] fromWeights, uint[] toWeights) = (_weights, _spareWeights);
        for (int digit = 0; digit < Digits; digit++)
        {
            Span<int> places = _counts.AsSpan(digit * Radix, Radix);
            int shift = digit * DigitBits, place = 0;
            for (int value = 0; value < Radix; value++)
                (places[value], place) = (place, place + places[value]);
            for (int i = 0; i < count; i++)
            {
                uint key = from[i];
                int target = places[(int)((key >> shift) & (Radix - 1))]++;
                to[target] = key;
                if (weighted)
                    toWeights[target] = fromWeights[i];
            }
            (from, to) = (to, from);
            (fromWeights, toWeights) = (toWeights, fromWeights);
        }
        return (from, fromWeights);
    }

    /// <summary>Bits that sort as the floats do; minus zero becomes zero.</summary>
    private static uint ToKey(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value + 0f);
        return (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
    }

    private static float ToValue(uint key) =>
        BitConverter.UInt32BitsToSingle((key & 0x8000_0000) != 0 ? key & 0x7FFF_FFFF : ~key);
}
