namespace CustomerValue.Data.Features;

/// <summary>What the first purchase day looked like: all that is known of a new customer.</summary>
internal static class FirstPurchaseFeatures
{
    public static void AddTo(FeatureFormulas list)
    {
        list.AddAggregate("first_basket", "first_spend", "money", "Spend of the first purchase day.", "spent {value} on the first day");
        list.AddAggregate("first_lines", "first_lines", "lines", "Lines of the first purchase day.", "bought {value} lines on the first day");
        list.AddAggregate("first_quantity", "first_quantity", "pieces", "Pieces of the first purchase day.", "bought {value} pieces on the first day");
        list.AddRatio("first_basket_share", "first_spend", "spend_sum_all", "share", "The first purchase day's share of all spend.", "a share of {value} of all spend fell on the first day");
        AddLevel(list, "first_channel", "The channel with most money on the first purchase day.", "first came through {value}", list.Catalogue.Channels);
        AddLevel(list, "first_category", "The category with most money on the first purchase day.", "first bought {value}", list.Catalogue.Categories);
        list.Add("first_day_sin", "sine of the year", "Sine of the day of the year of the first purchase.", "the season of the first purchase plays its part", ["first_day"], inputs =>
        {
            double[] first = inputs["first_day"];
            return row => Math.Sin(FeatureMath.YearAngle((int)first[row]));
        });
        list.Add("first_day_cos", "cosine of the year", "Cosine of the day of the year of the first purchase.", "the season of the first purchase plays its part", ["first_day"], inputs =>
        {
            double[] first = inputs["first_day"];
            return row => Math.Cos(FeatureMath.YearAngle((int)first[row]));
        });
    }

    private static void AddLevel(FeatureFormulas list, string name, string meaning, string reason, IReadOnlyList<string> levels) =>
        list.Add(new FeatureDefinition(name, "level", meaning, reason, FeatureKind.Categorical, levels), [name], inputs =>
        {
            double[] codes = inputs[name];
            return row => codes[row];
        });
}
