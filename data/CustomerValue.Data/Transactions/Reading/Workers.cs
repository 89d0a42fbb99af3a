using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Runs the same work on a fixed number of threads.</summary>
[SuppressMessage("Design", "CA1068", Justification = "A lambda over several lines reads better as the last argument than the token does.")]
internal static class Workers
{
    /// <summary>Runs <paramref name="work"/> for 0 to <paramref name="threads"/> - 1 at once and waits; the first failure stops the others and is thrown as it was.</summary>
    public static void Run(int threads, CancellationToken cancellation, Action<int, CancellationToken> work)
    {
        if (threads == 1)
        {
            work(0, cancellation);
            return;
        }
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? failure = null;
        Task[] tasks = [.. Enumerable.Range(0, threads).Select(worker => Task.Factory.StartNew(
            () =>
            {
                try
                {
                    work(worker, stop.Token);
                }
                catch (Exception error)
                {
                    Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null);
                    stop.Cancel();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        Task.WaitAll(tasks, CancellationToken.None);
        failure?.Throw();
    }

    /// <summary>Shares the parts 0 to <paramref name="parts"/> - 1 out among the threads as they become free.</summary>
    public static void Share(int threads, int parts, CancellationToken cancellation, Action<int, int> work)
    {
        int next = -1;
        Run(Math.Clamp(parts, 1, threads), cancellation, (worker, stop) =>
        {
            for (int part = Interlocked.Increment(ref next); part < parts; part = Interlocked.Increment(ref next))
            {
                stop.ThrowIfCancellationRequested();
                work(worker, part);
            }
        });
    }
}
