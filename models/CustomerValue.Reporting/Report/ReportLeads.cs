using CustomerValue.Models.Evaluation;
using CustomerValue.Reporting.Design;
using CustomerValue.Reporting.Figures;

namespace CustomerValue.Reporting.Report;

/// <summary>Three sentences that a manager repeats about a version: whom it finds, where the money is, and whether the sum comes out.</summary>
internal static class ReportLeads
{
    private const double Fifth = 0.2, RightSum = 0.15, UsableSum = 0.5;

    /// <summary>The sentences of a report; without a holdout, what is known of its data.</summary>
    public static IReadOnlyList<Lead> Of(ReportData report) =>
        report is { Holdout: { } holdout, Evaluation: { } evaluation } ? [Churn(report, holdout), .. Top(report, holdout, evaluation), Sum(report, evaluation)] : Unmeasured(report.Data);

    private static Lead Churn(ReportData report, HoldoutReport holdout)
    {
        ReliabilityBin likeliest = holdout.Reliability[0];
        return new Lead(
            $"Of the {Readable.Count(likeliest.Customers)} customers it called likeliest to stay away, {Readable.Count(Math.Round(likeliest.Actual * likeliest.Customers))} did",
            $"it had said {Readable.Percent(likeliest.Predicted)}; of all customers {Readable.Percent(report.Data.HoldoutChurn ?? double.NaN)} stayed away",
            Readable.Percent(likeliest.Actual), KindOf(report, TargetNames.Churn));
    }

    private static IEnumerable<Lead> Top(ReportData report, HoldoutReport holdout, RaceReport evaluation)
    {
        if (evaluation.KnowsMoney() && holdout.SpendGain.Points.FirstOrDefault(point => Math.Abs(point.Share - Fifth) < 1e-9) is { } point)
            yield return new Lead(
                $"The fifth of customers it expected most from brought {Readable.Percent(point.Champion)} of all spend",
                point.Rule is { } rule ? $"the best naive rule finds {Readable.Percent(rule)}, hindsight {Readable.Percent(point.Perfect)}" : $"hindsight finds {Readable.Percent(point.Perfect)}",
                Readable.Percent(point.Champion), KindOf(report, TargetNames.Spend));
    }

    private static Lead Sum(ReportData report, RaceReport evaluation)
    {
        CandidateReport champion = evaluation.Candidates.Single(candidate => candidate.Name == evaluation.Champion);
        bool money = evaluation.KnowsMoney();
        double came = (money ? report.Data.HoldoutSpend : report.Data.HoldoutPurchases) ?? double.NaN, bias = money ? champion.Spend.Bias : champion.Purchases.Bias;
        string unit = money ? "" : " purchases";
        return new Lead(
            $"It expected {Readable.Money(came * (1 + bias))}{unit} in {report.Data.HorizonDays} days; {Readable.Money(came)} came",
            (bias >= 0 ? "how much too high the sum was" : "how much too low the sum was") + (report.Data.Drawn is { } drawn ? $", of {Readable.Count(drawn)} customers drawn from {Readable.Count(report.Data.Customers)}" : ""),
            Readable.ChangeOf(bias), Math.Abs(bias) <= RightSum ? "good" : Math.Abs(bias) <= UsableSum ? "warn" : "bad");
    }

    private static IReadOnlyList<Lead> Unmeasured(DataSummary data) =>
    [
        new("The data end before the days are over that it predicts, so nothing could be measured", "choose an earlier cutoff", Kind: "warn"),
        new($"It learnt from {Readable.Count(data.Population)} customers", $"{Readable.Count(data.Active)} of them active, to {Readable.Day(data.Cutoff.AddDays(-1))}"),
        new($"{Readable.Percent(data.BoughtOnce / (double)data.Population)} of them had bought on one day only", "for these the answer is that of their cohort more than their own"),
    ];

    private static string KindOf(ReportData report, string target) => report.Headline.Comparisons.FirstOrDefault(comparison => comparison.Target == target)?.Standing switch
    {
        Standing.Better => "good",
        Standing.NoDifferent => "warn",
        Standing.Worse => "bad",
        _ => "",
    };
}
