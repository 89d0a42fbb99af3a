using CustomerValue.Models.Forecasting;

namespace CustomerValue.MLNet.Pipelines;

/// <summary>From a pipeline's score to an answer: log-odds of churn are <c>scale * score + shift</c>, purchases and spend are <c>scale * score</c>, never below 0.</summary>
/// <param name="Scale">Factor of the score.</param>
/// <param name="Shift">What is added to churn's.</param>
internal readonly record struct Calibration(double Scale, double Shift)
{
    /// <summary>Standard errors by which totals must differ before a factor is believed: most learners are right on average, and a factor of chance would only add noise.</summary>
    private const double Clearly = 2;

    private const int MostSteps = 50;

    /// <summary>Learns it on customers who were held back.</summary>
    /// <param name="target">What is scored.</param>
    /// <param name="scores">The pipeline's scores, finite.</param>
    /// <param name="labels">What happened.</param>
    /// <param name="customers">Whose row each is.</param>
    /// <exception cref="CandidateFailedException">The scores expect nothing of anyone.</exception>
    public static Calibration Learn(Target target, float[] scores, float[] labels, int[] customers) =>
        target == Target.Churn ? Platt(scores, labels) : new(Factor(target, scores, labels, customers), 0);

    /// <summary>Platt scaling (Platt 1999) with the targets that he smooths, by Newton's method on standardised scores.</summary>
    private static Calibration Platt(float[] scores, float[] labels)
    {
        double mean = scores.Average(score => (double)score), deviation = Math.Sqrt(scores.Average(score => (score - mean) * (score - mean)));
        double churned = labels.Count(label => label != 0), stayed = labels.Length - churned;
        double high = (churned + 1) / (churned + 2), low = 1 / (stayed + 2);
        double slope = 0, start = Math.Log((churned + 1) / (stayed + 1));
        if (deviation == 0)
            return new(0, start);
        for (int step = 0; step < MostSteps; step++)
        {
            double gradientSlope = 0, gradientStart = 0, ss = 1e-9, st = 0, tt = 1e-9;
            for (int i = 0; i < scores.Length; i++)
            {
                double z = (scores[i] - mean) / deviation, p = 1 / (1 + Math.Exp(-(slope * z + start))), error = p - (labels[i] != 0 ? high : low), weight = p * (1 - p);
                gradientSlope += error * z;
                gradientStart += error;
                ss += weight * z * z;
                st += weight * z;
                tt += weight;
            }
            double determinant = ss * tt - st * st, moveSlope = (tt * gradientSlope - st * gradientStart) / determinant, moveStart = (ss * gradientStart - st * gradientSlope) / determinant;
            slope -= Math.Clamp(moveSlope, -1, 1);
            start -= Math.Clamp(moveStart, -1, 1);
            if (Math.Abs(moveSlope) + Math.Abs(moveStart) < 1e-10)
                break;
        }
        return new(slope / deviation, start - slope * mean / deviation);
    }

    /// <summary>Actual over expected total where the two clearly differ, else 1. Rows of one customer go together: they repeat what one history brought.</summary>
    private static double Factor(Target target, float[] scores, float[] labels, int[] customers)
    {
        double expected = scores.Sum(score => Math.Max(score, 0.0)), actual = labels.Sum(label => (double)label);
        if (expected <= 0)
            throw new CandidateFailedException($"its {Word(target)} are 0 or less for every one of {scores.Length:N0} customers held back");
        if (actual <= 0)
            return 1;
        double ratio = actual / expected;
        Dictionary<int, double> off = [];
        for (int i = 0; i < scores.Length; i++)
            off[customers[i]] = off.GetValueOrDefault(customers[i]) + labels[i] - ratio * Math.Max(scores[i], 0.0);
        double error = Math.Sqrt(off.Values.Sum(sum => sum * sum)) / actual;
        return Math.Abs(Math.Log(ratio)) > Clearly * error ? ratio : 1;
    }

    /// <summary>A target as a sentence calls its scores.</summary>
    public static string Word(Target target) => target switch { Target.Churn => "churn scores", Target.Purchases => "expected purchases", _ => "expected spend" };
}
