namespace CustomerValue.Serving.Calls;

/// <summary>Large calls, one thread each and no more at once than there are processors, on threads of their own: those of single calls stay free. A few wait, and not for long.</summary>
/// <param name="longestWait">How long a call may wait.</param>
/// <param name="queue">How many may wait.</param>
internal sealed class BatchLane(TimeSpan longestWait, int queue) : IDisposable
{
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);
    private int _waiting;

    /// <summary>Calls that are worked on.</summary>
    public int UnderWay => Environment.ProcessorCount - _places.CurrentCount;

    /// <summary>Calls that wait for a place.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Does the work of a call when it is its turn; false where too many wait.</summary>
    public async Task<bool> TryRunAsync(Action work, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > queue + Environment.ProcessorCount)
        {
            Interlocked.Decrement(ref _waiting);
            return false;
        }
        bool entered = false;
        try
        {
            entered = await _places.WaitAsync(longestWait, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        if (!entered)
            return false;
        try
        {
            await Task.Factory.StartNew(work, cancellation, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
            return true;
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
