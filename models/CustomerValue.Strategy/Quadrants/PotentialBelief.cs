namespace CustomerValue.Strategy.Quadrants;

/// <summary>How sure it is that what a customer will bring reaches a line, from the mean and the 80 % interval of the forecast.</summary>
/// <remarks>
/// The survival function S(line) of the amount. Nothing comes with probability p0, which lies between the probability of having left and that of no purchase within the
/// horizon: their middle. With P10 above zero, S falls in straight lines through (0, 1 - p0), (P10, .9) and (P90, .1), since the time a customer stays is what is
/// least known and it cuts the amount evenly; beyond P90 it decays at the rate it has there. With P10 at zero, what comes is exponential, (1 - p0) exp(-line / scale),
/// through (P90, .1); without an interval, or with P90 at zero, its mean is the forecast's.
/// </remarks>
internal static class PotentialBelief
{
    private const double High = 0.9;
    private const double Low = 0.1;

    public static double AtLeast(double line, double mean, double p10, double p90, double left, double churn)
    {
        if (line <= 0)
            return mean >= line && (mean > 0 || line < 0) ? 1 : 0;
        if (mean <= 0)
            return 0;
        double nothing = (left + churn) / 2;
        if (p10 > 0 && p90 > p10)
            return Straight(line, p10, p90, 1 - Math.Min(nothing, 1 - High));
        if (p90 <= 0)
            return Decay(line, 1 - nothing, mean / Math.Max(1 - nothing, 1e-9));
        double some = Math.Clamp(1 - nothing, Low + 0.01, High);
        return Decay(line, some, p90 / Math.Log(some / Low));
    }

    private static double Straight(double line, double p10, double p90, double some) =>
        line <= p10 ? some - (some - High) * line / p10
        : line <= p90 ? High - (High - Low) * (line - p10) / (p90 - p10)
        : Low * Math.Exp(-(High - Low) / Low * (line - p90) / (p90 - p10));

    private static double Decay(double line, double some, double scale) => some * Math.Exp(-line / scale);
}
