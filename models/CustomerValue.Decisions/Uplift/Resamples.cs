using CustomerValue.Models.Evaluation;

namespace CustomerValue.Decisions.Uplift;

/// <summary>How often each row counts in each of some resamples: Poisson with mean 1, which for many rows is the bootstrap of Efron (1979) (Hanley and MacGibbon 2006).</summary>
internal sealed class Resamples
{
    public const int Count = 400;

    /// <summary>Cumulated probabilities of 0, 1, 2, ... for a Poisson variable of mean 1.</summary>
    private static readonly double[] s_cumulated = Cumulate();

    private readonly int _rows, _seed;

    public Resamples(int rows, int seed) => (_rows, _seed) = (rows, seed);

    /// <summary>Intervals at 95 % of several figures of one calculation.</summary>
    /// <param name="figures">Reckons the figures; given how often each row counts, or nothing for once each.</param>
    /// <param name="threads">Threads; results do not depend on them.</param>
    public Interval[] Of(Func<byte[], double[]> figures, int threads)
    {
        double[] estimate = figures([]);
        double[][] drawn = new double[Count][];
        Parallel.For(0, Count, new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : -1 }, resample => drawn[resample] = figures(Draw(resample)));
        return [.. estimate.Select((value, k) => Of(value, [.. drawn.Select(row => row[k]).Where(double.IsFinite)]))];
    }

    /// <summary>Interval of a mean.</summary>
    public Interval OfMean(double[] values, int threads) => Of(times =>
    {
        double sum = 0, count = 0;
        for (int row = 0; row < values.Length; row++)
        {
            int weight = times.Length == 0 ? 1 : times[row];
            (sum, count) = (sum + weight * values[row], count + weight);
        }
        return [sum / count];
    }, threads)[0];

    private static Interval Of(double estimate, double[] drawn)
    {
        Array.Sort(drawn);
        return drawn.Length == 0 ? new Interval(estimate, double.NaN, double.NaN) : new Interval(estimate, drawn[(int)(0.025 * drawn.Length)], drawn[Math.Max(0, (int)(0.975 * drawn.Length) - 1)]);
    }

    private byte[] Draw(int resample)
    {
        Random random = new(unchecked(_seed * 7919 + resample));
        byte[] times = new byte[_rows];
        for (int row = 0; row < times.Length; row++)
        {
            double u = random.NextDouble();
            byte k = 0;
            while (k < s_cumulated.Length && u >= s_cumulated[k])
                k++;
            times[row] = k;
        }
        return times;
    }

    private static double[] Cumulate()
    {
        double[] cumulated = new double[12];
        double probability = Math.Exp(-1), sum = 0;
        for (int k = 0; k < cumulated.Length; k++)
        {
            cumulated[k] = sum += probability;
            probability /= k + 1;
        }
        return cumulated;
    }
}
