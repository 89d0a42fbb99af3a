namespace CustomerValue.Data.Features;

/// <summary>Returns, discounts, breadth of products and categories, channels and days of the week.</summary>
internal static class MixFeatures
{
    private static readonly string[] s_weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static void AddTo(FeatureFormulas list)
    {
        list.AddRatio("return_share", "returns_sum_all", "gross_sum_all", "share", "Money returned as a share of money bought.", "gives back a share of {value} of what they buy");
        list.AddRatio("return_share_365d", "returns_sum_365d", "gross_sum_365d", "share", "Money returned as a share of money bought, last 365 days.", "gave back a share of {value} in the last year");
        list.AddAggregate("returns_all", "returns_all", "returns", "Lines returned so far.", "returned {value} lines so far");
        list.Add("discount_share", "share", "Discount as a share of the price before discount.", "bought at a discount of a share of {value}", ["discount_sum_all", "gross_sum_all"], inputs =>
        {
            double[] discount = inputs["discount_sum_all"], gross = inputs["gross_sum_all"];
            return row => FeatureMath.Ratio(discount[row], gross[row] + discount[row]);
        });
        list.Add("discount_share_365d", "share", "Discount as a share of the price before discount, last 365 days.", "bought at a discount of a share of {value} in the last year", ["discount_sum_365d", "gross_sum_365d"], inputs =>
        {
            double[] discount = inputs["discount_sum_365d"], gross = inputs["gross_sum_365d"];
            return row => FeatureMath.Ratio(discount[row], gross[row] + discount[row]);
        });

        list.AddAggregate("products_all", "products_all", "products", "Different products bought so far.", "bought {value} different products so far");
        list.AddAggregate("products_365d", "products_365d", "products", "Different products bought in the last 365 days.", "bought {value} different products in the last year");
        list.AddRatio("products_per_line", "products_all", "lines_all", "share", "Different products a line: low when the same is bought again.", "a share of {value} of the lines is something new");
        list.AddAggregate("categories_all", "categories_all", "categories", "Different categories bought so far.", "bought from {value} categories so far");
        list.AddAggregate("categories_365d", "categories_365d", "categories", "Different categories bought in the last 365 days.", "bought from {value} categories in the last year");
        AddChannels(list);
        for (int i = 0; i < s_weekdays.Length; i++)
            list.AddRatio($"{s_weekdays[i]}_share", $"weekday_{i + 1}_all", "purchase_days_all", "share", $"Share of purchase days that are a {s_weekdays[i]}.", $"a share of {{value}} of the purchases falls on a {s_weekdays[i]}");
    }

    private static void AddChannels(FeatureFormulas list)
    {
        IReadOnlyList<string> channels = list.Catalogue.Channels;
        list.AddAggregate("channels_all", "channels_all", "channels", "Different channels used so far.", "used {value} channels so far");
        foreach (string channel in channels)
        {
            list.AddRatio($"channel_{channel}_share", $"channel_{channel}_all", "lines_all", "share", $"Share of lines through channel {channel}.", $"a share of {{value}} of the lines came through {channel}");
            list.AddRatio($"channel_{channel}_share_365d", $"channel_{channel}_365d", "lines_365d", "share", $"Share of lines through channel {channel}, last 365 days.", $"a share of {{value}} of last year's lines came through {channel}");
        }
        string[] needs = [.. channels.Select(channel => $"channel_{channel}_all")];
        if (needs.Length > 0)
            list.Add(new FeatureDefinition("main_channel", "level", "The channel with most lines.", "buys mostly through {value}", FeatureKind.Categorical, channels), needs, inputs =>
            {
                double[][] counts = Array.ConvertAll(needs, name => inputs[name]);
                return row => Largest(counts, row);
            });
    }

    private static double Largest(double[][] counts, int row)
    {
        double level = double.NaN, most = 0;
        for (int i = 0; i < counts.Length; i++)
            if (counts[i][row] > most)
                (level, most) = (i, counts[i][row]);
        return level;
    }
}
