using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Sorts the rows of one customer by day, keeping the order of the lines within a day. One a thread.</summary>
internal sealed class CustomerSorter(TransactionColumns columns)
{
    private const int Few = 24;

    private ulong[] _keys = new ulong[64];
    private byte[] _scratch = new byte[64 * sizeof(ulong)];

    /// <summary>Sorts the rows from <paramref name="start"/> to before <paramref name="end"/>, and their order ids where there are any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sort(int start, int end, Span<ulong> orderIds)
    {
        ReadOnlySpan<ushort> days = columns.Days.AsSpan(start, end - start);
        int sorted = 1;
        while (sorted < days.Length && days[sorted - 1] <= days[sorted])
            sorted++;
        if (sorted >= days.Length)
            return;
        if (_keys.Length < days.Length)
        {
            _keys = new ulong[Math.Max(days.Length, 2 * _keys.Length)];
            _scratch = new byte[_keys.Length * sizeof(ulong)];
        }
        Span<ulong> keys = _keys.AsSpan(0, days.Length);
        for (int row = 0; row < days.Length; row++)
            keys[row] = (ulong)days[row] << 32 | (uint)row;
        if (keys.Length <= Few)
            InsertionSort(keys);
        else
            keys.Sort();

        Reorder(columns.Days, start, keys);
        Reorder(columns.Amounts, start, keys);
        Reorder(orderIds, keys);
        Reorder(columns.Quantities, start, keys);
        Reorder(columns.Products, start, keys);
        Reorder(columns.Categories, start, keys);
        Reorder(columns.Channels, start, keys);
        Reorder(columns.Discounts, start, keys);
        Reorder(columns.Margins, start, keys);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InsertionSort(Span<ulong> keys)
    {
        for (int i = 1; i < keys.Length; i++)
        {
            ulong key = keys[i];
            int at = i;
            for (; at > 0 && keys[at - 1] > key; at--)
                keys[at] = keys[at - 1];
            keys[at] = key;
        }
    }

    private void Reorder<T>(T[] column, int start, ReadOnlySpan<ulong> keys) where T : struct
    {
        if (column.Length > 0)
            Reorder(column.AsSpan(start, keys.Length), keys);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reorder<T>(Span<T> rows, ReadOnlySpan<ulong> keys) where T : struct
    {
        if (rows.IsEmpty)
            return;
        Span<T> old = MemoryMarshal.Cast<byte, T>(_scratch.AsSpan())[..keys.Length];
        rows.CopyTo(old);
        for (int row = 0; row < keys.Length; row++)
            rows[row] = old[(int)(uint)keys[row]];
    }
}
