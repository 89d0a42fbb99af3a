using System.Runtime.CompilerServices;

namespace CustomerValue.Boosting;

/// <summary>The row numbers of a tree's leaves, each leaf's together and ascending; splitting a leaf moves its rows to two neighbouring ranges.</summary>
/// <remarks>Rows that were not drawn for the tree lie behind those that were and are split alike, so that every row's leaf is known at the end.</remarks>
internal sealed unsafe class RowPartition(int rows, WorkerTeam team) : IDisposable
{
    private const int Chunk = 1 << 15;

    private readonly AlignedBuffer<int> _order = new(rows);
    private readonly AlignedBuffer<int> _spare = new(rows);
    private readonly int[] _lefts = new int[rows / Chunk + 1];
    private readonly byte[] _goesRight = new byte[256];

    public int* Rows => _order.Pointer;

    /// <summary>How many rows were drawn.</summary>
    public int Count { get; private set; }

    /// <summary>How many were not.</summary>
    public int OtherCount => rows - Count;

    public ReadOnlySpan<int> Of(int from, int count) => _order.Span(from, count);

    public void Dispose()
    {
        _order.Dispose();
        _spare.Dispose();
    }

    /// <summary>Starts with the rows drawn for this round, then the others.</summary>
    public void Reset(RowSampler sampler, int round)
    {
        int count = 0;
        for (int row = 0; row < rows; row++)
        {
            // Both lists are written and one moves on: no branch depends on the draw.
            _order.Pointer[count] = _spare.Pointer[row - count] = row;
            count += sampler.Takes(round, row) ? 1 : 0;
        }
        Count = count;
        _spare.Span(0, OtherCount).CopyTo(_order.Span(count, OtherCount));
    }

    /// <summary>Splits a range and returns how many rows went left.</summary>
    /// <param name="from">First position.</param>
    /// <param name="count">How many.</param>
    /// <param name="column">The bytes of the split feature's column.</param>
    /// <param name="place">Where the feature stands in it.</param>
    /// <param name="split">The split.</param>
    /// <param name="missingBin">The feature's bin of missing values.</param>
    public int Split(int from, int count, ReadOnlySpan<byte> column, in FeaturePlace place, in SplitCandidate split, int missingBin)
    {
        for (int code = 0; code < _goesRight.Length; code++)
            _goesRight[code] = split.GoesRight(place.BinOf(code), missingBin) ? (byte)1 : (byte)0;
        int chunks = (count + Chunk - 1) / Chunk;
        fixed (byte* bins = column)
        fixed (byte* table = _goesRight)
        {
            byte* pinnedBins = bins, pinnedTable = table;
            if (chunks <= 1)
            {
                int left = SplitChunk(_order.Pointer + from, _spare.Pointer + from, count, pinnedBins, pinnedTable);
                _spare.Span(from, count - left).CopyTo(_order.Span(from + left, count - left));
                return left;
            }
            team.Run(chunks, (chunk, _) =>
            {
                int first = from + chunk * Chunk;
                _lefts[chunk] = SplitChunk(_order.Pointer + first, _spare.Pointer + first, Math.Min(Chunk, from + count - first), pinnedBins, pinnedTable);
            });
        }
        return Gather(from, count, chunks);
    }

    /// <summary>Rows that stay left are packed in place, the others go to the spare list; no branch depends on the data.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SplitChunk(int* rows, int* rights, int count, byte* bins, byte* goesRight)
    {
        int left = 0;
        for (int i = 0; i < count; i++)
        {
            int row = rows[i], right = goesRight[bins[row]];
            rows[left] = row;
            rights[i - left] = row;
            left += 1 - right;
        }
        return left;
    }

    /// <summary>Closes the gaps between the chunks' packed left rows, then appends their right rows.</summary>
    private int Gather(int from, int count, int chunks)
    {
        int left = 0;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            _order.Span(from + chunk * Chunk, _lefts[chunk]).CopyTo(_order.Span(from + left, _lefts[chunk]));
            left += _lefts[chunk];
        }
        int right = from + left;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            int first = chunk * Chunk, rights = Math.Min(Chunk, count - first) - _lefts[chunk];
            _spare.Span(from + first, rights).CopyTo(_order.Span(right, rights));
            right += rights;
        }
        return left;
    }
}
