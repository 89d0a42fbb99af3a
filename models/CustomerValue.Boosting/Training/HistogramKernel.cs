using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CustomerValue.Boosting;

/// <summary>Adds rows' gradient pairs to the cells of their bins: the loop in which training spends most of its time.</summary>
/// <remarks>
/// A cell is two 64-bit whole numbers, gradient and hessian, added as one 128-bit vector. Whole-number sums do not depend on order, so rows
/// may be shared out among threads at will. Cells of one feature lie together; features lie one cache line further apart than their 256 cells
/// need, lest the same bin of all features fall into the same cache set. Eight features at a time keep their cells within the first-level cache
/// while a block of rows passes; the bins of one row are read as one 64-bit word.
/// </remarks>
internal static unsafe class HistogramKernel
{
    /// <summary>Longs from one feature's cells to the next feature's.</summary>
    public const int FeatureStride = 2 * 256 + 8;

    /// <summary>Features a pass.</summary>
    public const int Lanes = 8;

    private const int RowBlock = 1024, PrefetchAhead = 24;

    /// <summary>Adds rows <paramref name="from"/> to <paramref name="to"/> of a tile.</summary>
    /// <param name="tile">Bins, row after row.</param>
    /// <param name="stride">Bytes a row of the tile.</param>
    /// <param name="features">Features in the tile.</param>
    /// <param name="groups">A bit for each eight features that are wanted.</param>
    /// <param name="rows">Row numbers; null where row i is row number i.</param>
    /// <param name="from">First position in <paramref name="rows"/>.</param>
    /// <param name="to">Behind the last position.</param>
    /// <param name="pairs">Whole-number gradient and hessian a row.</param>
    /// <param name="histogram">Cells of the tile's first feature.</param>
    public static void Add(byte* tile, int stride, int features, uint groups, int* rows, int from, int to, int* pairs, long* histogram)
    {
        for (int block = from; block < to; block += RowBlock)
        {
            int end = Math.Min(block + RowBlock, to);
            for (int first = 0; first < features; first += Lanes)
            {
                if ((groups >> (first / Lanes) & 1) == 0)
                    continue;
                long* cells = histogram + (long)first * FeatureStride;
                int lanes = Math.Min(Lanes, features - first);
                if (lanes < Lanes)
                    AddSome(tile + first, stride, lanes, rows, block, end, pairs, cells);
                else if (rows is null)
                    AddEight(tile + first, stride, block, end, pairs, cells);
                else
                    AddEight(tile + first, stride, rows, block, end, to, pairs, cells);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSome(byte* tile, int stride, int lanes, int* rows, int from, int to, int* pairs, long* cells)
    {
        for (int i = from; i < to; i++)
        {
            int row = rows is null ? i : rows[i];
            byte* bins = tile + (long)row * stride;
            Vector128<long> pair = Widen(pairs + 2L * row);
            for (int lane = 0; lane < lanes; lane++)
                AddCell((byte*)(cells + lane * FeatureStride), bins[lane], pair);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWord(ulong bins, Vector128<long> pair, byte* cells)
    {
        const int Feature = FeatureStride * sizeof(long);
        AddCell(cells, (byte)bins, pair);
        AddCell(cells + Feature, (byte)(bins >> 8), pair);
        AddCell(cells + 2 * Feature, (byte)(bins >> 16), pair);
        AddCell(cells + 3 * Feature, (byte)(bins >> 24), pair);
        AddCell(cells + 4 * Feature, (byte)(bins >> 32), pair);
        AddCell(cells + 5 * Feature, (byte)(bins >> 40), pair);
        AddCell(cells + 6 * Feature, (byte)(bins >> 48), pair);
        AddCell(cells + 7 * Feature, (byte)(bins >> 56), pair);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddCell(byte* feature, nuint bin, Vector128<long> pair)
    {
        long* cell = (long*)(feature + (bin << 4));
        (Vector128.LoadAligned(cell) + pair).StoreAligned(cell);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> Widen(int* pair) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(long*)pair).AsInt32());
}
