using CustomerValue.Models.Evaluation;

namespace CustomerValue.Models.Drift;

/// <summary>99 % intervals of figures on matured outcomes.</summary>
internal static class Uncertainty
{
    /// <summary>Two-sided 99 % point of the normal distribution.</summary>
    public const double Z = 2.5758293035489004;

    private const int Resamples = 1000;
    private const int MostGroups = 2000;
    private const int Seed = 1;

    /// <summary>A share with its score interval (Wilson 1927), which behaves near 0 and 1.</summary>
    public static Interval Share(int events, int count)
    {
        double share = (double)events / count, square = Z * Z, scale = 1 + square / count;
        double centre = (share + square / (2.0 * count)) / scale;
        double half = Z * Math.Sqrt(share * (1 - share) / count + square / (4.0 * count * count)) / scale;
        return new Interval(share, Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    /// <summary>Predicted total over actual total, minus 1, by the bootstrap (Efron 1979) over groups of customers; NaN where nothing was spent.</summary>
    public static Interval Bias(double[] predicted, double[] actual)
    {
        int groups = Math.Min(actual.Length, MostGroups);
        double[] above = new double[groups], below = new double[groups], biases = new double[Resamples];
        for (int i = 0; i < actual.Length; i++)
        {
            above[i % groups] += predicted[i];
            below[i % groups] += actual[i];
        }
        Random random = new(Seed);
        for (int resample = 0; resample < Resamples; resample++)
        {
            double top = 0, bottom = 0;
            for (int draw = 0; draw < groups; draw++)
            {
                int group = random.Next(groups);
                top += above[group];
                bottom += below[group];
            }
            biases[resample] = bottom > 0 ? top / bottom - 1 : double.NaN;
        }
        Array.Sort(biases);
        return new Interval(Errors.Bias(predicted, actual), biases[(int)(0.005 * Resamples)], biases[(int)(0.995 * Resamples)]);
    }
}
