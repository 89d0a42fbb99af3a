using System.Globalization;
using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Aggregates;

/// <summary>The house's choice of aggregates; the standard features are made of these.</summary>
internal static class StandardAggregates
{
    /// <summary>Lengths of the trailing windows, in days.</summary>
    public static readonly int[] TrailingDays = [30, 60, 90, 180, 365];

    /// <summary>Windows that get counts and spends, with the word that ends their aggregates' names.</summary>
    public static IReadOnlyList<(string Suffix, DayWindow Window)> Windows(Horizon horizon) =>
    [
        ("all", DayWindow.AllTime),
        .. TrailingDays.Select(days => ($"{days}d", DayWindow.Trailing(days))),
        ("horizon", DayWindow.Trailing(horizon.Days)),
        ("year_ago", DayWindow.YearAgo(horizon)),
        ("before_year_ago", DayWindow.BeforeYearAgo(horizon)),
    ];

    public static AggregateCatalogue For(AvailableColumns columns, Horizon horizon)
    {
        List<AggregateDefinition> list = [.. AggregateCatalogue.Core];
        void Add(string name, AggregateKind kind, AggregateColumn column, DayWindow window, string? level = null)
        {
            if (!list.Exists(known => known.Name == name))
                list.Add(new AggregateDefinition(name, kind, column, window, level));
        }

        foreach ((string suffix, DayWindow window) in Windows(horizon))
        {
            Add($"purchase_days_{suffix}", AggregateKind.Count, AggregateColumn.Day, window);
            Add($"spend_sum_{suffix}", AggregateKind.Sum, AggregateColumn.Spend, window);
        }
        foreach ((string suffix, DayWindow window) in Windows(horizon).Where(entry => entry.Suffix is "all" or "365d" or "horizon"))
        {
            Add($"spend_squares_{suffix}", AggregateKind.SumOfSquares, AggregateColumn.Spend, window);
            Add($"spend_max_{suffix}", AggregateKind.Max, AggregateColumn.Spend, window);
            Add($"lines_{suffix}", AggregateKind.Count, AggregateColumn.Line, window);
            Add($"gross_sum_{suffix}", AggregateKind.Sum, AggregateColumn.Gross, window);
            Add($"returns_{suffix}", AggregateKind.Count, AggregateColumn.Return, window);
            Add($"returns_sum_{suffix}", AggregateKind.Sum, AggregateColumn.Return, window);
            Add($"months_{suffix}", AggregateKind.Distinct, AggregateColumn.Month, window);
            if (columns.Orders)
                Add($"orders_{suffix}", AggregateKind.Count, AggregateColumn.Order, window);
            if (columns.Quantities)
                Add($"quantity_sum_{suffix}", AggregateKind.Sum, AggregateColumn.Quantity, window);
            if (columns.Discounts)
                Add($"discount_sum_{suffix}", AggregateKind.Sum, AggregateColumn.Discount, window);
            if (columns.Margins)
                Add($"margin_sum_{suffix}", AggregateKind.Sum, AggregateColumn.Margin, window);
            if (columns.Products)
                Add($"products_{suffix}", AggregateKind.Distinct, AggregateColumn.Product, window);
            if (columns.Categories.Count > 0)
                Add($"categories_{suffix}", AggregateKind.Distinct, AggregateColumn.Category, window);
        }

        DayWindow all = DayWindow.AllTime, year = DayWindow.Trailing(DaysIn.Year);
        Add("spend_min_all", AggregateKind.Min, AggregateColumn.Spend, all);
        Add("last_spend", AggregateKind.Last, AggregateColumn.Spend, all);
        Add("gaps_all", AggregateKind.Count, AggregateColumn.Gap, all);
        Add("gap_sum_all", AggregateKind.Sum, AggregateColumn.Gap, all);
        Add("gap_squares_all", AggregateKind.SumOfSquares, AggregateColumn.Gap, all);
        Add("gap_min_all", AggregateKind.Min, AggregateColumn.Gap, all);
        Add("gap_max_all", AggregateKind.Max, AggregateColumn.Gap, all);
        Add("gap_last", AggregateKind.Last, AggregateColumn.Gap, all);
        Add("gaps_365d", AggregateKind.Count, AggregateColumn.Gap, year);
        Add("gap_sum_365d", AggregateKind.Sum, AggregateColumn.Gap, year);
        for (int weekday = 1; weekday <= 7; weekday++)
            Add($"weekday_{weekday}_all", AggregateKind.Count, AggregateColumn.Weekday, all, weekday.ToString(CultureInfo.InvariantCulture));
        Add("first_lines", AggregateKind.First, AggregateColumn.Line, all);
        if (columns.Quantities)
            Add("first_quantity", AggregateKind.First, AggregateColumn.Quantity, all);
        if (columns.Categories.Count > 0)
            Add("first_category", AggregateKind.First, AggregateColumn.Category, all);
        if (columns.Channels.Count > 0)
        {
            Add("first_channel", AggregateKind.First, AggregateColumn.Channel, all);
            Add("channels_all", AggregateKind.Distinct, AggregateColumn.Channel, all);
            foreach (string channel in columns.Channels)
            {
                Add($"channel_{channel}_all", AggregateKind.Count, AggregateColumn.Channel, all, channel);
                Add($"channel_{channel}_365d", AggregateKind.Count, AggregateColumn.Channel, year, channel);
            }
        }
        return new AggregateCatalogue(horizon, list, columns.Channels, columns.Categories);
    }
}
