namespace CustomerValue.Boosting;

/// <summary>A table binned once for several boosters, which may learn from it at the same time.</summary>
public sealed class BinnedData : IDisposable
{
    private BinnedData(BoostingData data, int maxBins, BinMapper mapper, BinnedMatrix matrix)
    {
        Data = data;
        MaxBins = maxBins;
        Mapper = mapper;
        Matrix = matrix;
    }

    /// <summary>The table.</summary>
    public BoostingData Data { get; }

    /// <summary>Most bins a feature, beside the one for missing values.</summary>
    public int MaxBins { get; }

    internal BinMapper Mapper { get; }

    /// <summary>Which columns cannot be learnt from; looked for once, however many boosters learn.</summary>
    internal IReadOnlyList<string> Infinite => LazyInitializer.EnsureInitialized(ref _infinite, () => ValueCheck.Infinite(Data, "training"));

    private IReadOnlyList<string>? _infinite;

    internal BinnedMatrix Matrix { get; }

    /// <summary>Bins a table by the quantiles of its columns.</summary>
    /// <param name="data">The table, finite or missing.</param>
    /// <param name="maxBins">Most bins a feature, 2 to 255.</param>
    /// <param name="threads">Threads; 0 takes one a processor. The bins do not depend on it.</param>
    /// <param name="like">Another table that was binned, disposed of or not: columns that stand in both need not be binned again. Null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">Too few or too many bins, or negative threads.</exception>
    public static BinnedData Of(BoostingData data, int maxBins = 255, int threads = 0, BinnedData? like = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBins, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxBins, 255);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        using WorkerTeam team = new(threads == 0 ? Environment.ProcessorCount : threads);
        Dictionary<FeatureColumn, int> places = new(ReferenceEqualityComparer.Instance);
        for (int feature = 0; like?.MaxBins == maxBins && feature < like.Data.Columns.Count; feature++)
            places.Add(like.Data.Columns[feature], feature);
        BinMapper mapper = BinMapper.Learn(data, default, maxBins, team, Known(place => like!.Mapper.Features[place]));
        return new BinnedData(data, maxBins, mapper, new BinnedMatrix(data, mapper, team, withTiles: true, Known(place => like!.Matrix.Own(place))));

        T?[] Known<T>(Func<int, T?> of) where T : class => [.. data.Columns.Select(column => places.TryGetValue(column, out int place) ? of(place) : null)];
    }

    /// <summary>Gives the memory back; no booster may be learning from it any more.</summary>
    public void Dispose() => Matrix.Dispose();
}
