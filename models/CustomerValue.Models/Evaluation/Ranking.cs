namespace CustomerValue.Models.Evaluation;

/// <summary>Rank statistics; ties share the average of their ranks, so that no result depends on the order of rows.</summary>
public static class Ranking
{
    /// <summary>Ranks from 1 (smallest) to n; equal values share their average rank.</summary>
    public static double[] AverageRanks(ReadOnlySpan<double> values)
    {
        int[] order = Order(values, out double[] sorted);
        double[] ranks = new double[order.Length];
        for (int start = 0; start < order.Length;)
        {
            int end = start + 1;
            while (end < order.Length && sorted[end] == sorted[start])
                end++;
            double rank = (start + 1 + end) / 2.0;
            for (int i = start; i < end; i++)
                ranks[order[i]] = rank;
            start = end;
        }
        return ranks;
    }

    /// <summary>Pearson's correlation in [-1, 1]; NaN where either side is constant.</summary>
    public static double Pearson(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double meanLeft = Mean(left), meanRight = Mean(right), cross = 0, squareLeft = 0, squareRight = 0;
        for (int i = 0; i < left.Length; i++)
        {
            double a = left[i] - meanLeft, b = right[i] - meanRight;
            cross += a * b;
            squareLeft += a * a;
            squareRight += b * b;
        }
        return squareLeft > 0 && squareRight > 0 ? Math.Clamp(cross / Math.Sqrt(squareLeft * squareRight), -1, 1) : double.NaN;
    }

    /// <summary>Spearman's rank correlation in [-1, 1], ties averaged; NaN where either side is constant.</summary>
    public static double Spearman(ReadOnlySpan<double> left, ReadOnlySpan<double> right) => Pearson(AverageRanks(left), AverageRanks(right));

    /// <summary>Area under the ROC curve: the probability that an event scores above a non-event, ties counted half; NaN without both classes.</summary>
    public static double AreaUnderCurve(ReadOnlySpan<double> scores, ReadOnlySpan<bool> events)
    {
        double[] ranks = AverageRanks(scores);
        double rankSum = 0;
        long positives = 0;
        for (int i = 0; i < events.Length; i++)
            if (events[i])
            {
                rankSum += ranks[i];
                positives++;
            }
        long negatives = events.Length - positives;
        return positives > 0 && negatives > 0 ? (rankSum - positives * (positives + 1) / 2.0) / ((double)positives * negatives) : double.NaN;
    }

    /// <summary>Average precision: precision at each distinct score weighted by the recall gained there; NaN without an event.</summary>
    public static double AveragePrecision(ReadOnlySpan<double> scores, ReadOnlySpan<bool> events)
    {
        int[] order = Order(scores, out double[] sorted);
        long total = 0;
        foreach (bool happened in events)
            total += happened ? 1 : 0;
        if (total == 0)
            return double.NaN;
        double area = 0;
        long seen = 0, hits = 0;
        for (int end = order.Length; end > 0;)
        {
            int start = end - 1;
            while (start > 0 && sorted[start - 1] == sorted[end - 1])
                start--;
            long gained = 0;
            for (int i = start; i < end; i++)
                gained += events[order[i]] ? 1 : 0;
            hits += gained;
            seen += end - start;
            area += (double)gained / total * hits / seen;
            end = start;
        }
        return area;
    }

    /// <summary>Gini of <paramref name="actual"/> when ranked by <paramref name="predicted"/>, over the Gini of the perfect ranking; 1 is perfect, 0 is chance.</summary>
    /// <remarks>Gini = covariance of value and rank (Lerman and Yitzhaki 1984); average ranks make ties neutral. NaN where nothing is to be ranked.</remarks>
    public static double NormalizedGini(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        double perfect = RankCovariance(actual, AverageRanks(actual));
        return perfect > 0 ? RankCovariance(actual, AverageRanks(predicted)) / perfect : double.NaN;
    }

    /// <summary>Share of the total of <paramref name="actual"/> held by the <paramref name="share"/> of rows that are predicted highest; ties share in proportion.</summary>
    public static double TopShare(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted, double share)
    {
        double total = 0, captured = 0;
        foreach (double value in actual)
            total += value;
        double[] top = TopMembership(predicted, share);
        for (int i = 0; i < actual.Length; i++)
            captured += top[i] * actual[i];
        return total > 0 ? captured / total : double.NaN;
    }

    /// <summary>How much of each row belongs to the top <paramref name="share"/> by score: 1 inside, 0 outside, a fraction for rows tied at the edge.</summary>
    public static double[] TopMembership(ReadOnlySpan<double> scores, double share)
    {
        int[] order = Order(scores, out double[] sorted);
        double[] membership = new double[order.Length];
        double room = share * order.Length;
        for (int end = order.Length; end > 0 && room > 0;)
        {
            int start = end - 1;
            while (start > 0 && sorted[start - 1] == sorted[end - 1])
                start--;
            double part = Math.Min(1, room / (end - start));
            for (int i = start; i < end; i++)
                membership[order[i]] = part;
            room -= end - start;
            end = start;
        }
        return membership;
    }

    /// <summary>Arithmetic mean; NaN of nothing.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum / values.Length;
    }

    private static double RankCovariance(ReadOnlySpan<double> values, double[] ranks)
    {
        double center = (values.Length + 1) / 2.0, sum = 0;
        for (int i = 0; i < values.Length; i++)
            sum += values[i] * (ranks[i] - center);
        return sum;
    }

    private static int[] Order(ReadOnlySpan<double> values, out double[] sorted)
    {
        sorted = values.ToArray();
        int[] order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        return order;
    }
}
