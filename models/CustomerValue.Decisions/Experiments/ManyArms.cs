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

    /// <summary>Confidence of each interval so that all cover together with the confidence wanted (Bonferroni).</summary>
    public static double Confidence(double together, int comparisons) => 1 - (1 - together) / Math.Max(1, comparisons);
}
