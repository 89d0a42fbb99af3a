namespace CustomerValue.Boosting;

/// <summary>Histograms lent to open leaves and given back; never more than the memory budget allows.</summary>
internal sealed class HistogramPool : IDisposable
{
    /// <summary>Beyond this, open leaves go without a kept histogram and both children are counted afresh.</summary>
    private const long Budget = 1L << 30;

    private readonly Stack<AlignedBuffer<long>> free = new();
    private readonly List<AlignedBuffer<long>> all = [];
    private readonly long length;
    private readonly long most;
    private AlignedBuffer<long>? spare;

    public HistogramPool(int features)
    {
        length = (long)features * HistogramKernel.FeatureStride;
        most = Math.Max(3, Budget / (length * sizeof(long)));
    }

    /// <summary>A histogram with any content, or null where the budget is spent.</summary>
    public AlignedBuffer<long>? Lend()
    {
        if (free.TryPop(out AlignedBuffer<long>? histogram))
            return histogram;
        if (all.Count >= most)
            return null;
        histogram = new(length);
        all.Add(histogram);
        return histogram;
    }

    public void GiveBack(AlignedBuffer<long>? histogram)
    {
        if (histogram is not null)
            free.Push(histogram);
    }

    /// <summary>The one histogram that is never kept, for searches while the budget is spent.</summary>
    public AlignedBuffer<long> Overdraft => spare ??= new(length);

    public void Dispose()
    {
        spare?.Dispose();
        foreach (AlignedBuffer<long> histogram in all)
            histogram.Dispose();
    }
}
