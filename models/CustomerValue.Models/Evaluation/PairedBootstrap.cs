namespace CustomerValue.Models.Evaluation;

/// <summary>Interval of a mean paired difference by the bootstrap (Efron 1979) over groups of customers.</summary>
public static class PairedBootstrap
{
    private const int Resamples = 1000;
    private const int MostGroups = 2000;

    /// <summary>Difference of two mean losses with its 95 % interval; negative favours the left.</summary>
    public static Interval Difference(double[] left, double[] right, int seed)
    {
        int groups = Math.Min(left.Length, MostGroups);
        double[] sums = new double[groups];
        int[] counts = new int[groups];
        double total = 0;
        for (int i = 0; i < left.Length; i++)
        {
            double difference = left[i] - right[i];
            total += difference;
            sums[i % groups] += difference;
            counts[i % groups]++;
        }
        Random random = new(seed);
        double[] means = new double[Resamples];
        for (int resample = 0; resample < Resamples; resample++)
        {
            double sum = 0;
            long count = 0;
            for (int draw = 0; draw < groups; draw++)
            {
                int group = random.Next(groups);
                sum += sums[group];
                count += counts[group];
            }
            means[resample] = sum / count;
        }
        Array.Sort(means);
        return new Interval(total / left.Length, means[(int)(0.025 * Resamples)], means[(int)(0.975 * Resamples) - 1]);
    }
}
