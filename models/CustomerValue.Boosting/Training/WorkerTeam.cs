using System.Runtime.ExceptionServices;

namespace CustomerValue.Boosting;

/// <summary>Threads that stand by for the many short pieces of work of a training run; the caller is one of them.</summary>
/// <remarks>Tasks are claimed one after another by whoever is free, so work must give the same result whoever does it.
/// Waiting threads spin for some microseconds, then sleep.</remarks>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 60;

    private readonly Thread[] threads;
    private readonly SemaphoreSlim wake = new(0);
    private readonly ManualResetEventSlim done = new(false, SpinsBeforeSleep);
    private Action<int, int> work = (_, _) => { };
    private int tasks, next, working, generation, sleeping;
    private volatile bool closing;
    private ExceptionDispatchInfo? failure;

    public WorkerTeam(int size)
    {
        Size = size;
        threads = new Thread[size - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            int worker = i + 1;
            threads[i] = new Thread(() => StandBy(worker)) { IsBackground = true, Name = $"boosting-{worker}" };
            threads[i].Start();
        }
    }

    /// <summary>Threads, the caller included.</summary>
    public int Size { get; }

    /// <summary>Runs <c>work(task, worker)</c> for each task from 0 to count - 1 and returns when all are done; worker is below <see cref="Size"/>.</summary>
    public void Run(int count, Action<int, int> run)
    {
        if (count <= 1 || threads.Length == 0)
        {
            for (int task = 0; task < count; task++)
                run(task, 0);
            return;
        }
        work = run;
        tasks = count;
        next = 0;
        failure = null;
        done.Reset();
        Volatile.Write(ref working, threads.Length);
        Interlocked.Increment(ref generation);
        int asleep = Volatile.Read(ref sleeping);
        if (asleep > 0)
            wake.Release(asleep);
        Claim(0);
        done.Wait();
        failure?.Throw();
    }

    public void Dispose()
    {
        closing = true;
        Interlocked.Increment(ref generation);
        wake.Release(threads.Length + 1);
        foreach (Thread thread in threads)
            thread.Join();
        wake.Dispose();
        done.Dispose();
    }

    private void StandBy(int worker)
    {
        int seen = 0;
        while (true)
        {
            WaitForNext(seen);
            seen++;
            if (closing)
                return;
            Claim(worker);
            if (Interlocked.Decrement(ref working) == 0)
                done.Set();
        }
    }

    /// <summary>A wake-up meant for a thread that had just woken by itself only makes another look once more.</summary>
    private void WaitForNext(int seen)
    {
        SpinWait spin = default;
        while (Volatile.Read(ref generation) == seen)
        {
            if (spin.Count < SpinsBeforeSleep)
            {
                spin.SpinOnce(sleep1Threshold: -1);
                continue;
            }
            Interlocked.Increment(ref sleeping);
            if (Volatile.Read(ref generation) == seen)
                wake.Wait();
            Interlocked.Decrement(ref sleeping);
        }
    }

    private void Claim(int worker)
    {
        try
        {
            for (int task = Interlocked.Increment(ref next) - 1; task < tasks; task = Interlocked.Increment(ref next) - 1)
                work(task, worker);
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
            Volatile.Write(ref next, tasks);
        }
    }
}
