using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Features;
using CustomerValue.Models.Drift;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Tests.Drift;

public sealed class DriftDetectorTests
{
    private static Shop Shop => Shop.Instance;

    [Fact]
    public void Halves_of_the_same_customers_raise_no_alarm()
    {
        int[] all = [.. Enumerable.Range(0, Shop.AtCutoff.Count)];
        int alarms = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            new Random(seed).Shuffle(all);
            DriftBaseline baseline = DriftBaseline.Learn(Shop.AtCutoff.Rows(all[..(all.Length / 2)]));
            alarms += DriftDetector.Compare("v1", baseline, Shop.AtCutoff.Rows(all[(all.Length / 2)..]), new DriftOptions()).Drifted ? 1 : 0;
        }
        alarms.Should().BeLessThan(5);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(400)]
    public void Few_customers_raise_no_alarm_by_chance(int customers)
    {
        int alarms = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            int[] rows = [.. Enumerable.Range(0, customers).Select(_ => random.Next(Shop.AtCutoff.Count))];
            alarms += DriftDetector.Compare("v1", Shop.Baseline, Shop.AtCutoff.Rows(rows), new DriftOptions()).Drifted ? 1 : 0;
        }
        alarms.Should().BeLessThan(5);
    }

    [Fact]
    public void A_shop_that_goes_on_as_before_has_not_drifted()
    {
        DriftReport report = Shop.Compare(Shop.Transactions, Shop.Cutoff.AddDays(120));
        report.Now.Actual.Should().NotBeNull("the data cover the horizon");
        report.Findings.Where(finding => finding.Severity != Severity.Information).Should().BeEmpty();
        report.Drifted.Should().BeFalse();
    }

    /// <summary>A version is asked in another season than that of its cutoff, and says so itself: that is no drift, the same without its saying so is.</summary>
    [Fact]
    public void Scores_that_the_version_itself_moves_with_the_season_have_not_drifted()
    {
        const double Level = -0.5;
        DriftSample at = Shop.AtCutoff;
        Forecast lower = new(at.Count);
        for (int i = 0; i < at.Count; i++)
        {
            lower.ChurnProbability[i] = Math.Pow(at.Forecast.ChurnProbability[i], Math.Exp(Level));
            lower.ExpectedPurchases[i] = Math.Exp(Level) * at.Forecast.ExpectedPurchases[i];
            lower.ExpectedSpend[i] = Math.Exp(Level) * at.Forecast.ExpectedSpend[i];
        }
        DriftSample later = at with { Forecast = lower, Window = new(at.Window.Cutoff.AddDays(90), at.Window.Horizon), Purchases = null, Spend = null };
        double[] levels = [.. Enumerable.Range(0, 14).Select(step => step is 3 or 4 ? Level : 0)];

        DriftDetector.Compare("v1", DriftBaseline.Learn(at), later, new DriftOptions()).Scores.Should().Contain(score => score.Over, "nobody said so");
        DriftDetector.Compare("v1", DriftBaseline.Learn(at, null, levels), later, new DriftOptions()).Scores.Should().NotContain(score => score.Over);
        DriftDetector.Compare("v1", DriftBaseline.Learn(at, null, levels), later with { Window = at.Window }, new DriftOptions()).Scores.Should().Contain(score => score.Over, "it was said of another day");
    }

    [Fact]
    public void Doubled_spend_is_found_in_money_and_not_in_counts()
    {
        DriftReport report = Shop.Compare(Shop.Transactions.Select(row => row with { Amount = 2 * row.Amount }), Shop.Cutoff);
        report.Drifted.Should().BeTrue();
        string[] over = Over(report);
        over.Should().Contain(["basket_mean", "spend_365d", "basket_last"]).And.NotContain(["x", "T", "recency", "purchase_days_365d"]);
        report.Scores.Single(score => score.Name == "expected_spend").Stability.Should().BeGreaterThan(0.05);
        report.Scores.Single(score => score.Name == "churn_probability").Stability.Should().Be(0, "it knows nothing of money");
        report.Findings.Should().Contain(finding => finding.Code == "drift-features" && finding.Message.Contains("basket"));
    }

    [Fact]
    public void A_channel_that_stops_is_found()
    {
        DateOnly asOf = Shop.Cutoff.AddDays(120);
        DriftReport report = Shop.Compare(Shop.Transactions.Where(row => row.Channel == "web" || row.Day < Shop.Cutoff.AddDays(-245)), asOf);
        report.Drifted.Should().BeTrue();
        Over(report).Should().Contain("channel_shop_share_365d");
    }

    [Fact]
    public void A_wave_of_churn_is_found_in_matured_outcomes()
    {
        DateOnly asOf = Shop.Cutoff.AddDays(90);
        DriftReport report = Shop.Compare(Shop.Transactions.Where(row => row.Day < asOf || row.CustomerId[^1] < '4' || row.Day >= asOf.AddDays(Shop.HorizonDays)), asOf);
        report.Checks.Single(check => check.Name == "churn_share").Over.Should().BeTrue();
        report.Checks.Single(check => check.Name == "spend_total").Over.Should().BeTrue();
        report.Findings.Select(finding => finding.Code).Should().Contain(["drift-churn-share", "drift-spend-total"]);
        report.Now.Actual!.Churn.Estimate.Should().BeGreaterThan(report.Now.PredictedChurn);
        report.Now.Actual.SpendBias.Low.Should().BePositive("less was spent than predicted");
    }

    [Fact]
    public void A_wave_of_churn_before_the_day_is_found_in_features_while_outcomes_are_not_in()
    {
        DateOnly asOf = Shop.Cutoff.AddDays(120);
        DriftReport report = Shop.Compare(Shop.Transactions.Where(row => row.Day < asOf && (row.Day < Shop.Cutoff || row.CustomerId[^1] < '2')), asOf);
        report.Now.Actual.Should().BeNull();
        report.Checks.Should().ContainSingle().Which.Name.Should().Be("estimated_auc");
        Over(report).Should().Contain("purchase_days_90d");
        report.Findings.Select(finding => finding.Code).Should().Contain("outcomes-not-in");
    }

    [Fact]
    public void The_season_of_the_day_is_shown_and_not_counted()
    {
        DriftReport report = Shop.Compare(Shop.Transactions, Shop.Cutoff.AddDays(180));
        DistributionDrift season = report.Features.Single(feature => feature.Name == "cutoff_sin");
        season.Movement.Should().Be(Movement.Season);
        season.JensenShannon.Should().BeApproximately(1, 1e-9, "every customer has another value now");
        season.Over.Should().BeFalse();
        report.Features.Single(feature => feature.Name == "first_day_sin").Movement.Should().Be(Movement.Watched, "customers differ in it");
        report.Findings.Should().Contain(finding => finding.Code == "season-expected");
    }

    [Fact]
    public void A_feature_that_goes_missing_is_an_error_that_says_where_to_look()
    {
        int basket = Shop.AtCutoff.Features.Schema.Find("basket_mean");
        float[][] columns = [.. Enumerable.Range(0, Shop.AtCutoff.Features.Schema.Count).Select(i => Shop.AtCutoff.Features.Column(i).ToArray())];
        for (int row = 0; row < columns[basket].Length; row += 2)
            columns[basket][row] = float.NaN;
        DriftSample now = Shop.AtCutoff with { Features = FeatureTable.From(Shop.AtCutoff.Features.Schema, columns) };

        DriftReport report = DriftDetector.Compare("v1", Shop.Baseline, now, new DriftOptions());

        Over(report).Should().Equal("basket_mean");
        report.Findings.Should().Contain(finding => finding.Code == "drift-missing" && finding.Severity == Severity.Error && finding.Message.Contains("basket_mean"));
        report.Features[0].Bins[0].Should().Match<BinShare>(bin => bin.Label == "missing" && bin.Now >= 0.5 && bin.Before < 0.5);
    }

    [Fact]
    public void Reversed_scores_are_found_in_ranking_once_outcomes_are_in()
    {
        Forecast reversed = new(Shop.AtCutoff.Count);
        for (int i = 0; i < reversed.Count; i++)
        {
            reversed.ChurnProbability[i] = 1 - Shop.AtCutoff.Forecast.ChurnProbability[i];
            reversed.ExpectedPurchases[i] = Shop.AtCutoff.Forecast.ExpectedPurchases[i];
            reversed.ExpectedSpend[i] = Shop.AtCutoff.Forecast.ExpectedSpend[i];
        }
        DriftReport report = DriftDetector.Compare("v1", Shop.Baseline, Shop.AtCutoff with { Forecast = reversed }, new DriftOptions());
        report.Checks.Single(check => check.Name == "auc").Over.Should().BeTrue();
        report.Checks.Single(check => check.Name == "estimated_auc").Over.Should().BeFalse("confidence alone cannot see that it is misplaced");
    }

    [Fact]
    public void Shares_add_up_to_one_and_bins_have_names()
    {
        foreach (DistributionDrift feature in Shop.Compare(Shop.Transactions, Shop.Cutoff.AddDays(30)).Features)
        {
            feature.Bins.Sum(bin => bin.Before).Should().BeApproximately(1, 1e-9);
            feature.Bins.Sum(bin => bin.Now).Should().BeApproximately(1, 1e-9);
            feature.Bins.Select(bin => bin.Label).Should().OnlyHaveUniqueItems(feature.Name).And.NotContain("");
        }
    }

    [Fact]
    public void Other_features_and_nobody_at_all_are_refused()
    {
        DriftSample other = Shop.AtCutoff with { Features = FeatureTable.From(new FeatureSchema([FeatureDefinition.Appended("z", "ratio", "z", "z")]), [new float[Shop.AtCutoff.Count]]) };
        Action compare = () => DriftDetector.Compare("v1", Shop.Baseline, other, new DriftOptions());
        compare.Should().Throw<BadDataException>().WithMessage("*recipe*");
        Action nobody = () => DriftDetector.Compare("v1", Shop.Baseline, Shop.AtCutoff.Rows([]), new DriftOptions());
        nobody.Should().Throw<BadDataException>().WithMessage("*no customer*");
    }

    private static string[] Over(DriftReport report) => [.. report.Features.Where(feature => feature.Over).Select(feature => feature.Name)];
}
