using CustomerValue.Models.Formulas;

namespace CustomerValue.Models.Candidates;

/// <summary>A rising map of forecasts onto what came of such: straight between knots, and as far from the forecast beyond them as at the last one.</summary>
/// <param name="At">Forecasts at the knots, rising.</param>
/// <param name="To">What they become, not falling.</param>
internal sealed record CalibrationCurve(double[] At, double[] To)
{
    /// <summary>What a forecast becomes.</summary>
    public double Of(double forecast)
    {
        int above = Array.BinarySearch(At, forecast);
        if (above >= 0)
            return To[above];
        above = ~above;
        return above == 0 ? To[0] + forecast - At[0]
            : above == At.Length ? To[^1] + forecast - At[^1]
            : To[above - 1] + (forecast - At[above - 1]) * Steepness(above);
    }

    /// <inheritdoc cref="Of(double)"/>
    public Formula Of(Formula forecast)
    {
        Formula sum = To[0] + Formula.Min(forecast - At[0], 0) + Formula.Max(forecast - At[^1], 0);
        for (int knot = 1; knot < At.Length; knot++)
            sum += Steepness(knot) * Formula.Within(forecast - At[knot - 1], 0, At[knot] - At[knot - 1]);
        return sum;
    }

    /// <summary>The same curve, as much higher everywhere.</summary>
    public CalibrationCurve Raised(double by) => this with { To = Array.ConvertAll(To, to => to + by) };

    private double Steepness(int knot) => (To[knot] - To[knot - 1]) / (At[knot] - At[knot - 1]);
}
