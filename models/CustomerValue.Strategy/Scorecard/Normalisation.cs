namespace CustomerValue.Strategy.Scorecard;

/// <summary>How values of an indicator become scores.</summary>
internal enum NormalisationMethod
{
    /// <summary>Share of the other customers who lie below; half of those who are level.</summary>
    Rank,

    /// <summary>From the lowest to the highest value, the outermost shares cut off.</summary>
    MinMax,

    /// <summary>From three standard deviations below the mean to three above.</summary>
    Z,

    /// <summary>From a worst value to a target.</summary>
    Target,
}

/// <summary>Makes the score curve of an indicator from the customers' values.</summary>
/// <param name="Method">How.</param>
/// <param name="Winsor">With min-max, the share that is cut off on each side, 0 to 0.25.</param>
/// <param name="Target">With target, the value that scores 1.</param>
/// <param name="Worst">With target, the value that scores 0.</param>
/// <param name="LowIsBetter">Whether scores are turned round; never with target.</param>
internal sealed record Normalisation(NormalisationMethod Method, double Winsor, double Target, double Worst, bool LowIsBetter)
{
    private const double StandardDeviations = 3;

    // A rank curve of more points would be finer than anyone reads an index.
    private const double LeastStep = 1.0 / 1000;

    /// <summary>The curve; null where no value is known and none is needed.</summary>
    public ScoreCurve? Fit(ReadOnlySpan<double> values)
    {
        if (Method == NormalisationMethod.Target)
            return Target > Worst ? new ScoreCurve([Worst, Target], [0, 1]) : new ScoreCurve([Target, Worst], [1, 0]);
        double[] known = Known(values);
        if (known.Length == 0)
            return null;
        ScoreCurve curve = Method switch
        {
            NormalisationMethod.Rank => Ranks(known),
            NormalisationMethod.MinMax => Line(Quantile(known, Winsor), Quantile(known, 1 - Winsor)),
            _ => StandardScores(known),
        };
        return LowIsBetter ? curve with { Scores = Array.ConvertAll(curve.Scores, score => 1 - score) } : curve;
    }

    private static double[] Known(ReadOnlySpan<double> values)
    {
        double[] known = new double[values.Length];
        int count = 0;
        foreach (double value in values)
            if (!double.IsNaN(value))
                known[count++] = value;
        Array.Resize(ref known, count);
        Array.Sort(known);
        return known;
    }

    /// <summary>Where all are level, half.</summary>
    private static ScoreCurve Line(double low, double high) => high > low ? new ScoreCurve([low, high], [0, 1]) : new ScoreCurve([low], [0.5]);

    private static ScoreCurve StandardScores(double[] known)
    {
        double mean = known.Average();
        double deviation = Math.Sqrt(known.Sum(value => (value - mean) * (value - mean)) / known.Length);
        return Line(mean - (StandardDeviations * deviation), mean + (StandardDeviations * deviation));
    }

    private static ScoreCurve Ranks(double[] sorted)
    {
        if (sorted[0] == sorted[^1])
            return Line(sorted[0], sorted[0]);
        List<double> values = [], scores = [];
        double previousValue = 0, previousScore = 0;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start];)
                end++;
            double score = (start + end - 1) / 2.0 / (sorted.Length - 1);
            bool last = end == sorted.Length;
            if (values.Count == 0 || last || score - scores[^1] >= LeastStep)
            {
                // The value before a step belongs to the curve too, or the step would become a slope.
                if (values.Count > 0 && previousValue > values[^1])
                    Add(previousValue, previousScore);
                Add(sorted[start], score);
            }
            (previousValue, previousScore) = (sorted[start], score);
        }
        return new ScoreCurve([.. values], [.. scores]);

        void Add(double value, double score)
        {
            values.Add(value);
            scores.Add(score);
        }
    }

    /// <summary>Quantile of sorted values, straight between neighbours.</summary>
    private static double Quantile(double[] sorted, double share)
    {
        double rank = share * (sorted.Length - 1);
        int below = Math.Min((int)rank, sorted.Length - 1), above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((rank - below) * (sorted[above] - sorted[below]));
    }
}
