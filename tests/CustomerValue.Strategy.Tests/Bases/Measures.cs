namespace CustomerValue.Strategy.Tests.Bases;

/// <summary>How well figures agree.</summary>
internal static class Measures
{
    /// <summary>Spearman's rank correlation, ties averaged.</summary>
    public static double RankCorrelation(double[] a, double[] b)
    {
        double[] x = Ranks(a), y = Ranks(b);
        double mean = (a.Length - 1) / 2.0, xy = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            xy += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }
        return xy / Math.Sqrt(xx * yy);
    }

    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        double[] keys = [.. values], ranks = new double[values.Length];
        Array.Sort(keys, order);
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && keys[end] == keys[start]; end++)
            {
            }
            for (int k = start; k < end; k++)
                ranks[order[k]] = (start + end - 1) / 2.0;
        }
        return ranks;
    }
}
