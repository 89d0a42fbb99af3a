using System.Runtime.ExceptionServices;

namespace CustomerValue.Simulation;

/// <summary>Fills numbered slots on several threads and hands them out in order on the caller's thread.</summary>
/// <remarks>
/// Item i uses slot i modulo the slots. A thread waits for a free slot before it takes the next item, and slots become free in order of the
/// items: so whoever has taken item i knows that item i - slots is done with, and the oldest item never waits for a younger one.
/// </remarks>
internal static class OrderedPipeline
{
    /// <summary>Runs it.</summary>
    /// <typeparam name="TWorker">What each thread keeps for itself.</typeparam>
    /// <typeparam name="TSlot">What an item is written to; valid only until the next one is asked for.</typeparam>
    public static IEnumerable<TSlot> Run<TWorker, TSlot>(
        int items, int threads, Func<TWorker> newWorker, Func<TSlot> newSlot, Action<TWorker, TSlot, int> fill, CancellationToken cancellation)
    {
        threads = Math.Max(1, Math.Min(threads, items));
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Slot<TSlot>[] slots = new Slot<TSlot>[Math.Min(items, 2 * threads + 1)];
        for (int i = 0; i < slots.Length; i++)
            slots[i] = new Slot<TSlot>(newSlot());
        using SemaphoreSlim free = new(slots.Length);
        ExceptionDispatchInfo? failure = null;
        int taken = -1;
        Thread[] workers = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            workers[i] = new Thread(Work) { IsBackground = true, Name = "simulation" };
            workers[i].Start();
        }

        try
        {
            for (int item = 0; item < items; item++)
            {
                Slot<TSlot> slot = slots[item % slots.Length];
                Wait(slot.Full);
                yield return slot.Value;
                free.Release();
            }
        }
        finally
        {
            stop.Cancel();
            foreach (Thread worker in workers)
                worker.Join();
            foreach (Slot<TSlot> slot in slots)
                slot.Dispose();
        }

        void Work()
        {
            try
            {
                TWorker worker = newWorker();
                while (true)
                {
                    free.Wait(stop.Token);
                    int item = Interlocked.Increment(ref taken);
                    if (item >= items)
                        return;
                    Slot<TSlot> slot = slots[item % slots.Length];
                    fill(worker, slot.Value, item);
                    slot.Full.Release();
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The caller stopped, and its own wait says so.
            }
            catch (Exception thrown)
            {
                // Carried to the caller's thread, which throws it again.
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(thrown), null);
                stop.Cancel();
            }
        }

        void Wait(SemaphoreSlim full)
        {
            try
            {
                full.Wait(stop.Token);
            }
            catch (OperationCanceledException)
            {
                Volatile.Read(ref failure)?.Throw();
                cancellation.ThrowIfCancellationRequested();
                throw;
            }
        }
    }

    private sealed class Slot<T>(T value) : IDisposable
    {
        public T Value { get; } = value;

        public SemaphoreSlim Full { get; } = new(0);

        public void Dispose() => Full.Dispose();
    }
}
