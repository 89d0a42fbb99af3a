using System.Globalization;

namespace CustomerValue.Data.Windows;

/// <summary>How far ahead something is predicted.</summary>
public readonly record struct Horizon
{
    /// <summary>Shortest horizon that may be asked for, in days: churn within less than a week says nothing.</summary>
    public const int MinDays = 7;

    /// <summary>Longest horizon that may be asked for, in days.</summary>
    public const int MaxDays = 730;

    /// <summary>A horizon of whole days.</summary>
    /// <param name="days">At least 1; what is asked for lies between <see cref="MinDays"/> and <see cref="MaxDays"/>, which <see cref="ObservationWindow"/> holds to.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one day.</exception>
    public Horizon(int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        Days = days;
    }

    /// <summary>Length in days.</summary>
    public int Days { get; }

    /// <summary>Length in weeks, the unit the buy-till-you-die models are fitted in.</summary>
    public double Weeks => (double)Days / DaysIn.Week;

    /// <summary>Days without a purchase after which nobody is expected back soon: a year, or two horizons where that is more.</summary>
    public int LongSilenceDays => Math.Max(DaysIn.Year, 2 * Days);

    /// <summary>First day after the horizon that starts on a day.</summary>
    public DateOnly After(DateOnly start) => start.AddDays(Days);

    /// <summary>A whole number of days is a horizon.</summary>
    public static implicit operator Horizon(int days) => new(days);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Days} days");
}
