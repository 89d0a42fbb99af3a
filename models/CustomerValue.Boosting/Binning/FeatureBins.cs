namespace CustomerValue.Boosting;

/// <summary>How one feature's values fall into bins 0 to <see cref="Count"/> - 1, with one more bin, <see cref="Missing"/>, for missing values.</summary>
internal sealed class FeatureBins
{
    private const int SearchWidth = 256;

    private readonly float[] _padded = [];
    private readonly byte[] _levelBins = [];

    /// <summary>Numeric: bin b holds values from <c>cuts[b - 1]</c> up to, not including, <c>cuts[b]</c>; a split after bin b asks <c>value &lt; cuts[b]</c>.</summary>
    public FeatureBins(float[] cuts)
    {
        Cuts = cuts;
        Count = cuts.Length + 1;
        _padded = new float[SearchWidth];
        Array.Fill(_padded, float.PositiveInfinity);
        cuts.CopyTo(_padded, 0);
    }

    /// <summary>Categorical: each level's bin.</summary>
    public FeatureBins(byte[] levelBins, int count)
    {
        IsCategorical = true;
        _levelBins = levelBins;
        Count = count;
    }

    public bool IsCategorical { get; }

    public float[] Cuts { get; } = [];

    /// <summary>Each level's bin; empty for a numeric feature.</summary>
    public byte[] LevelBins => _levelBins;

    public int Count { get; }

    public int Missing => Count;

    public void Encode(ReadOnlySpan<float> values, Span<byte> bins)
    {
        if (IsCategorical)
            EncodeLevels(values, bins);
        else
            EncodeNumbers(values, bins);
    }

    private void EncodeLevels(ReadOnlySpan<float> values, Span<byte> bins)
    {
        for (int row = 0; row < values.Length; row++)
            bins[row] = values[row] >= 0 && values[row] < _levelBins.Length ? _levelBins[(int)values[row]] : (byte)Missing;
    }

    /// <summary>Counts the cuts at or below each value by halving, without branches: eight steps over one kilobyte.</summary>
    private unsafe void EncodeNumbers(ReadOnlySpan<float> values, Span<byte> bins)
    {
        int last = Count - 1, missing = Missing;
        int first = 1;
        while (first < Count)
            first <<= 1;
        fixed (float* cuts = _padded)
        {
            for (int row = 0; row < values.Length; row++)
            {
                float value = values[row];
                int bin = 0;
                for (int step = first >> 1; step > 0; step >>= 1)
                    bin += cuts[bin + step - 1] <= value ? step : 0;
                bin = Math.Min(bin, last);
                bins[row] = (byte)(float.IsNaN(value) ? missing : bin);
            }
        }
    }
}
