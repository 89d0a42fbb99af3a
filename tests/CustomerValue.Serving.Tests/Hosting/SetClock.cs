namespace CustomerValue.Serving.Tests.Hosting;

/// <summary>A clock that shows what a test sets; timers and time that passes are the system's.</summary>
internal sealed class SetClock(DateOnly day) : TimeProvider
{
    /// <summary>The day, at noon UTC.</summary>
    public DateOnly Day { get; set; } = day;

    /// <summary>Time that is said to have passed beyond the system's.</summary>
    public TimeSpan Ahead { get; set; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => new(Day, new TimeOnly(12, 0), TimeSpan.Zero);

    public override long GetTimestamp() => base.GetTimestamp() + (long)(Ahead.TotalSeconds * TimestampFrequency);
}
