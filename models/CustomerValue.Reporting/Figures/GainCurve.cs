namespace CustomerValue.Reporting.Figures;

/// <summary>How much of an outcome is reached when customers are taken in order of a score.</summary>
/// <param name="Rule">Name of the naive rule drawn beside the champion; null where there is none.</param>
/// <param name="Points">From no customer to all, in steps of a twentieth.</param>
public sealed record GainCurve(string? Rule, IReadOnlyList<GainPoint> Points)
{
    private const int Steps = 20;

    /// <summary>Ranks customers by the champion, by the rule and by the outcome itself.</summary>
    /// <param name="champion">The champion's scores.</param>
    /// <param name="ruleName">Name of the rule, or null.</param>
    /// <param name="rule">The rule's scores; ignored without a name.</param>
    /// <param name="outcome">What is to be reached, not negative.</param>
    public static GainCurve Of(ReadOnlySpan<double> champion, string? ruleName, ReadOnlySpan<double> rule, ReadOnlySpan<double> outcome)
    {
        double[] ours = Captured(champion, outcome), best = Captured(outcome, outcome);
        double[]? theirs = ruleName is null ? null : Captured(rule, outcome);
        return new GainCurve(ruleName, [.. Enumerable.Range(0, Steps + 1).Select(step =>
        {
            double share = step / (double)Steps;
            return new GainPoint(share, ours[step], theirs?[step], best[step], step == 0 ? double.NaN : ours[step] / share);
        })]);
    }

    /// <summary>Share of the outcome at each step; customers of equal score count as their average.</summary>
    private static double[] Captured(ReadOnlySpan<double> scores, ReadOnlySpan<double> outcome)
    {
        double[] keys = scores.ToArray(), values = outcome.ToArray(), sums = new double[keys.Length + 1];
        Array.Sort(keys, values);
        Array.Reverse(keys);
        Array.Reverse(values);
        for (int start = 0; start < keys.Length;)
        {
            int end = start;
            double sum = 0;
            for (; end < keys.Length && keys[end] == keys[start]; end++)
                sum += values[end];
            for (int i = start; i < end; i++)
                sums[i + 1] = sums[start] + sum * (i + 1 - start) / (end - start);
            start = end;
        }
        double[] captured = new double[Steps + 1];
        for (int step = 0; step <= Steps; step++)
        {
            double place = (double)keys.Length * step / Steps;
            int whole = Math.Min((int)place, keys.Length - 1);
            captured[step] = (sums[whole] + (place - whole) * (sums[whole + 1] - sums[whole])) / sums[^1];
        }
        return captured;
    }
}

/// <summary>One point of a gain curve.</summary>
/// <param name="Share">Share of customers taken.</param>
/// <param name="Champion">Share of the outcome reached by the champion's order; NaN where nothing happened.</param>
/// <param name="Rule">The same by the naive rule's order.</param>
/// <param name="Perfect">The same in the order of the outcome itself.</param>
/// <param name="Lift">The champion's share over the share of customers; NaN at the start.</param>
public sealed record GainPoint(double Share, double Champion, double? Rule, double Perfect, double Lift);
