using System.Globalization;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Features;

/// <summary>Purchases and spend in windows of days, a year ago, and where both are heading.</summary>
internal static class WindowFeatures
{
    public static void AddTo(FeatureFormulas list)
    {
        AddWindow(list, "all", "so far");
        foreach (int days in StandardAggregates.TrailingDays)
            AddWindow(list, string.Create(CultureInfo.InvariantCulture, $"{days}d"), string.Create(CultureInfo.InvariantCulture, $"in the last {days} days"));
        AddWindow(list, "horizon", "in the last days that are as many as the horizon");
        foreach (string window in (string[])["all", "365d", "horizon"])
        {
            AddLog(list, $"log_purchase_days_{window}", $"purchase_days_{window}", "log purchase days", "purchase days");
            AddLog(list, $"log_spend_{window}", $"spend_sum_{window}", "log money", "spend");
        }
        AddYearAgo(list);
        AddTrends(list);
    }

    private static void AddWindow(FeatureFormulas list, string window, string when)
    {
        list.AddAggregate($"purchase_days_{window}", $"purchase_days_{window}", "purchase days", $"Purchase days {when}.", $"bought on {{value}} days {when}");
        list.AddAggregate($"spend_{window}", $"spend_sum_{window}", "money", $"Spend {when}.", $"spent {{value}} {when}");
    }

    private static void AddLog(FeatureFormulas list, string name, string aggregate, string unit, string what) =>
        list.Add(name, unit, $"log(1 + {what}) of the same window.", $"the logarithm of the {what} is {{value}}", [aggregate], inputs =>
        {
            double[] values = inputs[aggregate];
            return row => FeatureMath.Log1p(values[row]);
        });

    // A window a year ago says nothing about a customer who came after it: missing, whatever the length of the log.
    private static void AddYearAgo(FeatureFormulas list)
    {
        Horizon horizon = list.Catalogue.Horizon;
        int endOfYearAgo = DayWindow.YearAgo(horizon).ToDays, endOfBefore = DayWindow.BeforeYearAgo(horizon).ToDays;
        AddSince(list, "purchase_days_year_ago", "purchase_days_year_ago", endOfYearAgo, "purchase days", "Purchase days in the horizon's days one year ago.", "bought on {value} days at this time last year");
        AddSince(list, "spend_year_ago", "spend_sum_year_ago", endOfYearAgo, "money", "Spend in the horizon's days one year ago.", "spent {value} at this time last year");
        AddSince(list, "purchase_days_before_year_ago", "purchase_days_before_year_ago", endOfBefore, "purchase days", "Purchase days in the days that led up to the same time last year.", "bought on {value} days before this time last year");
        AddSince(list, "spend_before_year_ago", "spend_sum_before_year_ago", endOfBefore, "money", "Spend in the days that led up to the same time last year.", "spent {value} before this time last year");
        list.AddRatio("season_purchase_ratio", "purchase_days_year_ago", "purchase_days_before_year_ago", "ratio", "Purchase days at this time last year over those just before.", "bought {value} times as often at this time last year as just before");
        list.AddRatio("season_spend_ratio", "spend_sum_year_ago", "spend_sum_before_year_ago", "ratio", "Spend at this time last year over that just before.", "spent {value} times as much at this time last year as just before");
        list.AddRatio("growth_purchase_ratio", "purchase_days_horizon", "purchase_days_before_year_ago", "ratio", "Purchase days lately over those of the same days last year.", "bought {value} times as often lately as a year before");
        list.AddRatio("growth_spend_ratio", "spend_sum_horizon", "spend_sum_before_year_ago", "ratio", "Spend lately over that of the same days last year.", "spent {value} times as much lately as a year before");
        list.AddRatio("year_ago_purchase_ratio", "purchase_days_year_ago", "purchase_days_365d", "ratio", "Purchase days at this time last year as a share of the last year's.", "a share of {value} of the last year's purchases fell into this time of the year");
        list.AddRatio("year_ago_spend_ratio", "spend_sum_year_ago", "spend_sum_365d", "ratio", "Spend at this time last year as a share of the last year's.", "a share of {value} of the last year's spend fell into this time of the year");
    }

    private static void AddSince(FeatureFormulas list, string name, string aggregate, int endDays, string unit, string meaning, string reason) =>
        list.Add(name, unit, meaning, reason, [aggregate], inputs =>
        {
            double[] values = inputs[aggregate];
            // Days from the first purchase to the cutoff are T + 1.
            return row => inputs.T[row] + 1 > endDays ? values[row] : double.NaN;
        });

    private static void AddTrends(FeatureFormulas list)
    {
        foreach (int days in (int[])[90, 180])
        {
            AddTrend(list, $"trend_purchases_{days}d", $"purchase_days_{days}d", "purchase_days_all", days, "Purchase days");
            AddTrend(list, $"trend_spend_{days}d", $"spend_sum_{days}d", "spend_sum_all", days, "Spend");
        }
    }

    private static void AddTrend(FeatureFormulas list, string name, string recent, string all, int days, string what) =>
        list.Add(name, "ratio", $"{what} a day over the last {days} days, over {what.ToLowerInvariant()} a day before; missing for customers not older than that.",
            $"{what.ToLowerInvariant()} of the last {days} days run at {{value}} times the earlier rate", [recent, all], inputs =>
            {
                double[] late = inputs[recent], total = inputs[all];
                return row =>
                {
                    double earlierDays = inputs.T[row] + 1 - days;
                    return FeatureMath.Ratio(late[row] / days, FeatureMath.Ratio(FeatureMath.Rest(total[row], late[row]), earlierDays));
                };
            });
}
