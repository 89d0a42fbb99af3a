namespace CustomerValue.Decisions.Experiments;

/// <summary>A belief about an effect, taken as normal.</summary>
/// <param name="Mean">Expected effect.</param>
/// <param name="Deviation">Standard deviation.</param>
public readonly record struct EffectBelief(double Mean, double Deviation);

/// <summary>What several measurements and an assumption say together about one effect (normal-normal, empirical Bayes).</summary>
/// <remarks>
/// Effects differ from campaign to campaign; how much is learnt from the measurements themselves (DerSimonian and Laird 1986, equation 8), so that campaigns that disagree
/// count for less than their number. The assumption is the prior, weighed by its own width.
/// </remarks>
public static class EffectPooling
{
    /// <summary>The belief after the measurements.</summary>
    /// <param name="assumed">The belief before; its deviation is above 0.</param>
    /// <param name="measured">Estimates; those with a standard error of 0 or none are left out.</param>
    public static EffectBelief Update(EffectBelief assumed, IReadOnlyList<Estimate> measured)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(assumed.Deviation);
        Estimate[] usable = [.. measured.Where(one => one.StandardError > 0 && double.IsFinite(one.StandardError) && double.IsFinite(one.Difference))];
        double between = Between(usable);
        double precision = 1 / (assumed.Deviation * assumed.Deviation), sum = precision * assumed.Mean;
        foreach (Estimate one in usable)
        {
            double weight = 1 / (one.StandardError * one.StandardError + between);
            precision += weight;
            sum += weight * one.Difference;
        }
        return new EffectBelief(sum / precision, Math.Sqrt(1 / precision));
    }

    /// <summary>Variance of the true effect between campaigns; 0 where measurements agree as well as chance lets them.</summary>
    private static double Between(Estimate[] measured)
    {
        double weights = 0, squares = 0, sum = 0;
        foreach (Estimate one in measured)
        {
            double weight = 1 / (one.StandardError * one.StandardError);
            weights += weight;
            squares += weight * weight;
            sum += weight * one.Difference;
        }
        if (measured.Length < 2)
            return 0;
        double mean = sum / weights, apart = measured.Sum(one => (one.Difference - mean) * (one.Difference - mean) / (one.StandardError * one.StandardError));
        return Math.Max(0, (apart - (measured.Length - 1)) / (weights - squares / weights));
    }
}
