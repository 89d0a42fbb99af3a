using System.Diagnostics;

namespace CustomerValue.Serving.Calls;

/// <summary>
/// Small calls, which are worked on at once by the thread that took them in. The queue before them is the thread pool's; a call is refused where it is so long that, by
/// what calls took lately, a call of now would wait longer than it should. Refusing costs little, so the queue is short again before health probes notice.
/// </summary>
/// <param name="longestWait">How long a call may wait.</param>
internal sealed class SingleLane(TimeSpan longestWait)
{
    /// <summary>Weight of the latest call in the running mean of what a call takes.</summary>
    private const double Weight = 1 / 64.0;

    /// <summary>
    /// Calls ahead of which nobody is refused, by processor: as many as an app's pool of connections has under way in ordinary times, whatever the processors are slowed down by.
    /// A queue that callers in a closed loop cannot make longer is no overload.
    /// </summary>
    private const int AlwaysTaken = 32;

    private double _meanTicks;
    private int _underWay;

    /// <summary>Calls that are worked on, and those that wait before a call that came now.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <inheritdoc cref="UnderWay"/>
    public long Ahead => ThreadPool.PendingWorkItemCount + Math.Max(0, UnderWay - Environment.ProcessorCount);

    /// <summary>Whether a call that came now would be worked on soon enough.</summary>
    public bool HasRoom
    {
        get
        {
            double ahead = Ahead;
            return ahead <= AlwaysTaken * Environment.ProcessorCount || ahead * Volatile.Read(ref _meanTicks) / Environment.ProcessorCount <= longestWait.TotalSeconds * Stopwatch.Frequency;
        }
    }

    /// <summary>Begins to work on a call; ends with <see cref="Leave"/>.</summary>
    public void Enter() => Interlocked.Increment(ref _underWay);

    /// <param name="started">When the call was let in, in ticks of the stopwatch.</param>
    public void Leave(long started)
    {
        Interlocked.Decrement(ref _underWay);
        // Two calls that end at once may lose one of them: a mean over many does not mind.
        double mean = Volatile.Read(ref _meanTicks);
        Volatile.Write(ref _meanTicks, mean + Weight * (Stopwatch.GetTimestamp() - started - mean));
    }
}
