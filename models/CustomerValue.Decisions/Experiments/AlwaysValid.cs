namespace CustomerValue.Decisions.Experiments;

/// <summary>
/// Intervals that hold at every look at once: whoever looks each day and stops at the first one without zero is wrong as seldom as whoever looks once.
/// </summary>
/// <remarks>
/// The normal mixture of Robbins (1970), as in Howard, Ramdas, McAuliffe and Sekhon (2021), "Time-uniform, nonparametric, nonasymptotic confidence sequences", equation 14:
/// a sum of variance V strays beyond sqrt((V + r)(2 log(1/a) + log((V + r)/r))) at any time with probability at most a. Here the sum is the difference of what the arms have
/// brought so far, whose variance grows from look to look; customers who keep their habits only make looks more alike, which errs to the safe side (Slepian 1962).
/// r is set before the start so that the interval is narrowest at the planned end.
/// </remarks>
public sealed class AlwaysValid
{
    private readonly double _alpha, _rho;

    /// <summary>Intervals for all looks.</summary>
    /// <param name="plannedStandardError">Standard error expected at the end, from before the start; above 0.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    public AlwaysValid(double plannedStandardError, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(plannedStandardError);
        _alpha = 1 - confidence;
        double once = 2 * Math.Log(1 / _alpha);
        _rho = plannedStandardError * plannedStandardError / (once + Math.Log(1 + once));
    }

    /// <summary>The interval at one look.</summary>
    public (double Low, double High) Interval(Estimate estimate)
    {
        double variance = estimate.StandardError * estimate.StandardError + _rho;
        double half = Math.Sqrt(variance * (2 * Math.Log(1 / _alpha) + Math.Log(variance / _rho)));
        return (estimate.Difference - half, estimate.Difference + half);
    }
}
