using System.Globalization;
using System.Text;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Evaluation;
using CustomerValue.Reporting.Design;
using CustomerValue.Reporting.Figures;

namespace CustomerValue.Reporting.Cards;

/// <summary>The card of a version: what it is for, where it ends, what it was made from and how well it does.</summary>
/// <remarks>After Mitchell et al. (2019), Model cards for model reporting.</remarks>
public static class ModelCard
{
    /// <summary>Name of the file in a version's folder.</summary>
    public const string FileName = "card.md";

    /// <summary>Writes the card.</summary>
    /// <param name="report">The figures.</param>
    /// <param name="attribute">The feature by whose levels fairness is checked; the first customer attribute where null.</param>
    public static string Write(ReportData report, string? attribute = null)
    {
        CardText lines = new();
        lines.Add($"# Model card: {report.Provenance.Version}", "", report.Headline.Sentence, "", $"Grade: **{report.Grade.Letter}**. {report.Grade.Meaning}", "");
        Use(lines, report);
        Data(lines, report.Data);
        Training(lines, report);
        Evaluation(lines, report);
        Lifetime(lines, report);
        Fairness(lines, report.Holdout, attribute);
        return lines.ToString();
    }

    private static void Use(CardText lines, ReportData report)
    {
        DataSummary data = report.Data;
        lines.Add("## Intended use", "",
            $"For customers of the same business, at any day after {Readable.Day(data.Cutoff)}: the probability of no purchase, expected purchases and expected spend within {data.HorizonDays} days, and lifetime value. Made to rank customers and to plan campaigns and budgets.", "",
            "## Limits", "",
            "- Not for decisions about credit, employment, insurance or prices of single people.",
            $"- Says nothing of what an action would change: a customer likely to stay away is not thereby one worth writing to.",
            $"- Learnt from {Readable.Day(data.FirstDay)} to {Readable.Day(data.Cutoff.AddDays(-1))}; other seasons, prices or assortments than it has seen are guesses. Compare new data with the drift baseline before scoring.",
            $"- {Readable.Percent(data.BoughtOnce / (double)data.Population)} of customers had bought on one day only; for these the answer is that of their cohort more than their own.");
        foreach (Finding finding in data.Findings.Where(finding => finding.Severity != Severity.Information))
            lines.Add($"- {finding.Message} {finding.Remedy}");
        lines.Add("");
    }

    private static void Data(CardText lines, DataSummary data) => lines.Add("## Data", "",
        $"{Readable.Count(data.Rows)} transactions of {Readable.Count(data.Customers)} customers from {Readable.Day(data.FirstDay)} to {Readable.Day(data.LastDay)}. Learnt from everything before {Readable.Day(data.Cutoff)}{(data.Drawn is { } drawn ? $" of {Readable.Count(drawn)} customers drawn by their ids" : "")}: {Readable.Count(data.Population)} customers, {Readable.Count(data.Active)} of them active, {Readable.Count(data.PurchaseDays)} purchase days. {data.Features} features, {data.Attributes} customer attributes.", "");

    private static void Training(CardText lines, ReportData report) => lines.Add("## Training", "",
        $"{report.Provenance.Description}", "",
        $"Made {report.Provenance.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC by {report.Provenance.Product}, seed {report.Provenance.Seed}. Model hash `{report.Provenance.ModelHash}`, data hash `{report.Provenance.DataHash}`.", "");

    private static void Evaluation(CardText lines, ReportData report)
    {
        lines.Add("## Evaluation", "");
        if (report.Evaluation is not { } evaluation)
        {
            lines.Add("Not measured: the data end before the horizon does.", "");
            return;
        }

        lines.Add($"On the {evaluation.HorizonDays} days from {Readable.Day(evaluation.Cutoff)}, which no candidate had seen; {Readable.Count(evaluation.Customers)} customers.", "",
            "| candidate | purchases MAE | bias | spend MAE | bias | Gini | churn AUC | log loss | calibration error |",
            "|---|---|---|---|---|---|---|---|---|");
        foreach (CandidateReport candidate in evaluation.Candidates)
            lines.Add($"| {(candidate.Name == evaluation.Champion ? $"**{candidate.Name}**" : candidate.Name)} | {Readable.Figure(candidate.Purchases.Mae)} | {Readable.ChangeOf(candidate.Purchases.Bias)} | {Readable.Figure(candidate.Spend.Mae)} | {Readable.ChangeOf(candidate.Spend.Bias)} | {Readable.Figure(candidate.Spend.NormalizedGini)} | {Readable.Figure(candidate.Churn.Auc)} | {Readable.Figure(candidate.Churn.LogLoss)} | {Readable.Figure(candidate.Churn.CalibrationError)} |");
        lines.Add("", report.Grade.Rule, "");
        foreach (GradeCheck check in report.Grade.Checks)
            lines.Add($"- {check.What}: {Readable.Number(check.Found)} (A: {check.ForA}, B: {check.ForB}, C: {check.ForC}), allows {check.Allows}");
        lines.Add("");
    }

    private static void Lifetime(CardText lines, ReportData report)
    {
        if (report.LifetimeBacktest is not { } backtest)
            return;
        lines.Add("## Lifetime value: what it said a year ago, and what came", "");
        if (backtest.Figures is not { } figures)
        {
            lines.Add(LifetimeText.WhyNot(backtest), "");
            return;
        }

        lines.Add($"{LifetimeText.Total(backtest, figures)} {LifetimeText.Order(backtest, figures)} {LifetimeText.Interval(figures)}", "", LifetimeText.Made(backtest, figures, report.Data.HorizonDays), "",
            "| tenth by value | customers | said, mean | came, mean |",
            "|---|---|---|---|");
        foreach (Decile decile in figures.Deciles)
            lines.Add($"| {decile.Number} | {Readable.Count(decile.Customers)} | {Readable.Money(decile.Predicted)} | {Readable.Money(decile.Actual)} |");
        lines.Add("");
    }

    private static void Fairness(CardText lines, HoldoutReport? holdout, string? attribute)
    {
        lines.Add("## Fairness", "");
        AttributeErrors? chosen = holdout?.Attributes.FirstOrDefault(candidate => attribute is null || candidate.Attribute == attribute);
        if (chosen is null)
        {
            lines.Add(attribute is null
                ? $"Not checked: there is no attribute with two levels of {AttributeErrors.FewestCustomers} customers or more to check across."
                : $"Not checked: {attribute} has no two levels of {AttributeErrors.FewestCustomers} customers or more.");
            return;
        }

        lines.Add($"Across `{chosen.Attribute}`, on the holdout. {(chosen.Unfair.Count == 0 ? $"No level is treated differently: the largest gap between predicted and actual churn is {Readable.Percent(chosen.LargestChurnGap)}." : $"Churn is off for {string.Join(", ", chosen.Unfair)}: a gap above 5 points that cannot be chance.")}", "",
            "| level | customers | churn predicted | churn actual | churn AUC | spend expected | spend actual |",
            "|---|---|---|---|---|---|---|");
        foreach (GroupErrors level in chosen.Levels)
            lines.Add($"| {level.Name.Replace("|", "\\|", StringComparison.Ordinal)} | {Readable.Count(level.Customers)} | {Readable.Percent(level.ChurnPredicted)} | {Readable.Percent(level.ChurnActual)} | {Readable.Figure(level.ChurnAuc)} | {Readable.Money(level.SpendPredicted)} | {Readable.Money(level.SpendActual)} |");
        if (holdout!.Attributes.Count > 1)
            lines.Add("", $"Checked in the report, too: {string.Join(", ", holdout.Attributes.Where(other => other != chosen).Select(other => $"`{other.Attribute}`"))}.");
    }

    /// <summary>Text line by line, the same on every system.</summary>
    private sealed class CardText
    {
        private readonly StringBuilder _text = new();

        public void Add(params ReadOnlySpan<string> lines)
        {
            foreach (string line in lines)
                _text.Append(line).Append('\n');
        }

        public override string ToString() => _text.ToString();
    }
}
