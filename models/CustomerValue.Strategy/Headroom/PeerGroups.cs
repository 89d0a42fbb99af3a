namespace CustomerValue.Strategy.Headroom;

/// <summary>Groups of look-alikes: a tree of median cuts through frequency, money, tenure and what else makes customers alike. Headroom is what a group's top quarter brings beyond a customer.</summary>
/// <remarks>
/// Each cut halves a group at the median of the measure in which its members, standardised over the base, differ most (Bentley 1975); a cut that would leave fewer than the
/// least number of peers on one side is not made, so the group stays as wide as needed. One look-up takes a dozen comparisons, in a batch as for one customer alone.
/// </remarks>
/// <param name="Measures">Number of measures.</param>
/// <param name="Measure">Measure that a node cuts; -1 for a group.</param>
/// <param name="Cut">Values below it go left.</param>
/// <param name="Left">Left child of a node; the right one follows it.</param>
/// <param name="Peers">Customers of a node when it was learnt.</param>
/// <param name="TopQuarter">Potential values of a group's top quarter from the lowest up, at most eight: where it has more members, the means of its eighths; empty for a node that cuts.</param>
public sealed record PeerGroups(int Measures, int[] Measure, double[] Cut, int[] Left, int[] Peers, double[][] TopQuarter)
{
    /// <summary>The group of a customer.</summary>
    /// <param name="columns">The measures, a column each.</param>
    /// <param name="row">The customer.</param>
    internal int GroupOf(double[][] columns, int row)
    {
        int node = 0;
        while (Measure[node] >= 0)
            node = Left[node] + (columns[Measure[node]][row] < Cut[node] ? 0 : 1);
        return node;
    }

    /// <summary>What the members of a group's top quarter bring beyond a value, on average; those below it bring nothing beyond.</summary>
    internal double Headroom(int group, double potential)
    {
        double sum = 0;
        foreach (double top in TopQuarter[group])
            sum += Math.Max(0, top - potential);
        return sum / TopQuarter[group].Length;
    }

    /// <summary>What customers are compared by: logarithms of purchases a year, spend a purchase day and tenure, then the input's own columns.</summary>
    internal static double[][] MeasuresOf(StrategyInput input)
    {
        double[] frequency = new double[input.Count], money = new double[input.Count], tenure = new double[input.Count];
        for (int i = 0; i < input.Count; i++)
        {
            frequency[i] = Math.Log((input.PurchaseDays[i] - 1 + 0.5) / (input.TenureDays[i] + 90));
            money[i] = Math.Log(1 + Math.Max(0, input.Spend[i]) / input.PurchaseDays[i]);
            tenure[i] = Math.Log(input.TenureDays[i] + 30);
        }
        return [frequency, money, tenure, .. input.LikenessColumns];
    }
}
