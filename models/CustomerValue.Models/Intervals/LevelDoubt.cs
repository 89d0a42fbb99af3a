using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Intervals;

/// <summary>How far the level of the whole base may lie from what is expected of it: what all customers share, and no single past origin shows.</summary>
/// <param name="Bias">Log of actual over expected purchases at the origin that intervals are learnt from: that origin's own luck, taken out.</param>
/// <param name="Deviation">Standard deviation of the log of a level around its forecast.</param>
internal sealed record LevelDoubt(double Bias, double Deviation)
{
    private const double MostBias = 0.5;

    /// <summary>Standard normal quantiles at 1/14, 3/14, ..., 13/14.</summary>
    private static readonly double[] s_normal = [-1.4652338, -0.7916386, -0.3661064, 0, 0.3661064, 0.7916386, 1.4652338];

    /// <summary>The doubt of a level that was forecast.</summary>
    /// <param name="level">The level expected at the cutoff.</param>
    /// <param name="forecast">What was forecast for the origin that intervals are learnt from.</param>
    /// <param name="snapshot">That origin, with outcomes.</param>
    public static LevelDoubt Measure(LevelCurve level, Forecast forecast, Snapshot snapshot)
    {
        double actual = 0;
        foreach (double purchases in snapshot.Outcomes!.Purchases)
            actual += purchases;
        double expected = forecast.ExpectedPurchases.Sum(), bias = actual > 0 && expected > 0 ? Math.Log(actual / expected) : 0;
        return new LevelDoubt(Math.Clamp(bias, -MostBias, MostBias), level.Deviation);
    }

    /// <summary>Equally likely factors by which a past outcome might have come out at another level.</summary>
    public double[] Factors() => Array.ConvertAll(s_normal, z => Math.Exp(Deviation * z - Bias));
}
