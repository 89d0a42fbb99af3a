using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Intervals;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Seasons;
using CustomerValue.Models.Value;

namespace CustomerValue.Models.Versions;

/// <summary>What scoring needs beside the models: <c>recipe.json</c> of a version.</summary>
internal sealed record ScoringRecipe
{
    /// <summary>Days ahead that churn, purchases and spend speak of.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Name of the champion candidate.</summary>
    public required string Champion { get; init; }

    /// <summary>Name of the buy-till-you-die model that travels along, or null.</summary>
    public required string? Prior { get; init; }

    /// <summary>How returns count.</summary>
    public required ReturnsPolicy Returns { get; init; }

    /// <summary>How lifetime value is reckoned.</summary>
    public required ValueOptions Value { get; init; }

    /// <summary>Margin rates of the base.</summary>
    public required MarginRates Margins { get; init; }

    /// <summary>Mean days between two purchase days over all who bought twice; the yardstick of a customer with one.</summary>
    public required double MeanGapDays { get; init; }

    /// <summary>80 % intervals of spend and lifetime value, or null.</summary>
    public required ForecastIntervals? Intervals { get; init; }

    /// <summary>What answers for customers who never bought; null where training saw too few newcomers over a whole horizon, and in versions that are older than this.</summary>
    public NewcomerTable? Newcomers { get; init; }

    /// <summary>Season and yearly level of the tail of lifetime value; null in versions that are older than this.</summary>
    public LongRun? LongRun { get; init; }

    /// <summary>How sure the level of the base is; null where no past origin could teach it, and in versions that are older than this.</summary>
    public LevelCertainty? Level { get; init; }

    /// <summary>How the champion of a race scores; newcomers are learnt apart.</summary>
    /// <param name="input">What the race was run on.</param>
    /// <param name="result">The race.</param>
    /// <param name="value">How lifetime value is reckoned.</param>
    public static ScoringRecipe Of(RaceInput input, RaceResult result, ValueOptions value) => new()
    {
        HorizonDays = input.Horizon.Days,
        Champion = result.Champion.Name,
        Prior = result.Prior?.Name,
        Returns = input.Builder.Returns,
        Value = value,
        Margins = MarginRates.Learn(result.Latest.Aggregates, value.DefaultMarginRate),
        MeanGapDays = MeanGap(result),
        Intervals = result.Intervals,
        LongRun = result.LongRun,
        Level = result.LevelDeviation is { } deviation ? new LevelCertainty(input.Cutoff, deviation) : null,
    };

    private static double MeanGap(RaceResult result)
    {
        double gaps = 0, days = 0;
        ReadOnlySpan<double> x = result.Latest.Aggregates.X, tx = result.Latest.Aggregates.Tx;
        for (int i = 0; i < x.Length; i++)
        {
            gaps += x[i];
            days += tx[i];
        }
        return gaps > 0 ? days / gaps : DaysWithoutRepeats;
    }

    /// <summary>The yardstick where nobody bought twice: a year.</summary>
    private const double DaysWithoutRepeats = DaysIn.Year;
}

/// <summary>How sure a version is of the level at which the whole base stands.</summary>
/// <param name="Cutoff">Everything before this day was learnt from.</param>
/// <param name="Deviation">Standard deviation of the log of actual over expected purchases, by what past origins taught.</param>
internal sealed record LevelCertainty(DateOnly Cutoff, double Deviation);
