using System.Buffers;

namespace CustomerValue.Boosting;

/// <summary>Scores a table block by block: a block's values are turned row-major first, then pass through all trees.</summary>
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
                float[] values = ArrayPool<float>.Shared.Rent(ForestScorer.Block * columns.Length);
                for (int block = first; block < behind; block++)
                {
                    int row = block * ForestScorer.Block, count = Math.Min(ForestScorer.Block, rows - row);
                    Transpose(columns, row, count, values);
                    Span<double> starts = new(target + (long)row * outputs, count * outputs);
                    scorer.FillStarts(based ? new(from + (long)row * outputs, starts.Length) : default, starts);
                    scorer.ScoreBlock(values, columns.Length, count, starts);
                }
                ArrayPool<float>.Shared.Return(values);
            }
            int tasks = (blocks + BlocksAThread - 1) / BlocksAThread;
            if (tasks <= 1)
                ScoreBlocks(0, blocks);
            else
                Parallel.For(0, tasks, task => ScoreBlocks(task * BlocksAThread, Math.Min((task + 1) * BlocksAThread, blocks)));
        }
    }

    public static void Transpose(ReadOnlyMemory<float>[] columns, int row, int count, Span<float> values)
    {
        for (int feature = 0; feature < columns.Length; feature++)
        {
            ReadOnlySpan<float> column = columns[feature].Span.Slice(row, count);
            for (int i = 0; i < column.Length; i++)
                values[i * columns.Length + feature] = column[i];
        }
    }
}
