using CustomerValue.Models.Evaluation;

namespace CustomerValue.Models.Drift;

/// <summary>How far two distributions over the same bins lie apart.</summary>
internal static class Stability
{
    /// <summary>
    /// Population stability index, the sum of (q - p) ln(q / p) over the bins that either side holds customers in; half a customer is added to each
    /// such bin, so that an empty one does not make it infinite.
    /// </summary>
    /// <param name="baseline">Customers by bin, then.</param>
    /// <param name="now">Customers by bin, now; as many bins.</param>
    public static double Index(ReadOnlySpan<int> baseline, ReadOnlySpan<int> now)
    {
        int occupied = Occupied(baseline, now);
        double fromTotal = Sum(baseline) + 0.5 * occupied, toTotal = Sum(now) + 0.5 * occupied, index = 0;
        for (int bin = 0; bin < baseline.Length; bin++)
        {
            if (baseline[bin] == 0 && now[bin] == 0)
                continue;
            double p = (baseline[bin] + 0.5) / fromTotal, q = (now[bin] + 0.5) / toTotal;
            index += (q - p) * Math.Log(q / p);
        }
        return index;
    }

    /// <summary>Jensen-Shannon distance: the root of the divergence in bits; 0 for equal distributions, 1 for disjoint ones.</summary>
    /// <param name="baseline">Customers by bin, then.</param>
    /// <param name="now">Customers by bin, now; as many bins. NaN where one side is empty.</param>
    /// <remarks>Lin (1991); its root is a metric (Endres and Schindelin 2003).</remarks>
    public static double JensenShannon(ReadOnlySpan<int> baseline, ReadOnlySpan<int> now)
    {
        double fromTotal = Sum(baseline), toTotal = Sum(now), divergence = 0;
        if (fromTotal == 0 || toTotal == 0)
            return double.NaN;
        for (int bin = 0; bin < baseline.Length; bin++)
        {
            double p = baseline[bin] / fromTotal, q = now[bin] / toTotal, middle = 0.5 * (p + q);
            divergence += 0.5 * (Part(p, middle) + Part(q, middle));
        }
        return Math.Sqrt(Math.Clamp(divergence, 0, 1));

        static double Part(double share, double middle) => share > 0 ? share * Math.Log2(share / middle) : 0;
    }

    /// <summary>
    /// What the index exceeds by chance alone with probability <paramref name="tail"/>: without drift it is about
    /// (1/n + 1/m) times a chi-square variable with one degree of freedom less than there are bins.
    /// </summary>
    /// <param name="baseline">Customers by bin, then.</param>
    /// <param name="now">Customers by bin, now; as many bins.</param>
    /// <param name="tail">Probability, above 0 and at most 0.1.</param>
    /// <remarks>Yurdakul (2018), Statistical Properties of Population Stability Index, dissertation, Western Michigan University.</remarks>
    public static double ChanceLimit(ReadOnlySpan<int> baseline, ReadOnlySpan<int> now, double tail)
    {
        int occupied = Occupied(baseline, now);
        return occupied < 2 ? 0 : (1 / Sum(baseline) + 1 / Sum(now)) * ChiSquareTail.Quantile(occupied - 1, tail);
    }

    private static int Occupied(ReadOnlySpan<int> baseline, ReadOnlySpan<int> now)
    {
        int occupied = 0;
        for (int bin = 0; bin < baseline.Length; bin++)
            occupied += baseline[bin] > 0 || now[bin] > 0 ? 1 : 0;
        return occupied;
    }

    private static double Sum(ReadOnlySpan<int> counts)
    {
        double sum = 0;
        foreach (int count in counts)
            sum += count;
        return sum;
    }
}
