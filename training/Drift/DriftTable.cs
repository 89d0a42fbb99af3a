using CustomerValue.Models.Drift;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Drift;

/// <summary>What <c>drift</c> found: a sentence, the figures of the model's quality, and the features that moved most.</summary>
internal static class DriftTable
{
    private const int ShownAtLeast = 8;
    private const int ShownAtMost = 25;

    public static void Write(IAnsiConsole console, DriftReport report)
    {
        int over = report.Features.Concat(report.Scores).Count(drift => drift.Over) + report.Checks.Count(check => check.Over);
        console.SayMarkup(over == 0
            ? $"[{Theme.Good}]No drift.[/] Customers of {Figures.Day(report.AsOf)} look as those of {Figures.Day(report.Cutoff)} that {report.ModelVersion} was trained on."
            : $"[{Theme.Bad}]Drift:[/] {over} figures are over their limit between {Figures.Day(report.Cutoff)}, when {report.ModelVersion} was trained, and {Figures.Day(report.AsOf)}.");
        WriteQuality(console, report);
        DistributionDrift[] moved = [.. report.Features.Where(feature => feature.Movement == Movement.Watched).OrderByDescending(feature => feature.Over)];
        int shown = Math.Clamp(moved.Count(feature => feature.Over), ShownAtLeast, ShownAtMost);
        console.Title($"Scores and the {Math.Min(shown, moved.Length)} features of {moved.Length} that moved most");
        Table table = Look.Table("  what", ">stability index", ">limit", ">distance");
        foreach (DistributionDrift drift in (IEnumerable<DistributionDrift>)[.. report.Scores, .. moved.Take(shown)])
            table.AddRow($"{Mark(drift.Over)} {drift.Name.EscapeMarkup()}", Coloured(drift.Over, Figures.Number(drift.Stability, 3)), Figures.Number(drift.Limit, 3), Figures.Number(drift.JensenShannon, 3));
        console.Draw(table);
        console.SayMarkup($"[{Theme.Faint}]! over its limit   stability index: 0 for equal shares   distance: Jensen-Shannon, 0 to 1[/]");
    }

    private static void WriteQuality(IAnsiConsole console, DriftReport report)
    {
        console.Title($"The model on {Figures.Count(report.Customers)} customers, at its cutoff {Figures.Count(report.BaselineCustomers)}");
        Table table = Look.Table("  figure", ">at the cutoff", ">now", ">interval", ">limit of the gap");
        ModelPerformance before = report.Before, now = report.Now;
        Add("estimated churn AUC", Figures.Number(before.EstimatedAuc, 3), Figures.Number(now.EstimatedAuc, 3), "", "estimated_auc");
        if (now.Actual is { } actual)
        {
            Add("churn AUC", Figures.Number(before.Actual?.Auc ?? double.NaN, 3), Figures.Number(actual.Auc, 3), "", "auc");
            Add("calibration error", Figures.Number(before.Actual?.CalibrationError ?? double.NaN, 3), Figures.Number(actual.CalibrationError, 3), "", "");
            Add("share that stayed away", Figures.Percent(before.Actual?.Churn.Estimate ?? double.NaN), Figures.Percent(actual.Churn.Estimate), $"{Figures.Percent(actual.Churn.Low)} to {Figures.Percent(actual.Churn.High)}", "churn_share");
            Add("predicted", Figures.Percent(before.PredictedChurn), Figures.Percent(now.PredictedChurn), "", "");
            Add("spend, predicted over actual", Figures.SignedPercent(before.Actual?.SpendBias.Estimate ?? double.NaN), Figures.SignedPercent(actual.SpendBias.Estimate), $"{Figures.SignedPercent(actual.SpendBias.Low)} to {Figures.SignedPercent(actual.SpendBias.High)}", "spend_total");
        }
        else
            Add("predicted churn", Figures.Percent(before.PredictedChurn), Figures.Percent(now.PredictedChurn), "", "");
        console.Draw(table);

        void Add(string figure, string then, string value, string interval, string name)
        {
            PerformanceCheck? check = report.Checks.FirstOrDefault(candidate => candidate.Name == name);
            table.AddRow($"{Mark(check?.Over ?? false)} {figure}", then, Coloured(check?.Over ?? false, value), interval, check is null ? "" : Figures.Number(check.Limit, 3));
        }
    }

    private static string Mark(bool over) => over ? $"[{Theme.Bad}]![/]" : " ";

    private static string Coloured(bool over, string text) => over ? $"[{Theme.Bad}]{text}[/]" : text;
}
