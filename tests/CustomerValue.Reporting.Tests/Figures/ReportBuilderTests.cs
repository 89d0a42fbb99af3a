using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Models.Tests;
using CustomerValue.Reporting.Figures;

namespace CustomerValue.Reporting.Tests.Figures;

public sealed class ReportBuilderTests
{
    private static readonly Lazy<ReportData> s_report = new(() => ReportBuilder.Build(Races.Measured.Input, Races.Measured.Result, Races.ManifestOf(Races.Measured.Input, Races.Measured.Result), []));

    private static ReportData Report => s_report.Value;

    private static CandidateReport Champion => Report.Evaluation!.Candidates.Single(candidate => candidate.Name == Report.Evaluation.Champion);

    [Fact]
    public void Differences_are_those_of_the_figures_in_the_table()
    {
        CandidateReport[] rules = [.. Report.Evaluation!.Candidates.Where(candidate => candidate.IsBaseline)];
        foreach (CandidateReport candidate in Report.Evaluation.Candidates)
        {
            CandidateDifferences differences = Report.Differences.Single(other => other.Name == candidate.Name);
            differences.ToBestRule!.Purchases.Estimate.Should().BeApproximately(candidate.Purchases.Mae - rules.Min(rule => rule.Purchases.Mae), 1e-9);
            differences.ToBestRule.Spend.Estimate.Should().BeApproximately(candidate.Spend.Mae - rules.Min(rule => rule.Spend.Mae), 1e-9);
            differences.ToBestRule.Churn.Estimate.Should().BeApproximately(candidate.Churn.LogLoss - rules.Min(rule => rule.Churn.LogLoss), 1e-9);
            if (candidate != Champion)
                differences.ToChampion!.Spend.Estimate.Should().BeApproximately(candidate.Spend.Mae - Champion.Spend.Mae, 1e-9);
        }
    }

    [Fact]
    public void The_headline_compares_the_champion_with_the_best_rule_of_each_target()
    {
        foreach (TargetComparison comparison in Report.Headline.Comparisons)
            comparison.Difference.Estimate.Should().BeApproximately(comparison.Champion - comparison.RuleFigure, 1e-9);
        Report.Headline.Comparisons.Select(comparison => comparison.Target).Should().Equal("purchases", "spend", "churn");
        Report.Headline.Comparisons[2].Champion.Should().Be(Champion.Churn.Auc);
    }

    [Fact]
    public void Bins_groups_and_deciles_agree_with_the_figures_of_the_whole()
    {
        HoldoutReport holdout = Report.Holdout!;
        int customers = Report.Data.Population;

        holdout.Reliability.Sum(bin => bin.Customers * Math.Abs(bin.Predicted - bin.Actual) / customers).Should().BeApproximately(Champion.Churn.CalibrationError, 1e-9);
        holdout.Reliability.Should().OnlyContain(bin => bin.Low <= bin.Actual && bin.Actual <= bin.High);
        holdout.SpendDeciles.Sum(decile => decile.ShareOfSpend).Should().BeApproximately(1, 1e-9);
        holdout.SpendGain.Points[4].Champion.Should().BeApproximately(Champion.Spend.Top20Captured, 1e-9);
        foreach (IReadOnlyList<GroupErrors> groups in holdout.Attributes.Select(attribute => attribute.Levels).Append(holdout.Segments))
        {
            groups.Sum(group => group.Customers).Should().Be(customers);
            groups.Sum(group => group.Customers * group.SpendMae / customers).Should().BeApproximately(Champion.Spend.Mae, 1e-9);
            groups.Sum(group => group.Customers * group.ChurnActual / customers).Should().BeApproximately(Report.Data.HoldoutChurn!.Value, 1e-9);
        }
        holdout.Attributes.Select(attribute => attribute.Attribute).Should().Equal("attribute_region", "attribute_tier");
    }

    [Fact]
    public void Tracking_counts_every_repeat_purchase_of_its_weeks()
    {
        (RaceInput input, RaceResult result) = Races.Measured;
        TrackedWeek[] holdout = [.. Report.Tracking!.Weeks.Where(week => week.Holdout)];

        holdout.Length.Should().Be(Races.HorizonDays / 7);
        holdout[0].Start.Should().Be(Races.Cutoff);
        long late = Enumerable.Range(0, result.Latest.Count).Sum(row => PurchaseDays(input, result, row, 7 * (Races.HorizonDays / 7), Races.HorizonDays));
        holdout.Sum(week => week.Actual).Should().Be((long)Report.Data.HoldoutPurchases! - late);
        Report.Tracking.Weeks.Should().OnlyContain(week => week.Expected >= 0);
        double actual = Report.Tracking.Weeks.Where(week => !week.Holdout).Sum(week => week.Actual), expected = Report.Tracking.Weeks.Where(week => !week.Holdout).Sum(week => week.Expected);
        expected.Should().BeInRange(0.9 * actual, 1.1 * actual, "a model fitted by likelihood expects about as many purchases as it saw");
    }

    [Fact]
    public void Examples_explain_their_probability()
    {
        Report.Examples.Should().HaveCountGreaterThan(2);
        foreach (ExampleCustomer example in Report.Examples)
        {
            (example.Base + example.Reasons.Sum(reason => reason.Contribution) + example.Rest).Should().BeApproximately(example.Logit, 1e-9);
            example.ChurnProbability.Should().BeApproximately(1 / (1 + Math.Exp(-example.Logit)), 1e-9);
        }
    }

    [Fact]
    public void No_customer_is_named_for_a_sealed_version_cannot_forget_anyone()
    {
        string json = JsonSerializer.Serialize(Report, StoreJson.Options);

        foreach (string id in Races.Measured.Input.Log.Customers.Names)
            json.Should().NotContain($"\"{id}\"");
    }

    [Fact]
    public void Weights_are_shares_of_a_whole()
    {
        Report.Importance.Features.Should().NotBeEmpty();
        Report.Importance.Features.Sum(feature => feature.Churn ?? 0).Should().BeLessThanOrEqualTo(1 + 1e-9).And.BeGreaterThan(0);
        Report.Importance.Features.Select(feature => feature.Mean).Should().BeInDescendingOrder();
    }

    [Fact]
    public void The_same_race_gives_the_same_report_and_its_file_reads_back()
    {
        (RaceInput input, RaceResult result) = Races.Measured;
        string json = JsonSerializer.Serialize(Report, StoreJson.Options);

        JsonSerializer.Serialize(ReportBuilder.Build(input, result, Races.ManifestOf(input, result), []), StoreJson.Options).Should().Be(json);
        JsonSerializer.Serialize(JsonSerializer.Deserialize<ReportData>(json, StoreJson.Options), StoreJson.Options).Should().Be(json);
    }

    [Fact]
    public void Without_days_after_the_cutoff_the_report_says_that_nothing_was_measured()
    {
        (RaceInput input, RaceResult result) = Races.Run(Races.Measured.Input.Log.LastDay.AddDays(1));

        ReportData report = ReportBuilder.Build(input, result, Races.ManifestOf(input, result), [new Finding("odd", Severity.Warning, "Something.", "Look.")]);

        report.Headline.Sentence.Should().StartWith("Nothing could be measured");
        report.Grade.Letter.Should().Be("not measured");
        report.Holdout.Should().BeNull();
        report.Examples.Should().NotBeEmpty().And.OnlyContain(example => example.ActualSpend == null);
        report.Data.Findings[0].Code.Should().Be("odd");
    }

    private static int PurchaseDays(RaceInput input, RaceResult result, int row, int fromDay, int toDay)
    {
        int customer = result.Latest.Aggregates.Population[row], cutoff = Races.Cutoff.DayNumber - input.Log.FirstDay.DayNumber;
        (int start, int length) = input.Log.RowsOf(customer).GetOffsetAndLength(input.Log.RowCount);
        return input.Log.Days.Slice(start, length).ToArray().Distinct().Count(day => day >= cutoff + fromDay && day < cutoff + toDay);
    }
}
