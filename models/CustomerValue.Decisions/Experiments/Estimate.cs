using CustomerValue.Strategy.Numerics;

namespace CustomerValue.Decisions.Experiments;

/// <summary>A difference that an experiment measured, per customer.</summary>
/// <param name="Difference">Treated less control.</param>
/// <param name="StandardError">Its standard error; 0 only where outcomes do not vary.</param>
public readonly record struct Estimate(double Difference, double StandardError)
{
    /// <summary>Probability, were there no difference, of one at least as large either way.</summary>
    public double PValue => StandardError > 0 ? 2 * Normal.Cdf(-Math.Abs(Difference / StandardError)) : Difference == 0 ? 1 : 0;

    /// <summary>The interval that covers the true difference with a confidence.</summary>
    /// <param name="confidence">Between 0 and 1.</param>
    public (double Low, double High) Interval(double confidence)
    {
        double half = Normal.Quantile(0.5 + confidence / 2) * StandardError;
        return (Difference - half, Difference + half);
    }

    /// <summary>The same difference summed over as many customers.</summary>
    public Estimate Times(double customers) => new(Difference * customers, StandardError * customers);
}
