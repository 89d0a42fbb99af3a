using System.Collections.Concurrent;

namespace CustomerValue.Training.Score;

/// <summary>Rows that are made on a thread of their own while those before them are taken, a few blocks ahead.</summary>
internal static class RowsAhead
{
    private const int Block = 512, Ahead = 8;

    /// <summary>Rows 0 to <paramref name="count"/> - 1, in order.</summary>
    /// <param name="count">How many.</param>
    /// <param name="make">Makes one; called by one thread at a time, in order.</param>
    public static IEnumerable<T> Of<T>(int count, Func<int, T> make)
    {
        using BlockingCollection<T[]> blocks = new(Ahead);
        using CancellationTokenSource left = new();
        Task maker = Task.Run(() =>
        {
            try
            {
                for (int from = 0; from < count; from += Block)
                {
                    T[] rows = new T[Math.Min(Block, count - from)];
                    for (int i = 0; i < rows.Length; i++)
                        rows[i] = make(from + i);
                    blocks.Add(rows, left.Token);
                }
            }
            finally
            {
                blocks.CompleteAdding();
            }
        });
        try
        {
            foreach (T[] rows in blocks.GetConsumingEnumerable())
                foreach (T row in rows)
                    yield return row;
            maker.GetAwaiter().GetResult(); // what went wrong there is told here
        }
        finally
        {
            left.Cancel();
            try
            {
                maker.Wait();
            }
            catch (AggregateException)
            {
                // Told above, or nobody waits for rows any more.
            }
        }
    }
}
