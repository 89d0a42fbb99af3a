using CustomerValue.Data.Windows;

namespace CustomerValue.Models.Forecasting;

/// <summary>Season and growth of the whole base: how far past origins lay above the prior, and what that says of a new one.</summary>
/// <remarks>
/// The level at a day is the one seen at the same season of earlier years, averaged over origins within <see cref="ToleranceDays"/>, where the base
/// has been seen there and this forecast past origins at least as well as the plain mean level; else the plain mean. Purchases and spend take
/// <see cref="Trust"/> of it.
/// </remarks>
/// <param name="Levels">Levels at past origins, oldest first.</param>
/// <param name="IsSeasonal">Whether the same season of earlier years is used where it was seen.</param>
/// <param name="SeasonalError">Mean absolute log error of total spend at past origins when forecast from a year earlier; NaN where none could be.</param>
/// <param name="PlainError">The same when forecast from the mean level then known.</param>
public sealed record SeasonCurve(IReadOnlyList<Level> Levels, bool IsSeasonal, double SeasonalError, double PlainError)
{
    /// <summary>How far an origin of an earlier year may lie from the same day of the year.</summary>
    public const int ToleranceDays = 16;

    /// <summary>How much of a level seen once is expected again: one season of one year is a single witness.</summary>
    public const double Trust = 0.8;


    /// <summary>Tries the seasonal forecast at every past origin that had a year before it, and keeps it unless the plain mean was better.</summary>
    public static SeasonCurve Learn(IReadOnlyList<Level> levels)
    {
        double seasonal = 0, plain = 0;
        int tried = 0;
        SeasonCurve all = new(levels, true, double.NaN, double.NaN);
        foreach (Level level in levels)
            if (all.SameSeason(level.Cutoff) is { } forecast)
            {
                seasonal += Math.Abs(forecast.Spend - level.Spend);
                plain += Math.Abs(Mean(levels.Where(other => other.Cutoff < level.Cutoff), level.Cutoff).Spend - level.Spend);
                tried++;
            }
        return tried == 0 ? all : new SeasonCurve(levels, seasonal <= plain, seasonal / tried, plain / tried);
    }

    /// <summary>The level to expect at a day.</summary>
    public Level At(DateOnly cutoff) => (IsSeasonal ? SameSeason(cutoff) : null) ?? Mean(Levels, cutoff);

    private Level? SameSeason(DateOnly cutoff)
    {
        List<(Level Level, double Weight)> near = [];
        foreach (Level level in Levels)
        {
            int days = cutoff.DayNumber - level.Cutoff.DayNumber, years = (int)Math.Round(days / (double)DaysIn.Year), apart = Math.Abs(days - years * DaysIn.Year);
            if (years >= 1 && apart <= ToleranceDays)
                near.Add((level, 1 - apart / (ToleranceDays + 1.0)));
        }
        return near.Count == 0 ? null : Average(near, cutoff);
    }

    private static Level Mean(IEnumerable<Level> levels, DateOnly cutoff)
    {
        List<(Level, double)> all = [.. levels.Select(level => (level, 1.0))];
        return all.Count == 0 ? Level.Zero(cutoff) : Average(all, cutoff);
    }

    private static Level Average(List<(Level Level, double Weight)> weighted, DateOnly cutoff)
    {
        double total = weighted.Sum(pair => pair.Weight);
        return new Level(cutoff,
            Trust * weighted.Sum(pair => pair.Weight * pair.Level.Purchases) / total,
            Trust * weighted.Sum(pair => pair.Weight * pair.Level.Spend) / total,
            weighted.Sum(pair => pair.Weight * pair.Level.Churn) / total);
    }
}
