namespace CustomerValue.Serving.Errors;

/// <summary>Keeps the log readable while something is out of order: the same failure is worth a line a minute, however many calls meet it.</summary>
internal sealed class Outages(TimeProvider clock)
{
    private static readonly TimeSpan s_silence = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private string? _message;
    private DateTimeOffset _told;

    /// <summary>Whether a failure has not been told within the last minute.</summary>
    public bool IsNews(string message)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_lock)
        {
            if (message == _message && now - _told < s_silence)
                return false;
            (_message, _told) = (message, now);
            return true;
        }
    }
}
