using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Intervals;

/// <summary>How far the level of the whole base may lie from what is expected of it: what all customers share, and no single past origin shows.</summary>
/// <param name="Bias">Log of actual over expected purchases at the origin that intervals are learnt from: that origin's own luck, taken out.</param>
/// <param name="Deviation">Standard deviation of the log of a level around its forecast.</param>
internal sealed record LevelDoubt(double Bias, double Deviation)
{
    /// <summary>Where history is too short to try a forecast of the level.</summary>
    private const double Unknown = 0.1;
    private const double MostBias = 0.5;

    /// <summary>Standard deviation as a share of the mean absolute error at past origins. For normal errors it would be 1.25; but most tries lack the
    /// same season a year before, which the forecast at the cutoff has, and on simulated shops 80 % intervals then held too often among whales.</summary>
    private const double ShareOfError = 0.6;

    /// <summary>Standard normal quantiles at 1/14, 3/14, ..., 13/14.</summary>
    private static readonly double[] s_normal = [-1.4652338, -0.7916386, -0.3661064, 0, 0.3661064, 0.7916386, 1.4652338];

    /// <summary>Tries the forecast of the level at every past origin, from the levels whose outcomes were known by then.</summary>
    /// <param name="levels">Levels at past origins, oldest first.</param>
    /// <param name="forecast">What was forecast for the origin that intervals are learnt from.</param>
    /// <param name="snapshot">That origin, with outcomes.</param>
    public static LevelDoubt Measure(IReadOnlyList<Level> levels, Forecast forecast, Snapshot snapshot)
    {
        List<double> errors = [];
        foreach (Level level in levels)
        {
            List<Level> known = [.. levels.Where(other => snapshot.Window.Horizon.After(other.Cutoff) <= level.Cutoff)];
            if (known.Count > 0)
                errors.Add(Math.Abs(SeasonCurve.Learn(known).At(level.Cutoff).Purchases - level.Purchases));
        }
        double actual = 0;
        foreach (double purchases in snapshot.Outcomes!.Purchases)
            actual += purchases;
        double expected = forecast.ExpectedPurchases.Sum(), bias = actual > 0 && expected > 0 ? Math.Log(actual / expected) : 0;
        return new LevelDoubt(Math.Clamp(bias, -MostBias, MostBias), errors.Count == 0 ? Unknown : ShareOfError * errors.Average());
    }

    /// <summary>Equally likely factors by which a past outcome might have come out at another level.</summary>
    public double[] Factors() => Array.ConvertAll(s_normal, z => Math.Exp(Deviation * z - Bias));
}
