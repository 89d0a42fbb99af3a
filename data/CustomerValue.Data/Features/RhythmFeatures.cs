using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Features;

/// <summary>How often and how regularly: x, t_x, T, recency, gaps.</summary>
internal static class RhythmFeatures
{
    public static void AddTo(FeatureFormulas list)
    {
        list.Add("x", "purchase days", "Repeat purchase days: all purchase days but the first.", "came back on {value} days", [], inputs => row => inputs.X[row]);
        list.Add("t_x", "days", "Days from the first to the last purchase.", "bought over a span of {value} days", [], inputs => row => inputs.Tx[row]);
        list.Add("T", "days", "Days from the first purchase to the last day observed: the tenure.", "has been a customer for {value} days", [], inputs => row => inputs.T[row]);
        list.Add("recency", "days", "Days from the last purchase to the last day observed.", "last bought {value} days ago", [],
            inputs => row => inputs.T[row] - inputs.Tx[row]);
        list.Add("recency_share", "share", "Recency as a share of the tenure.", "has been quiet for a share of {value} of the time as a customer", [],
            inputs => row => FeatureMath.Ratio(inputs.T[row] - inputs.Tx[row], inputs.T[row]));
        list.Add("rate", "purchase days per 30 days", "Repeat purchase days per 30 days of tenure.", "comes back {value} times in 30 days on average", [],
            inputs => row => 30 * FeatureMath.Ratio(inputs.X[row], inputs.T[row]));
        list.Add("months_share", "share", "Share of the calendar months of the tenure that saw a purchase.", "bought in a share of {value} of the months as a customer", ["months_all"], inputs =>
        {
            double[] months = inputs["months_all"];
            return row => months[row] / (1 + inputs.T[row] / DaysIn.MeanMonth);
        });

        list.AddRatio("gap_mean", "gap_sum_all", "gaps_all", "days", "Mean days between purchase days.", "buys every {value} days on average");
        list.AddRatio("gap_mean_365d", "gap_sum_365d", "gaps_365d", "days", "Mean days between purchase days over the last 365 days.", "bought every {value} days in the last year");
        list.Add("gap_deviation", "days", "Standard deviation of the days between purchase days.", "the days between purchases vary by {value}", s_gapNeeds, inputs =>
        {
            (double[] count, double[] sum, double[] squares) = Gaps(inputs);
            return row => FeatureMath.Deviation(count[row], sum[row], squares[row]);
        });
        list.Add("gap_variation", "ratio", "Regularity: deviation of the gaps over their mean; 0 is clockwork, 1 is chance.", "the rhythm of purchases varies by a factor of {value}", s_gapNeeds, inputs =>
        {
            (double[] count, double[] sum, double[] squares) = Gaps(inputs);
            return row => FeatureMath.Ratio(FeatureMath.Deviation(count[row], sum[row], squares[row]), FeatureMath.Ratio(sum[row], count[row]));
        });
        list.AddAggregate("gap_min", "gap_min_all", "days", "Shortest time between two purchase days.", "bought again after {value} days at the soonest");
        list.AddAggregate("gap_max", "gap_max_all", "days", "Longest time between two purchase days.", "once paused for {value} days");
        list.AddAggregate("gap_last", "gap_last", "days", "Days between the last two purchase days.", "the last two purchases were {value} days apart");
        list.Add("gap_last_ratio", "ratio", "The last gap over the mean gap; above 1 the customer is slowing down.", "the last pause was {value} times the usual one", ["gap_last", "gap_sum_all", "gaps_all"], inputs =>
        {
            double[] last = inputs["gap_last"], sum = inputs["gap_sum_all"], count = inputs["gaps_all"];
            return row => FeatureMath.Ratio(last[row], FeatureMath.Ratio(sum[row], count[row]));
        });
        list.Add("overdue_ratio", "ratio", "Recency over the mean gap; above 1 the next purchase is overdue.", "has been quiet for {value} times the usual pause", ["gap_sum_all", "gaps_all"], inputs =>
        {
            double[] sum = inputs["gap_sum_all"], count = inputs["gaps_all"];
            return row => FeatureMath.Ratio(inputs.T[row] - inputs.Tx[row], FeatureMath.Ratio(sum[row], count[row]));
        });
        list.Add("overdue_max_ratio", "ratio", "Recency over the longest gap; above 1 the customer was never quiet for so long.", "has been quiet for {value} times the longest pause so far", ["gap_max_all"], inputs =>
        {
            double[] max = inputs["gap_max_all"];
            return row => FeatureMath.Ratio(inputs.T[row] - inputs.Tx[row], max[row]);
        });
    }

    private static readonly string[] s_gapNeeds = ["gaps_all", "gap_sum_all", "gap_squares_all"];

    private static (double[] Count, double[] Sum, double[] Squares) Gaps(FeatureInputs inputs) =>
        (inputs["gaps_all"], inputs["gap_sum_all"], inputs["gap_squares_all"]);
}
