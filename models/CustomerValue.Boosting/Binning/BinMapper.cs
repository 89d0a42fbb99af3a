namespace CustomerValue.Boosting;

/// <summary>The bins of every feature, learnt from training data.</summary>
internal sealed class BinMapper(FeatureBins[] features)
{
    /// <summary>Weights are rounded to whole numbers, this many for the heaviest row, so that their sums do not depend on the order of rows.
    /// Divisible by every number up to 16, so that small whole-number weights keep their proportions exactly.</summary>
    private const double WeightSteps = 720_720;

    public FeatureBins[] Features { get; } = features;

    /// <param name="data">The columns.</param>
    /// <param name="weights">A weight a row, or none.</param>
    /// <param name="maxBins">Most bins a feature.</param>
    /// <param name="team">Who does the work.</param>
    /// <param name="known">The bins of features that are known already, null for others; or null.</param>
    public static BinMapper Learn(BoostingData data, ReadOnlySpan<float> weights, int maxBins, WorkerTeam team, FeatureBins?[]? known = null)
    {
        FeatureBins[] bins = new FeatureBins[data.Columns.Count];
        uint[] whole = Whole(weights);
        QuantileCuts?[] cutters = new QuantileCuts?[team.Size];
        team.Run(bins.Length, (feature, worker) =>
        {
            FeatureColumn column = data.Columns[feature];
            if (known?[feature] is { } bin)
                bins[feature] = bin;
            else if (column.Kind == ColumnKind.Categorical)
                bins[feature] = LevelBins(column, whole, maxBins);
            else
            {
                QuantileCuts cutter = cutters[worker] ??= new(data.RowCount);
                bins[feature] = new(cutter.Compute(column.Values.Span, whole, maxBins));
            }
        });
        return new(bins);
    }

    /// <summary>The largest weight.</summary>
    public static float Heaviest(ReadOnlySpan<float> weights)
    {
        float heaviest = 0;
        foreach (float weight in weights)
            heaviest = Math.Max(heaviest, weight);
        return heaviest;
    }

    private static uint[] Whole(ReadOnlySpan<float> weights)
    {
        uint[] whole = new uint[weights.Length];
        float heaviest = Heaviest(weights);
        for (int row = 0; row < whole.Length; row++)
            whole[row] = (uint)Math.Round(weights[row] / heaviest * WeightSteps);
        return whole;
    }

    /// <summary>A bin a level; where there are more levels than bins, the heaviest get their own and the rest share the last.</summary>
    private static FeatureBins LevelBins(FeatureColumn column, uint[] weights, int maxBins)
    {
        int levels = column.Levels.Count;
        byte[] bins = new byte[levels];
        if (levels <= maxBins)
        {
            for (int level = 0; level < levels; level++)
                bins[level] = (byte)level;
            return new(bins, Math.Max(1, levels));
        }
        long[] mass = new long[levels];
        ReadOnlySpan<float> codes = column.Values.Span;
        for (int row = 0; row < codes.Length; row++)
            if (!float.IsNaN(codes[row]))
                mass[(int)codes[row]] += weights.Length == 0 ? 1 : weights[row];
        int[] order = new int[levels];
        for (int level = 0; level < levels; level++)
            order[level] = level;
        Array.Sort(order, (a, b) => mass[a] != mass[b] ? mass[b].CompareTo(mass[a]) : a.CompareTo(b));
        for (int place = 0; place < levels; place++)
            bins[order[place]] = (byte)Math.Min(place, maxBins - 1);
        return new(bins, maxBins);
    }
}
