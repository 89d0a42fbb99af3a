namespace CustomerValue.Models.Drift;

/// <summary>Chooses the bins of a quantity: quantiles of what is neither missing nor zero, so that each holds about as many customers.</summary>
internal static class Binning
{
    private const int MostBins = 10;
    private const int LeastCustomersPerBin = 20;
    private const int LargestSample = 100_000;

    /// <summary>Upper edges, rising and distinct; none for fewer than two values.</summary>
    /// <remarks>Above 100,000 customers every k-th decides: the edges need not be exact, only the counts.</remarks>
    public static double[] Edges(ReadOnlySpan<double> values)
    {
        int stride = (values.Length + LargestSample - 1) / LargestSample;
        List<double> sample = [];
        for (int i = 0; i < values.Length; i += Math.Max(1, stride))
            if (double.IsFinite(values[i]) && values[i] != 0)
                sample.Add(values[i]);
        if (sample.Count == 0)
            return [];
        sample.Sort();
        if (sample[0] == sample[^1])
            return [Math.BitDecrement(sample[0]), sample[0]];

        int bins = Math.Clamp(sample.Count / LeastCustomersPerBin, 2, MostBins);
        List<double> edges = [];
        for (int bin = 1; bin < bins; bin++)
        {
            double edge = sample[(int)((long)bin * sample.Count / bins) - 1];
            if (edge < sample[^1] && (edges.Count == 0 || edge > edges[^1]))
                edges.Add(edge);
        }
        return [.. edges];
    }
}
