namespace CustomerValue.Boosting;

/// <summary>Scores a table block by block: a block's values are gathered first, then pass through all trees.</summary>
internal static unsafe class BatchScoring
{
    private const int BlocksAThread = 16;

    public static void Score(ForestScorer scorer, int outputs, ReadOnlyMemory<float>[] columns, int rows, Span<double> margins, ReadOnlySpan<double> baseMargins)
    {
        int blocks = (rows + ForestScorer.Block - 1) / ForestScorer.Block;
        bool based = !baseMargins.IsEmpty;
        // Spans cannot enter the delegate; both stay pinned until the loop is over.
        fixed (double* pinnedMargins = margins, pinnedBase = baseMargins)
        {
            double* target = pinnedMargins, from = pinnedBase;
            void ScoreBlocks(int first, int behind)
            {
                float[] values = new float[ForestScorer.Block * scorer.Places];
                for (int block = first; block < behind; block++)
                {
                    int row = block * ForestScorer.Block, count = Math.Min(ForestScorer.Block, rows - row);
                    for (int feature = 0; feature < columns.Length; feature++)
                        ForestScorer.Lay(columns[feature].Span.Slice(row, count), values.AsSpan(feature * ForestScorer.Block), values.AsSpan((columns.Length + feature) * ForestScorer.Block));
                    Span<double> starts = new(target + (long)row * outputs, count * outputs);
                    scorer.FillStarts(based ? new(from + (long)row * outputs, starts.Length) : default, starts);
                    scorer.ScoreBlock(values, count, starts);
                }
            }
            int tasks = (blocks + BlocksAThread - 1) / BlocksAThread;
            if (tasks <= 1)
                ScoreBlocks(0, blocks);
            else
                Parallel.For(0, tasks, task => ScoreBlocks(task * BlocksAThread, Math.Min((task + 1) * BlocksAThread, blocks)));
        }
    }
}
