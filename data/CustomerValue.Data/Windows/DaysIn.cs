namespace CustomerValue.Data.Windows;

/// <summary>How many days weeks, months and years have. Windows of "a year" are 365 whole days; lengths that are converted use the mean of the Julian year.</summary>
public static class DaysIn
{
    /// <summary>Days in a week.</summary>
    public const int Week = 7;

    /// <summary>Days of a year counted in whole days: what "the last year" looks back, and one year ago is.</summary>
    public const int Year = 365;

    /// <summary>Mean length of a year in days, 365.25: what rates a year and discounting convert by.</summary>
    public const double MeanYear = 365.25;

    /// <summary>Mean length of a month in days, a twelfth of <see cref="MeanYear"/>.</summary>
    public const double MeanMonth = MeanYear / 12;
}
