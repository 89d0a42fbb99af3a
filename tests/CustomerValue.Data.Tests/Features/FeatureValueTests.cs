using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using static CustomerValue.Data.Tests.Aggregates.History;

namespace CustomerValue.Data.Tests.Features;

/// <summary>Features of histories that can be worked out by hand: cutoff on day 730 (2021-12-31), horizon 60 days.</summary>
public sealed class FeatureValueTests
{
    // Day 0 is a Wednesday; a year ago is [365, 425), before it [305, 365); the last 90 days are [640, 730).
    private static readonly Transaction[] s_steady =
        [Row("a", 10, 40), Row("a", 310, 20), Row("a", 370, 60), Row("a", 400, 30), Row("a", 400, 10), Row("a", 700, 100)];

    [Theory]
    [InlineData("x", 4)]
    [InlineData("t_x", 690)]
    [InlineData("T", 719)]
    [InlineData("recency", 29)]
    [InlineData("recency_share", 29.0 / 719)]
    [InlineData("rate", 30 * 4.0 / 719)]
    [InlineData("months_share", 5 / (1 + 719 / (365.25 / 12)))]
    [InlineData("gap_mean", 172.5)]
    [InlineData("gap_deviation", 127.940)]
    [InlineData("gap_variation", 127.940 / 172.5)]
    [InlineData("gap_min", 30)]
    [InlineData("gap_max", 300)]
    [InlineData("gap_last", 300)]
    [InlineData("gap_last_ratio", 300 / 172.5)]
    [InlineData("gap_mean_365d", (60 + 30 + 300) / 3.0)]
    [InlineData("overdue_ratio", 29 / 172.5)]
    [InlineData("overdue_max_ratio", 29 / 300.0)]
    [InlineData("purchase_days_all", 5)]
    [InlineData("purchase_days_30d", 1)]
    [InlineData("purchase_days_365d", 3)]
    [InlineData("spend_all", 260)]
    [InlineData("spend_365d", 200)]
    [InlineData("spend_horizon", 100)]
    [InlineData("log_spend_365d", 5.30330)]
    [InlineData("log_purchase_days_all", 1.79176)]
    [InlineData("purchase_days_year_ago", 2)]
    [InlineData("spend_year_ago", 100)]
    [InlineData("purchase_days_before_year_ago", 1)]
    [InlineData("spend_before_year_ago", 20)]
    [InlineData("season_purchase_ratio", 2)]
    [InlineData("season_spend_ratio", 5)]
    [InlineData("growth_purchase_ratio", 1)]
    [InlineData("growth_spend_ratio", 5)]
    [InlineData("year_ago_purchase_ratio", 2.0 / 3)]
    [InlineData("year_ago_spend_ratio", 0.5)]
    [InlineData("trend_purchases_90d", 1.75)]
    [InlineData("trend_spend_90d", 4.375)]
    [InlineData("basket_mean", 52)]
    [InlineData("repeat_basket_mean", 55)]
    [InlineData("basket_max", 100)]
    [InlineData("basket_min", 20)]
    [InlineData("basket_last", 100)]
    [InlineData("basket_deviation", 27.1293)]
    [InlineData("basket_variation", 27.1293 / 52)]
    [InlineData("basket_last_ratio", 100.0 / 52)]
    [InlineData("lines_per_day", 1.2)]
    [InlineData("return_share", 0)]
    [InlineData("wednesday_share", 0.2)]
    [InlineData("saturday_share", 0.2)]
    [InlineData("sunday_share", 0)]
    [InlineData("first_basket", 40)]
    [InlineData("first_basket_share", 40.0 / 260)]
    [InlineData("first_day_sin", 0.17082)]
    [InlineData("cutoff_cos", 0.99985)]
    [InlineData("horizon_middle_sin", 0.47873)]
    public void A_steady_customer_gives_what_can_be_worked_out_by_hand(string feature, double expected) =>
        Build(s_steady)[feature][0].Should().BeApproximately((float)expected, 2e-5f * (float)Math.Max(1, expected));

    [Theory]
    [InlineData("30d", 700, 730)]
    [InlineData("60d", 670, 730)]
    [InlineData("90d", 640, 730)]
    [InlineData("180d", 550, 730)]
    [InlineData("365d", 365, 730)]
    [InlineData("horizon", 670, 730)]
    [InlineData("year_ago", 365, 425)]
    [InlineData("before_year_ago", 305, 365)]
    public void A_window_holds_its_first_day_and_not_its_end(string window, int first, int end)
    {
        FeatureTable features = Build(Row("a", 0, 1), Row("a", first - 1, 2), Row("a", first, 4), Row("a", end - 1, 8), Row("a", end, 16));

        features[$"purchase_days_{window}"][0].Should().Be(2);
        features[$"spend_{window}"][0].Should().Be(12);
    }

    [Fact]
    public void A_customer_of_one_day_has_no_gaps_trends_or_year_ago()
    {
        FeatureTable features = Build(Row("a", 729, 12));

        foreach (string missing in (string[])["recency_share", "gap_mean", "gap_deviation", "gap_last", "overdue_ratio", "repeat_basket_mean", "basket_deviation",
            "purchase_days_year_ago", "spend_before_year_ago", "season_spend_ratio", "growth_spend_ratio", "trend_spend_90d"])
            features[missing][0].Should().Be(float.NaN, missing);
        features["x"][0].Should().Be(0);
        features["T"][0].Should().Be(0);
        features["spend_30d"][0].Should().Be(12);
    }

    [Fact]
    public void A_year_ago_is_missing_only_for_customers_who_came_after_it()
    {
        FeatureTable features = Build(Row("in", 424, 1), Row("past", 425, 1), Row("silent", 0, 1));

        features["purchase_days_year_ago"].ToArray().Should().Equal(1, float.NaN, 0);
    }

    [Fact]
    public void Optional_columns_give_mix_and_breadth()
    {
        FeatureTable features = Build(
            Row("a", 0, 30) with { Quantity = 2, Product = "p", Category = "k", Channel = "web", Discount = 10, OrderId = "1" },
            Row("a", 0, 50) with { Quantity = 1, Product = "q", Category = "l", Channel = "shop", OrderId = "2" },
            Row("a", 700, 20) with { Quantity = 5, Product = "p", Category = "k", Channel = "web", OrderId = "3", Margin = 8 },
            Row("a", 0, -30) with { Product = "q", Category = "l", Channel = "shop", OrderId = "credit" },
            Row("a", 710, -20) with { Product = "r", Channel = "post", OrderId = "4" },
            Row("b", 5, 1));

        features["return_share"][0].Should().Be(0.5f);
        features["discount_share"][0].Should().BeApproximately(10f / 110, 1e-6f);
        features["products_all"][0].Should().Be(2, "a returned product is not a bought one");
        features["products_365d"][0].Should().Be(1);
        features["products_per_line"][0].Should().BeApproximately(2f / 3, 1e-6f);
        features["categories_all"][0].Should().Be(2);
        features["quantity_all"][0].Should().Be(8);
        features["piece_price"][0].Should().Be(12.5f);
        features["orders_per_day"][0].Should().Be(1.5f, "a credit note on a purchase day is no order");
        features["channels_all"][0].Should().Be(2);
        features["channel_web_share"][0].Should().BeApproximately(2f / 3, 1e-6f);
        features["channel_web_share_365d"][0].Should().Be(1);
        Level(features, "main_channel", 0).Should().Be("web");
        Level(features, "first_channel", 0).Should().Be("shop", "most money of the first day came through it, whatever was given back");
        Level(features, "first_category", 0).Should().Be("l");
        features["first_quantity"][0].Should().Be(3);
        features["first_lines"][0].Should().Be(2);
        features["margin_all"][0].Should().Be(0, "the whole second day was returned");
        foreach (string missing in (string[])["quantity_all", "products_all", "categories_all", "channels_all", "main_channel", "first_channel", "discount_share", "margin_all"])
            features[missing][1].Should().Be(float.NaN, "nothing is known of customer b's {0}", missing);
    }

    [Fact]
    public void A_catalogue_without_optional_columns_makes_no_features_of_them()
    {
        FeatureSchema schema = FeatureSchema.Standard(AggregateCatalogue.Standard(AvailableColumns.None, 60));

        schema.Find("products_all").Should().Be(-1);
        schema.Find("main_channel").Should().Be(-1);
        schema.Find("return_share").Should().BeGreaterThan(0);
    }

    private static FeatureTable Build(params Transaction[] rows)
    {
        TransactionLog log = Log(rows);
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, 60);
        return FeatureBuilder.Build(Aggregator.Compute(log, Window, catalogue, new AggregatorOptions()), FeatureSchema.Standard(catalogue));
    }

    private static string Level(FeatureTable features, string name, int row) =>
        features.Schema.Features[features.Schema.Find(name)].Levels[(int)features[name][row]];
}
