using System.Runtime.ExceptionServices;

namespace CustomerValue.Boosting;

/// <summary>Threads that stand by for the many short pieces of work of a training run; the caller is one of them.</summary>
/// <remarks>Tasks are claimed one after another by whoever is free, so work must give the same result whoever does it.
/// Waiting threads spin for some microseconds, then sleep.</remarks>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 60;

    private readonly Thread[] _threads;
    private readonly object _called = new(), _finished = new();
    private Action<int, int> _work = (_, _) => { };
    private int _tasks, _next, _working, _generation, _asleep, _callerAsleep;
    private volatile bool _closing;
    private ExceptionDispatchInfo? _failure;

    public WorkerTeam(int size)
    {
        Size = size;
        _threads = new Thread[size - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _threads[i] = new Thread(() => StandBy(worker)) { IsBackground = true, Name = $"boosting-{worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>Threads, the caller included.</summary>
    public int Size { get; }

    /// <summary>Runs <c>work(task, worker)</c> for each task from 0 to count - 1 and returns when all are done; worker is below <see cref="Size"/>.</summary>
    public void Run(int count, Action<int, int> run)
    {
        if (count <= 1 || _threads.Length == 0)
        {
            for (int task = 0; task < count; task++)
                run(task, 0);
            return;
        }
        _work = run;
        _tasks = count;
        _next = 0;
        _failure = null;
        Volatile.Write(ref _working, _threads.Length);
        Call();
        Claim(0);
        Await(ref _working, 0, equal: true, _finished, ref _callerAsleep);
        _failure?.Throw();
    }

    public void Dispose()
    {
        _closing = true;
        Call();
        foreach (Thread thread in _threads)
            thread.Join();
    }

    private void Call()
    {
        Interlocked.Increment(ref _generation);
        Wake(_called, ref _asleep);
    }

    private void StandBy(int worker)
    {
        for (int seen = 0; ; seen++)
        {
            Await(ref _generation, seen, equal: false, _called, ref _asleep);
            if (_closing)
                return;
            Claim(worker);
            if (Interlocked.Decrement(ref _working) == 0)
                Wake(_finished, ref _callerAsleep);
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
            for (int task = Interlocked.Increment(ref _next) - 1; task < _tasks; task = Interlocked.Increment(ref _next) - 1)
                _work(task, worker);
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            Volatile.Write(ref _next, _tasks);
        }
    }
}
