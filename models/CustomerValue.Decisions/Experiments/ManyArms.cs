namespace CustomerValue.Decisions.Experiments;

/// <summary>Several comparisons at once: the chance that any is called real by accident stays what it is for one.</summary>
public static class ManyArms
{
    /// <summary>Probabilities corrected for their number (Holm 1979), in the order given.</summary>
    public static double[] Holm(IReadOnlyList<double> pValues)
    {
        int[] order = [.. Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i])];
        double[] corrected = new double[pValues.Count];
        double least = 0;
        for (int rank = 0; rank < order.Length; rank++)
            corrected[order[rank]] = least = Math.Min(1, Math.Max(least, (order.Length - rank) * pValues[order[rank]]));
        return corrected;
    }

    /// <summary>
    /// For each comparison the least false discovery rate at which it is called real (Benjamini and Hochberg 1995), in the order given: calling real all at or below a rate, the false among those
    /// called real are, on average over experiments, at most that share of them. Holds where comparisons are independent or lean the same way (Benjamini and Yekutieli 2001).
    /// </summary>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> pValues)
    {
        int[] order = [.. Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i])];
        double[] rates = new double[pValues.Count];
        double least = 1;
        for (int rank = order.Length - 1; rank >= 0; rank--)
            rates[order[rank]] = least = Math.Min(least, pValues[order[rank]] * order.Length / (rank + 1));
        return rates;
    }

    /// <summary>Confidence of each interval so that all cover together with the confidence wanted (Bonferroni).</summary>
    public static double Confidence(double together, int comparisons) => 1 - (1 - together) / Math.Max(1, comparisons);
}
