using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Aggregates;

/// <summary>Days relative to a cutoff: <c>[cutoff - FromDays, cutoff - ToDays)</c>, within the known past.</summary>
/// <param name="FromDays">Days from the start of the window to the cutoff; more than <paramref name="ToDays"/>.</param>
/// <param name="ToDays">Days from the end of the window to the cutoff; 0 or more, so that no window reaches the future.</param>
public readonly record struct DayWindow(int FromDays, int ToDays)
{
    private const int Unbounded = 1_000_000;

    /// <summary>Everything before the cutoff.</summary>
    public static DayWindow AllTime { get; } = new(Unbounded, 0);

    /// <summary>The last days before the cutoff.</summary>
    public static DayWindow Trailing(int days) => new(days, 0);

    /// <summary>The days of the future horizon one year earlier, <c>[cutoff - 365, cutoff - 365 + horizon)</c>; cut at the cutoff where the horizon is longer than a year.</summary>
    public static DayWindow YearAgo(Horizon horizon) => new(DaysIn.Year, Math.Max(0, DaysIn.Year - horizon.Days));

    /// <summary>The horizon-long window before <see cref="YearAgo"/>: what led up to it, as the last horizon leads up to the cutoff.</summary>
    public static DayWindow BeforeYearAgo(Horizon horizon) => new(DaysIn.Year + horizon.Days, DaysIn.Year);

    /// <summary>Whether the window lies before the cutoff and holds at least one day.</summary>
    public bool IsValid => ToDays >= 0 && FromDays > ToDays;

    /// <inheritdoc/>
    public override string ToString() => this == AllTime ? "all time" : $"[cutoff - {FromDays}, cutoff - {ToDays})";
}
