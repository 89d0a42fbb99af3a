using CustomerValue.Models.Evaluation;

namespace CustomerValue.Reporting.Figures;

/// <summary>Difference of two areas under the ROC curve on the same customers, with its interval.</summary>
/// <remarks>DeLong, DeLong and Clarke-Pearson (1988): the variance of the paired difference by structural components, computed from ranks (Sun and Xu 2014).</remarks>
public static class AucDifference
{
    private const double NormalQuantile = 1.959963984540054;

    /// <summary>Left area minus right area with its 95 % interval; NaN without both classes.</summary>
    public static Interval Of(ReadOnlySpan<double> left, ReadOnlySpan<double> right, ReadOnlySpan<bool> events)
    {
        double[] a = Components(left, events, out double leftArea), b = Components(right, events, out double rightArea);
        double variance = 0;
        foreach (bool side in (bool[])[true, false])
        {
            double sum = 0, squares = 0;
            long count = 0;
            for (int i = 0; i < a.Length; i++)
                if (events[i] == side)
                {
                    double difference = a[i] - b[i];
                    sum += difference;
                    squares += difference * difference;
                    count++;
                }
            if (count > 1)
                variance += Math.Max(squares - sum * sum / count, 0) / (count - 1) / count;
        }
        double estimate = leftArea - rightArea, half = NormalQuantile * Math.Sqrt(variance);
        return new Interval(estimate, estimate - half, estimate + half);
    }

    /// <summary>Share of the other class that each row is ranked rightly against.</summary>
    private static double[] Components(ReadOnlySpan<double> scores, ReadOnlySpan<bool> events, out double area)
    {
        double[] all = Ranking.AverageRanks(scores), own = new double[scores.Length];
        int positives = events.Count(true), negatives = events.Length - positives;
        FillOwnRanks(scores, events, true, positives, own);
        FillOwnRanks(scores, events, false, negatives, own);
        double sum = 0;
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = events[i] ? (all[i] - own[i]) / negatives : 1 - (all[i] - own[i]) / positives;
            sum += events[i] ? own[i] : 0;
        }
        area = positives > 0 && negatives > 0 ? sum / positives : double.NaN;
        return own;
    }

    private static void FillOwnRanks(ReadOnlySpan<double> scores, ReadOnlySpan<bool> events, bool side, int count, double[] ranks)
    {
        double[] members = new double[count];
        int at = 0;
        for (int i = 0; i < scores.Length; i++)
            if (events[i] == side)
                members[at++] = scores[i];
        double[] within = Ranking.AverageRanks(members);
        at = 0;
        for (int i = 0; i < scores.Length; i++)
            if (events[i] == side)
                ranks[i] = within[at++];
    }
}
