namespace CustomerValue.Data.Transactions.Reading;

/// <summary>How many rows lie on each day.</summary>
internal sealed class RowsByDay
{
    private readonly long[] _rows;

    private RowsByDay(int first, int last, long[] rows) => (First, Last, _rows) = (first, last, rows);

    /// <summary>First day of everyone, as <see cref="DateOnly.DayNumber"/>.</summary>
    public int First { get; }

    /// <summary>Last day of everyone.</summary>
    public int Last { get; }

    /// <summary>Rows from the first day to the last; none where there are more days than a log can span.</summary>
    public ReadOnlySpan<long> Rows => _rows;

    /// <summary>Counts rows that are held and no duplicates.</summary>
    public static RowsByDay Of(List<RowChunk> chunks, int threads, CancellationToken cancellation)
    {
        int first = chunks.Min(chunk => chunk.FirstDay), last = chunks.Max(chunk => chunk.LastDay), days = last - first + 1;
        if (days > ushort.MaxValue + 1)
            return new(first, last, []);
        int[]?[] counts = new int[threads][];
        Workers.Share(threads, chunks.Count, cancellation, (worker, index) =>
        {
            int[] mine = counts[worker] ??= new int[days];
            RowChunk chunk = chunks[index];
            for (int row = 0; row < chunk.Count; row++)
                if (chunk.Customers[row] >= 0)
                    mine[chunk.Days[row] - first]++;
        });
        long[] rows = new long[days];
        foreach (int[]? part in counts)
            for (int day = 0; day < days && part is not null; day++)
                rows[day] += part[day];
        return new(first, last, rows);
    }

    /// <summary>With rows that are not held.</summary>
    public RowsByDay And(IEnumerable<OtherCustomers> others)
    {
        long[] rows = [.. _rows];
        foreach (OtherCustomers other in others)
            for (int day = 0; day < rows.Length && other.Count > 0; day++)
                rows[day] += other[First + day];
        return new(First, Last, rows);
    }

    /// <summary>With the rows of another share of the same files.</summary>
    public RowsByDay And(RowsByDay other) => new(First, Last, [.. _rows.Zip(other._rows, (here, there) => here + there)]);

    /// <summary>Whether more than so many days without a row follow one another.</summary>
    public bool HasGap(int days)
    {
        int seen = 0;
        for (int day = 0; day < _rows.Length; day++)
            if (_rows[day] > 0)
            {
                if (day - seen > days)
                    return true;
                seen = day;
            }
        return false;
    }
}
