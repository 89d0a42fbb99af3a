namespace CustomerValue.Boosting;

/// <summary>Histograms lent to open leaves and given back; never more than the memory budget allows.</summary>
internal sealed class HistogramPool : IDisposable
{
    /// <summary>Beyond this, open leaves go without a kept histogram and both children are counted afresh.</summary>
    private const long Budget = 1L << 30;

    private readonly Stack<AlignedBuffer<long>> _free = new();
    private readonly List<AlignedBuffer<long>> _all = [];
    private readonly long _length;
    private readonly long _most;
    private AlignedBuffer<long>? _spare;

    public HistogramPool(int columns)
    {
        _length = (long)columns * HistogramKernel.ColumnStride;
        _most = Math.Max(3, Budget / (_length * sizeof(long)));
    }

    /// <summary>A histogram with any content, or null where the budget is spent.</summary>
    public AlignedBuffer<long>? Lend()
    {
        if (_free.TryPop(out AlignedBuffer<long>? histogram))
            return histogram;
        if (_all.Count >= _most)
            return null;
        histogram = new(_length);
        _all.Add(histogram);
        return histogram;
    }

    public void GiveBack(AlignedBuffer<long>? histogram)
    {
        if (histogram is not null)
            _free.Push(histogram);
    }

    /// <summary>The one histogram that is never kept, for searches while the budget is spent.</summary>
    public AlignedBuffer<long> Overdraft => _spare ??= new(_length);

    public void Dispose()
    {
        _spare?.Dispose();
        foreach (AlignedBuffer<long> histogram in _all)
            histogram.Dispose();
    }
}
