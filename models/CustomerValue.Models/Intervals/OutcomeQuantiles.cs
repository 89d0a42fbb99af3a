using CustomerValue.Data.Windows;

namespace CustomerValue.Models.Intervals;

/// <summary>Quantiles of what a customer will spend, learnt by group from how far a past forecast was off.</summary>
/// <remarks>
/// Nothing is spent with the churn probability c; else the spend is m / (1 - c) times a ratio whose distribution is the group's own at a past origin.
/// The quantile levels are then moved to where the group's outcomes really fell (distribution calibration: Kuleshov, Fenner and Ermon 2018), which is
/// split conformal prediction on the probability scale. One past origin shows one level of the whole base; outcomes are therefore taken at several
/// levels, as far apart as forecasts of the level were off at past origins. A group's ratios are those of a customer as irregular as is usual; another's are taken to the power of how much more
/// or less irregular that customer is, as lognormal spreads are (locally weighted conformal prediction: Lei and others 2018).
/// </remarks>
/// <param name="Groups">What was learnt, by <see cref="ActivityGroup"/>; a group too small to learn from carries what all taught.</param>
/// <param name="WhaleSpend">Expected spend from which a customer is a whale.</param>
public sealed record OutcomeQuantiles(IReadOnlyList<GroupQuantiles> Groups, double WhaleSpend)
{
    private const int FewestRows = 150;
    private const double WhaleShare = 0.02;
    private const double LeastWidth = 0.1, MostWidth = 3;

    /// <summary>Median <see cref="Irregularity"/> of who spent; 0 where nothing was learnt of it, and in versions that are older than this: ratios are then as wide for everyone.</summary>
    public double UsualIrregularity { get; init; }

    /// <summary>The power to which a customer's ratios are taken: above 1 for who is more irregular than usual, by standard deviations.</summary>
    internal double WidthOf(double irregularity) => UsualIrregularity > 0 ? Math.Clamp(Math.Sqrt(irregularity / UsualIrregularity), LeastWidth, MostWidth) : 1;

    /// <summary>The group of a customer.</summary>
    /// <param name="x">Repeat purchases.</param>
    /// <param name="ageDays">Days since the first purchase.</param>
    /// <param name="expectedSpend">Forecast spend.</param>
    /// <param name="horizon">Days ahead.</param>
    public ActivityGroup GroupOf(double x, double ageDays, double expectedSpend, Horizon horizon) =>
        expectedSpend >= WhaleSpend ? ActivityGroup.Whale
        : x == 0 && ageDays < horizon.Days ? ActivityGroup.New
        : x <= 2 ? ActivityGroup.Rare : ActivityGroup.Frequent;

    /// <summary>The amount that is undercut with probability <paramref name="level"/>.</summary>
    /// <param name="group">The customer's group.</param>
    /// <param name="level">Above 0 and below 1.</param>
    /// <param name="churn">Probability of spending nothing.</param>
    /// <param name="mean">Expected amount; of a loss, quantiles are those of a gain as large, the other way round.</param>
    /// <param name="width">The power to which the customer's ratios are taken.</param>
    public double Quantile(ActivityGroup group, double level, double churn, double mean, double width = 1) => Groups[(int)group].Quantile(level, churn, mean, width);

    /// <summary>Learns from a past origin.</summary>
    /// <param name="x">Repeat purchases.</param>
    /// <param name="ageDays">Days since the first purchase.</param>
    /// <param name="churn">Forecast probability of spending nothing.</param>
    /// <param name="mean">Forecast amount.</param>
    /// <param name="actual">What was spent.</param>
    /// <param name="horizon">Days ahead.</param>
    /// <param name="levels">Equally likely factors on all outcomes; 1 alone where the level is certain.</param>
    /// <param name="irregularity">How irregular customers are (<see cref="Irregularity"/>); empty where everyone's ratios are as wide.</param>
    public static OutcomeQuantiles Learn(
        ReadOnlySpan<double> x, ReadOnlySpan<double> ageDays, ReadOnlySpan<double> churn, ReadOnlySpan<double> mean, ReadOnlySpan<double> actual, Horizon horizon, double[] levels,
        ReadOnlySpan<double> irregularity = default)
    {
        double[] sorted = mean.ToArray();
        Array.Sort(sorted);
        OutcomeQuantiles empty = new([], sorted.Length == 0 ? double.PositiveInfinity : sorted[(int)((1 - WhaleShare) * (sorted.Length - 1))]);
        List<int>[] members = [.. Enum.GetValues<ActivityGroup>().Select(_ => new List<int>())];
        List<int> all = [];
        for (int i = 0; i < actual.Length; i++)
        {
            members[(int)empty.GroupOf(x[i], ageDays[i], mean[i], horizon)].Add(i);
            all.Add(i);
        }
        empty = empty with { UsualIrregularity = Usual(irregularity, actual) };
        double[] widths = Array.ConvertAll(irregularity.ToArray(), empty.WidthOf);
        GroupQuantiles common = GroupQuantiles.Learn(all, churn, mean, actual, levels, widths);
        List<GroupQuantiles> groups = [];
        foreach (List<int> group in members)
            groups.Add(group.Count >= FewestRows ? GroupQuantiles.Learn(group, churn, mean, actual, levels, widths) : common);
        return empty with { Groups = groups };
    }

    private static double Usual(ReadOnlySpan<double> irregularity, ReadOnlySpan<double> actual)
    {
        List<double> spent = [];
        for (int i = 0; i < irregularity.Length; i++)
            if (actual[i] > 0)
                spent.Add(irregularity[i]);
        spent.Sort();
        return spent.Count == 0 ? 0 : spent[spent.Count / 2];
    }
}
