namespace CustomerValue.BuyTillYouDie.Numerics;

/// <summary>Sums over rows in chunks of fixed size, added in order, so the result does not depend on the number of threads.</summary>
internal static class ChunkedSum
{
    private const int ChunkRows = 2048;
    private const int ChunksWorthThreads = 4;

    /// <summary>Adds the sums of rows [from, to) to <paramref name="sums"/>.</summary>
    public delegate void RowRange(int from, int to, Span<double> sums);

    /// <summary>Runs <paramref name="range"/> over all rows and leaves the totals in <paramref name="totals"/>.</summary>
    public static void Over(int rows, int threads, Span<double> totals, RowRange range)
    {
        int width = totals.Length, chunks = (rows + ChunkRows - 1) / ChunkRows;
        double[] sums = new double[chunks * width];
        if (threads == 1 || chunks < ChunksWorthThreads)
            for (int chunk = 0; chunk < chunks; chunk++) Run(chunk);
        else
            Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = threads }, Run);
        totals.Clear();
        for (int i = 0; i < sums.Length; i++) totals[i % width] += sums[i];

        void Run(int chunk) =>
            range(chunk * ChunkRows, Math.Min(rows, (chunk + 1) * ChunkRows), sums.AsSpan(chunk * width, width));
    }
}
