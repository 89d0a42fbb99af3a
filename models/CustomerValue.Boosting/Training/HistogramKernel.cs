using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CustomerValue.Boosting;

/// <summary>Adds rows' gradient pairs to the cells of their bins: the loop in which training spends most of its time.</summary>
/// <remarks>
/// A cell is two 64-bit whole numbers, gradient and hessian, added as one 128-bit vector. Whole-number sums do not depend on order, so rows
/// may be shared out among threads at will. Cells of one column (a feature, or a bundle of them) lie together; columns lie one cache line further apart than their 256 cells
/// need, lest the same bin of all columns fall into the same cache set. Eight columns at a time keep their cells within the first-level cache
/// while a block of rows passes; the bins of one row are read as one 64-bit word.
/// </remarks>
internal static unsafe class HistogramKernel
{
    /// <summary>Longs from one column's cells to the next column's.</summary>
    public const int ColumnStride = 2 * 256 + 8;

    /// <summary>Columns a pass.</summary>
    public const int Lanes = 8;

    private const int RowBlock = 1024, PrefetchAhead = 24;

    /// <summary>Adds rows <paramref name="from"/> to <paramref name="to"/> of a tile.</summary>
    /// <param name="tile">Bins, row after row.</param>
    /// <param name="stride">Bytes a row of the tile.</param>
    /// <param name="wanted">Which columns of the tile take part, ascending: whole words of eight go fastest, else four at a time.</param>
    /// <param name="rows">Row numbers; null where row i is row number i.</param>
    /// <param name="from">First position in <paramref name="rows"/>.</param>
    /// <param name="to">Behind the last position.</param>
    /// <param name="pairs">Whole-number gradient and hessian a row.</param>
    /// <param name="histogram">Cells of the tile's first column.</param>
    public static void Add(byte* tile, int stride, ReadOnlySpan<int> wanted, int* rows, int from, int to, int* pairs, long* histogram)
    {
        for (int block = from; block < to; block += RowBlock)
        {
            int end = Math.Min(block + RowBlock, to);
            for (int at = 0; at < wanted.Length;)
            {
                int column = wanted[at], left = wanted.Length - at;
                long* cells = histogram + (long)column * ColumnStride;
                if (left >= Lanes && column % Lanes == 0 && wanted[at + Lanes - 1] == column + Lanes - 1)
                {
                    if (rows is null)
                        AddEight(tile + column, stride, block, end, pairs, cells);
                    else
                        AddEight(tile + column, stride, rows, block, end, to, pairs, cells);
                    at += Lanes;
                }
                else if (left >= 4)
                {
                    AddFour(tile + column, stride, wanted[at + 1] - column, wanted[at + 2] - column, wanted[at + 3] - column, rows, block, end, to, pairs, cells);
                    at += 4;
                }
                else
                {
                    AddOne(tile + column, stride, rows, block, end, pairs, cells);
                    at++;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddEight(byte* tile, int stride, int from, int to, int* pairs, long* cells)
    {
        byte* bins = tile + (long)from * stride;
        for (int row = from; row < to; row++, bins += stride)
            AddWord(*(ulong*)bins, Widen(pairs + 2L * row), (byte*)cells);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddEight(byte* tile, int stride, int* rows, int from, int to, int last, int* pairs, long* cells)
    {
        for (int i = from; i < to; i++)
        {
            if (Sse.IsSupported)
            {
                int ahead = rows[Math.Min(i + PrefetchAhead, last - 1)];
                Sse.Prefetch0(tile + (long)ahead * stride);
                Sse.Prefetch0(pairs + 2L * ahead);
            }
            int row = rows[i];
            AddWord(*(ulong*)(tile + (long)row * stride), Widen(pairs + 2L * row), (byte*)cells);
        }
    }

    /// <summary>A column and three more at distances from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFour(byte* tile, int stride, int second, int third, int fourth, int* rows, int from, int to, int last, int* pairs, long* cells)
    {
        byte* first = (byte*)cells, two = (byte*)(cells + (long)second * ColumnStride), three = (byte*)(cells + (long)third * ColumnStride), four = (byte*)(cells + (long)fourth * ColumnStride);
        for (int i = from; i < to; i++)
        {
            int row = i;
            if (rows is not null)
            {
                row = rows[i];
                if (Sse.IsSupported)
                {
                    int ahead = rows[Math.Min(i + PrefetchAhead, last - 1)];
                    Sse.Prefetch0(tile + (long)ahead * stride);
                    Sse.Prefetch0(pairs + 2L * ahead);
                }
            }
            byte* bins = tile + (long)row * stride;
            Vector128<long> pair = Widen(pairs + 2L * row);
            AddCell(first, bins[0], pair);
            AddCell(two, bins[second], pair);
            AddCell(three, bins[third], pair);
            AddCell(four, bins[fourth], pair);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOne(byte* tile, int stride, int* rows, int from, int to, int* pairs, long* cells)
    {
        for (int i = from; i < to; i++)
        {
            int row = rows is null ? i : rows[i];
            AddCell((byte*)cells, tile[(long)row * stride], Widen(pairs + 2L * row));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWord(ulong bins, Vector128<long> pair, byte* cells)
    {
        const int Column = ColumnStride * sizeof(long);
        AddCell(cells, (byte)bins, pair);
        AddCell(cells + Column, (byte)(bins >> 8), pair);
        AddCell(cells + 2 * Column, (byte)(bins >> 16), pair);
        AddCell(cells + 3 * Column, (byte)(bins >> 24), pair);
        AddCell(cells + 4 * Column, (byte)(bins >> 32), pair);
        AddCell(cells + 5 * Column, (byte)(bins >> 40), pair);
        AddCell(cells + 6 * Column, (byte)(bins >> 48), pair);
        AddCell(cells + 7 * Column, (byte)(bins >> 56), pair);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddCell(byte* column, nuint bin, Vector128<long> pair)
    {
        long* cell = (long*)(column + (bin << 4));
        (Vector128.LoadAligned(cell) + pair).StoreAligned(cell);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> Widen(int* pair) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(long*)pair).AsInt32());
}
