using System.Runtime.CompilerServices;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Puts the rows of one bucket of customers in their final place, sorted by customer, day and line, and counts them. One a thread.</summary>
internal sealed class BucketAssembler
{
    private readonly RowChunk[] _chunks;
    private readonly TransactionColumns _columns;
    private readonly int[] _offsets;
    private readonly int _firstDay, _bucketShift;
    private readonly int[] _next;
    private readonly CustomerSorter _sorter;
    private readonly CustomerCounter _counter;
    private ulong[] _orderIds = [];
    private int[] _places = [];

    public BucketAssembler(RowChunk[] chunks, TransactionColumns columns, int[] offsets, int firstDay, int bucketShift)
    {
        (_chunks, _columns, _offsets, _firstDay, _bucketShift) = (chunks, columns, offsets, firstDay, bucketShift);
        _next = new int[1 << bucketShift];
        _sorter = new CustomerSorter(columns);
        _counter = new CustomerCounter(columns);
    }

    /// <summary>Money of what this thread filled in.</summary>
    public (ExactSum Purchases, ExactSum Returns) Money => (_counter.Purchases, _counter.Returns);

    /// <summary>Fills the rows from <paramref name="start"/> to before <paramref name="end"/> and the offsets of the bucket's customers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LogCounts Fill(int bucket, int start, int end)
    {
        int first = bucket << _bucketShift, customers = Math.Min(_next.Length, _offsets.Length - 1 - first);
        Place(bucket, first, start);
        if (_columns.Orders.Length > 0 && _orderIds.Length < end - start)
            _orderIds = new ulong[Math.Max(end - start, 2 * _orderIds.Length)];
        foreach (RowChunk chunk in _chunks)
            Scatter(chunk, bucket, first, start);

        LogCounts counts = default;
        for (int customer = first; customer < first + customers; customer++)
        {
            int rowEnd = _next[customer - first];
            Span<ulong> orders = _columns.Orders.Length > 0 ? _orderIds.AsSpan(_offsets[customer] - start, rowEnd - _offsets[customer]) : [];
            _sorter.Sort(_offsets[customer], rowEnd, orders);
            _counter.Count(_offsets[customer], rowEnd, orders, ref counts);
        }
        return counts;
    }

    /// <summary>Counts the rows of each customer and gives each its first row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(int bucket, int first, int start)
    {
        Array.Clear(_next);
        foreach (RowChunk chunk in _chunks)
            foreach (int customer in RowsOf(chunk, chunk.Customers, bucket))
                _next[customer - first]++;
        for (int customer = 0, row = start; customer < _next.Length && first + customer < _offsets.Length - 1; customer++)
        {
            _offsets[first + customer] = row;
            int count = _next[customer];
            _next[customer] = row;
            row += count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scatter(RowChunk chunk, int bucket, int first, int start)
    {
        ReadOnlySpan<int> customers = RowsOf(chunk, chunk.Customers, bucket);
        if (_places.Length < customers.Length)
            _places = new int[Math.Max(customers.Length, 2 * _places.Length)];
        Span<int> places = _places.AsSpan(0, customers.Length);
        for (int row = 0; row < customers.Length; row++)
            places[row] = _next[customers[row] - first]++;

        ReadOnlySpan<int> days = RowsOf(chunk, chunk.Days, bucket);
        ushort[] targetDays = _columns.Days;
        for (int row = 0; row < days.Length; row++)
            targetDays[places[row]] = (ushort)(days[row] - _firstDay);
        Scatter(RowsOf(chunk, chunk.Amounts, bucket), places, _columns.Amounts, 0.0);
        Scatter(RowsOf(chunk, chunk.Quantities, bucket), places, _columns.Quantities, float.NaN);
        Scatter(RowsOf(chunk, chunk.Products, bucket), places, _columns.Products, -1);
        Scatter(RowsOf(chunk, chunk.Categories, bucket), places, _columns.Categories, ushort.MaxValue);
        Scatter(RowsOf(chunk, chunk.Channels, bucket), places, _columns.Channels, byte.MaxValue);
        Scatter(RowsOf(chunk, chunk.Discounts, bucket), places, _columns.Discounts, float.NaN);
        Scatter(RowsOf(chunk, chunk.Margins, bucket), places, _columns.Margins, float.NaN);
        if (_columns.Orders.Length == 0)
            return;
        foreach (ref int place in places)
            place -= start;
        Scatter(RowsOf(chunk, chunk.Orders, bucket), places, _orderIds, 0UL);
    }

    /// <summary>Writes a column; one that this file does not have is absent in its rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> places, T[] target, T absent)
    {
        if (target.Length == 0)
            return;
        if (source.IsEmpty)
            foreach (int place in places)
                target[place] = absent;
        for (int row = 0; row < source.Length; row++)
            target[places[row]] = source[row];
    }

    private static ReadOnlySpan<T> RowsOf<T>(RowChunk chunk, T[] column, int bucket)
    {
        if (column.Length == 0)
            return [];
        int start = bucket == 0 ? 0 : chunk.BucketEnds[bucket - 1];
        return column.AsSpan(start, chunk.BucketEnds[bucket] - start);
    }
}
