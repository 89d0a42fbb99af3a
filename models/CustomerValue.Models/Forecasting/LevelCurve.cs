using CustomerValue.Data.Windows;

namespace CustomerValue.Models.Forecasting;

/// <summary>The level at which the whole base is expected to stand from the cutoff on, and how sure that is.</summary>
/// <param name="Ahead">Levels to expect at the cutoff and at each <see cref="StepDays"/> days after it, for a year.</param>
/// <param name="Deviation">Standard deviation of the log of actual over expected purchases around the level.</param>
/// <param name="Basis">What the level rests on, in words.</param>
public sealed record LevelCurve(IReadOnlyList<Level> Ahead, double Deviation, string Basis)
{
    /// <summary>Days between two levels.</summary>
    public const int StepDays = 7;

    /// <summary>Levels of a year.</summary>
    internal const int Steps = DaysIn.Year / StepDays + 1;

    private const double Unknown = 0.35;

    /// <summary>No deviation ever, and nothing known of it.</summary>
    public static LevelCurve Flat(DateOnly cutoff) => new([Level.Zero(cutoff)], Unknown, "no past origin");

    /// <summary>The level to expect at a day: of a day before the cutoff, the cutoff's; of one more than a year after it, that of the same season.</summary>
    public Level At(DateOnly day)
    {
        double days = Math.Max(0, day.DayNumber - Ahead[0].Cutoff.DayNumber), position = days % DaysIn.Year / StepDays;
        int before = Math.Min((int)position, Ahead.Count - 1), after = before + 1 < Ahead.Count ? before + 1 : 0;
        double share = Math.Min(position - before, 1);
        Level near = Ahead[before], next = Ahead[after];
        return new Level(day, Between(near.Purchases, next.Purchases), Between(near.Spend, next.Spend), Between(near.Churn, next.Churn));

        double Between(double left, double right) => left + share * (right - left);
    }
}
