namespace CustomerValue.Data.Features;

/// <summary>What a purchase day looks like: its spend, lines, pieces and margin.</summary>
internal static class BasketFeatures
{
    private static readonly string[] s_spendNeeds = ["purchase_days_all", "spend_sum_all", "spend_squares_all"];

    public static void AddTo(FeatureFormulas list)
    {
        list.AddRatio("basket_mean", "spend_sum_all", "purchase_days_all", "money", "Mean spend of a purchase day.", "spends {value} a time on average");
        list.AddRatio("basket_mean_365d", "spend_sum_365d", "purchase_days_365d", "money", "Mean spend of a purchase day of the last 365 days.", "spent {value} a time in the last year");
        list.Add("repeat_basket_mean", "money", "Mean spend of the repeat purchase days; missing before the second.", "spends {value} a time after the first purchase", ["repeat_spend_sum"], inputs =>
        {
            double[] repeat = inputs["repeat_spend_sum"];
            return row => FeatureMath.Ratio(repeat[row], inputs.X[row]);
        });
        list.AddAggregate("basket_max", "spend_max_all", "money", "Largest spend of a purchase day.", "spent {value} on the biggest day");
        list.AddAggregate("basket_max_365d", "spend_max_365d", "money", "Largest spend of a purchase day of the last 365 days.", "spent {value} on the biggest day of the last year");
        list.AddAggregate("basket_min", "spend_min_all", "money", "Smallest spend of a purchase day.", "spent {value} on the smallest day");
        list.AddAggregate("basket_last", "last_spend", "money", "Spend of the last purchase day.", "spent {value} last time");
        list.Add("basket_deviation", "money", "Standard deviation of the spend of purchase days.", "spend varies by {value} from time to time", s_spendNeeds, inputs =>
        {
            double[] days = inputs["purchase_days_all"], sum = inputs["spend_sum_all"], squares = inputs["spend_squares_all"];
            return row => FeatureMath.Deviation(days[row], sum[row], squares[row]);
        });
        list.Add("basket_variation", "ratio", "Deviation of the spend of purchase days over their mean.", "spend varies by a factor of {value} from time to time", s_spendNeeds, inputs =>
        {
            double[] days = inputs["purchase_days_all"], sum = inputs["spend_sum_all"], squares = inputs["spend_squares_all"];
            return row => FeatureMath.Ratio(FeatureMath.Deviation(days[row], sum[row], squares[row]), FeatureMath.Ratio(sum[row], days[row]));
        });
        list.Add("basket_last_ratio", "ratio", "Spend of the last purchase day over the mean.", "spent {value} times the usual amount last time", ["last_spend", "spend_sum_all", "purchase_days_all"], inputs =>
        {
            double[] last = inputs["last_spend"], sum = inputs["spend_sum_all"], days = inputs["purchase_days_all"];
            return row => FeatureMath.Ratio(last[row], FeatureMath.Ratio(sum[row], days[row]));
        });

        list.AddRatio("lines_per_day", "lines_all", "purchase_days_all", "lines", "Lines a purchase day.", "buys {value} lines a time");
        list.AddAggregate("lines_365d", "lines_365d", "lines", "Lines bought in the last 365 days.", "bought {value} lines in the last year");
        list.AddRatio("orders_per_day", "orders_all", "purchase_days_all", "orders", "Orders a purchase day.", "places {value} orders a time");
        list.AddAggregate("quantity_all", "quantity_sum_all", "pieces", "Pieces bought so far.", "bought {value} pieces so far");
        list.AddAggregate("quantity_365d", "quantity_sum_365d", "pieces", "Pieces bought in the last 365 days.", "bought {value} pieces in the last year");
        list.AddRatio("quantity_per_day", "quantity_sum_all", "purchase_days_all", "pieces", "Pieces a purchase day.", "buys {value} pieces a time");
        list.AddRatio("piece_price", "gross_sum_all", "quantity_sum_all", "money", "Money a piece, before returns.", "pays {value} a piece");
        list.AddAggregate("margin_all", "margin_sum_all", "money", "Margin so far.", "brought a margin of {value} so far");
        list.AddAggregate("margin_365d", "margin_sum_365d", "money", "Margin of the last 365 days.", "brought a margin of {value} in the last year");
        list.AddRatio("margin_share", "margin_sum_all", "spend_sum_all", "share", "Margin as a share of spend.", "leaves a margin share of {value}");
    }
}
