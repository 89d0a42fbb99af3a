using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Gives the rows of a chunk the codes of the log and groups them by bucket: a range of customers whose rows fit the cache. One a thread.</summary>
internal sealed class ChunkSorter(LogNames names, int bucketShift, int buckets)
{
    private int[] _places = [];
    private byte[] _scratch = [];

    /// <summary>Groups the rows in place, keeping their order within a bucket; rows taken out as duplicates go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sort(RowChunk chunk)
    {
        Translate(chunk.Products.AsSpan(0, chunk.Products.Length == 0 ? 0 : chunk.Count), names.ProductCodes[chunk.Parser]);
        Translate(chunk.Categories.AsSpan(0, chunk.Categories.Length == 0 ? 0 : chunk.Count), names.CategoryCodes[chunk.Parser]);
        Translate(chunk.Channels.AsSpan(0, chunk.Channels.Length == 0 ? 0 : chunk.Count), names.ChannelCodes[chunk.Parser]);

        int[] ends = new int[buckets], codes = names.CustomerCodes[chunk.Parser];
        Span<int> customers = chunk.Customers.AsSpan(0, chunk.Count);
        bool grouped = true;
        int last = 0;
        foreach (ref int customer in customers)
        {
            if (customer < 0)
            {
                grouped = false;
                continue;
            }
            customer = codes[customer];
            int bucket = customer >> bucketShift;
            grouped &= bucket >= last;
            last = bucket;
            ends[bucket]++;
        }
        int total = 0;
        for (int bucket = 0; bucket < ends.Length; bucket++)
            ends[bucket] = total += ends[bucket];
        if (!grouped)
            Group(chunk, customers, ends);
        chunk.Count = total;
        chunk.BucketEnds = ends;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Group(RowChunk chunk, ReadOnlySpan<int> customers, int[] ends)
    {
        if (_places.Length < customers.Length)
        {
            _places = new int[BitOperations.RoundUpToPowerOf2((uint)customers.Length)];
            _scratch = new byte[_places.Length * sizeof(ulong)];
        }
        Span<int> places = _places.AsSpan(0, customers.Length);
        int[] next = [0, .. ends.AsSpan(0, ends.Length - 1)];
        for (int row = 0; row < customers.Length; row++)
            places[row] = customers[row] < 0 ? -1 : next[customers[row] >> bucketShift]++;
        Reorder(chunk.Customers, places);
        Reorder(chunk.Days, places);
        Reorder(chunk.Amounts, places);
        Reorder(chunk.Orders, places);
        Reorder(chunk.Quantities, places);
        Reorder(chunk.Products, places);
        Reorder(chunk.Categories, places);
        Reorder(chunk.Channels, places);
        Reorder(chunk.Discounts, places);
        Reorder(chunk.Margins, places);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reorder<T>(T[] column, ReadOnlySpan<int> places) where T : struct
    {
        if (column.Length == 0)
            return;
        Span<T> old = MemoryMarshal.Cast<byte, T>(_scratch.AsSpan())[..places.Length];
        column.AsSpan(0, places.Length).CopyTo(old);
        for (int row = 0; row < places.Length; row++)
            if (places[row] >= 0)
                column[places[row]] = old[row];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Translate(Span<int> column, int[] codes)
    {
        foreach (ref int code in column)
            if (code >= 0)
                code = codes[code];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Translate(Span<ushort> column, int[] codes)
    {
        foreach (ref ushort code in column)
            if (code != ushort.MaxValue)
                code = (ushort)codes[code];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Translate(Span<byte> column, int[] codes)
    {
        foreach (ref byte code in column)
            if (code != byte.MaxValue)
                code = (byte)codes[code];
    }
}
