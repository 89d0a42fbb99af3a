namespace CustomerValue.Strategy.Scorecard;

/// <summary>Weights by how much indicators tell customers apart.</summary>
/// <remarks>
/// With p the share of each customer in the sum of an indicator's scores, its entropy is e = -sum(p ln p) / ln n, and its weight is 1 - e over the
/// sum of those. Shannon (1948) for the entropy; Zeleny (1982), Multiple Criteria Decision Making, for the weights.
/// </remarks>
internal static class EntropyWeights
{
    /// <summary>Weights of columns of scores in [0, 1], NaN missing; all alike where no column tells customers apart.</summary>
    public static double[] Of(IReadOnlyList<double[]> scores)
    {
        double[] weights = [.. scores.Select(Divergence)];
        double sum = weights.Sum();
        return Array.ConvertAll(weights, weight => sum > 0 ? weight / sum : 1.0 / weights.Length);
    }

    private static double Divergence(double[] scores)
    {
        double sum = 0;
        int known = 0;
        foreach (double score in scores)
            if (!double.IsNaN(score))
                (sum, known) = (sum + score, known + 1);
        if (known < 2 || sum <= 0)
            return 0;
        double entropy = 0;
        foreach (double score in scores)
            if (score > 0)
                entropy -= score / sum * Math.Log(score / sum);
        double divergence = 1 - (entropy / Math.Log(known));
        return divergence > 1e-12 ? divergence : 0;
    }
}
