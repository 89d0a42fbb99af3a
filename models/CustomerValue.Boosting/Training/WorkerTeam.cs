using System.Runtime.ExceptionServices;

namespace CustomerValue.Boosting;

/// <summary>Threads that stand by for the many short pieces of work of a training run; the caller is one of them.</summary>
/// <remarks>Tasks are claimed one after another by whoever is free, so work must give the same result whoever does it.
/// Waiting threads spin for some microseconds, then sleep.</remarks>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 60;

    private readonly Thread[] threads;
    private readonly object called = new(), finished = new();
    private Action<int, int> work = (_, _) => { };
    private int tasks, next, working, generation, asleep, callerAsleep;
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
        Volatile.Write(ref working, threads.Length);
        Call();
        Claim(0);
        Await(ref working, 0, equal: true, finished, ref callerAsleep);
        failure?.Throw();
    }

    public void Dispose()
    {
        closing = true;
        Call();
        foreach (Thread thread in threads)
            thread.Join();
    }

    private void Call()
    {
        Interlocked.Increment(ref generation);
        Wake(called, ref asleep);
    }

    private void StandBy(int worker)
    {
        for (int seen = 0; ; seen++)
        {
            Await(ref generation, seen, equal: false, called, ref asleep);
            if (closing)
                return;
            Claim(worker);
            if (Interlocked.Decrement(ref working) == 0)
                Wake(finished, ref callerAsleep);
        }
    }

    /// <summary>Returns once the value equals the expected one, or no longer does.</summary>
    /// <remarks>A sleeper counts itself before it looks a last time, the other side changes the value before it looks for sleepers: one of them sees the other.</remarks>
    private static void Await(ref int value, int expected, bool equal, object gate, ref int sleepers)
    {
        SpinWait spin = default;
        while (Volatile.Read(ref value) == expected != equal)
        {
            if (spin.Count < SpinsBeforeSleep)
            {
                spin.SpinOnce(sleep1Threshold: -1);
                continue;
            }
            Interlocked.Increment(ref sleepers);
            lock (gate)
                while (Volatile.Read(ref value) == expected != equal)
                    Monitor.Wait(gate);
            Interlocked.Decrement(ref sleepers);
        }
    }

    private static void Wake(object gate, ref int sleepers)
    {
        if (Volatile.Read(ref sleepers) == 0)
            return;
        lock (gate)
            Monitor.PulseAll(gate);
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
