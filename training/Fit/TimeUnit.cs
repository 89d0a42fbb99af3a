using CustomerValue.Data.Windows;

namespace CustomerValue.Training.Fit;

/// <summary>The unit of time that a model's parameters are in.</summary>
/// <param name="Name">The word for one.</param>
/// <param name="Days">Its length in days.</param>
internal sealed record TimeUnit(string Name, double Days)
{
    public static TimeUnit Day { get; } = new("day", 1);

    public static TimeUnit Week { get; } = new("week", DaysIn.Week);

    /// <summary>A twelfth of 365.25 days, since months differ.</summary>
    public static TimeUnit Month { get; } = new("month", DaysIn.MeanMonth);
}
