namespace CustomerValue.Serving.Models;

/// <summary>How the answers of a version went here since it was loaded. Safe to use from many threads.</summary>
internal sealed class AnswerRecord
{
    private readonly Lock _lock = new();
    private long _calls, _failures, _compared;
    private double _shift;
    private int _returned;
    private volatile FailedAnswer? _last;

    /// <summary>Calls that it was asked, those that failed included.</summary>
    public long Calls => Volatile.Read(ref _calls);

    /// <summary>Calls that failed by a fault of the version or of this program.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>The failure last; null where there was none.</summary>
    public FailedAnswer? LastFailure => _last;

    public void AddAnswer() => Interlocked.Increment(ref _calls);

    public void AddFailure(FailedAnswer failure)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Increment(ref _failures);
        _last = failure;
    }

    /// <summary>Adds a call that the champion answered as well.</summary>
    /// <param name="shift">Mean churn probability less the champion's.</param>
    public void AddShift(double shift)
    {
        lock (_lock)
        {
            _compared++;
            _shift += shift;
        }
    }

    /// <summary>Calls that the champion answered as well, and by how much mean churn lay above the champion's; 0 for none.</summary>
    public (long Calls, double Mean) Shift
    {
        get
        {
            lock (_lock)
                return (_compared, _compared == 0 ? 0 : _shift / _compared);
        }
    }

    /// <summary>True for the one who is to take the version off.</summary>
    public bool MayBeReturned() => Interlocked.Exchange(ref _returned, 1) == 0;
}

/// <summary>A call that a version failed to answer.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What failed, by the name of the exception: its message might speak of a customer and is in the log alone.</param>
internal sealed record FailedAnswer(DateTimeOffset At, string Kind);
