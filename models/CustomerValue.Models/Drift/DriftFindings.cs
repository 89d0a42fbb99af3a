using System.Globalization;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Models.Drift;

/// <summary>Says in words what a comparison found, and what to do about it.</summary>
internal static class DriftFindings
{
    private const int Named = 5;
    private const double MissingRise = 0.1;

    public static IReadOnlyList<Finding> Of(DriftReport report)
    {
        List<Finding> findings = [];
        AddMissing(findings, report);
        AddFeatures(findings, report);
        AddScores(findings, report);
        foreach (PerformanceCheck check in report.Checks.Where(check => check.Over))
            findings.Add(Worded(check, report));
        if (report.Features.Any(feature => feature.Movement == Movement.Season))
            findings.Add(new Finding("season-expected", Severity.Information,
                $"{report.Features.Count(feature => feature.Movement == Movement.Season)} features follow the season of the day and are expected to move; they are shown and not counted.", "Nothing to do."));
        if (report.Now.Actual is null)
            findings.Add(new Finding("outcomes-not-in", Severity.Information,
                Invariant($"The {report.HorizonDays} days from {report.AsOf:yyyy-MM-dd} are not over in the data, so ranking is estimated from the probabilities and calibration cannot be checked."),
                Invariant($"Look again with data through {report.AsOf.AddDays(report.HorizonDays - 1):yyyy-MM-dd}, or at an earlier day.")));
        return findings;
    }

    private static void AddMissing(List<Finding> findings, DriftReport report)
    {
        DistributionDrift[] missing = [.. report.Features.Where(LostValues)];
        if (missing.Length > 0)
            findings.Add(new Finding("drift-missing", Severity.Error,
                $"{missing.Length} features are missing for many more customers than in training: {List(missing, feature => Invariant($"{feature.Name} {feature.Bins[Distribution.Missing].Now:P0}, was {feature.Bins[Distribution.Missing].Before:P0}"))}.",
                "Check that the files have all the columns, attributes and history that the model was trained with, before trusting a score."));
    }

    private static void AddFeatures(List<Finding> findings, DriftReport report)
    {
        DistributionDrift[] moved = [.. report.Features.Where(feature => feature.Over && !LostValues(feature))];
        if (moved.Length > 0)
            findings.Add(new Finding("drift-features", Severity.Warning,
                $"{moved.Length} of {report.Features.Count} features moved further than chance, the usual movement and the threshold allow: {List(moved, Index)}.",
                "Look at their shares: mend the source where the data changed, train again with newer data where the customers did."));
    }

    private static void AddScores(List<Finding> findings, DriftReport report)
    {
        DistributionDrift[] moved = [.. report.Scores.Where(score => score.Over)];
        if (moved.Length > 0)
            findings.Add(new Finding("drift-scores", Severity.Warning,
                $"Scores are spread differently than at the cutoff: {List(moved, Index)}.",
                "Check campaigns and thresholds that were set by these scores; train again with newer data."));
    }

    private static Finding Worded(PerformanceCheck check, DriftReport report)
    {
        ModelPerformance before = report.Before, now = report.Now;
        return check.Name switch
        {
            PerformanceChecks.EstimatedAuc => new Finding("drift-estimated-ranking", Severity.Warning,
                Invariant($"The churn probabilities tell customers apart less well: the area under the curve to expect is {now.EstimatedAuc:0.000}, at the cutoff it was {before.EstimatedAuc:0.000}."),
                "Check it against outcomes as soon as they are in; train again with newer data."),
            PerformanceChecks.Auc => new Finding("drift-ranking", Severity.Error,
                Invariant($"The model ranks churners worse: the area under the curve is {now.Actual!.Auc:0.000}, on its holdout it was {before.Actual!.Auc:0.000}."),
                "Train again with data up to today."),
            PerformanceChecks.ChurnShare => new Finding("drift-churn-share", Severity.Error,
                Invariant($"{now.Actual!.Churn.Estimate:P1} of the customers stayed away ({now.Actual.Churn.Low:P1} to {now.Actual.Churn.High:P1}), the model said {now.PredictedChurn:P1}."),
                "Train again with data up to today; until then do not read the probabilities as shares."),
            _ => new Finding("drift-spend-total", Severity.Error,
                Invariant($"The model expected {now.PredictedSpend:N0} of spend and {now.Actual!.Spend:N0} came: {now.Actual.SpendBias.Estimate:+0.0%;-0.0%} ({now.Actual.SpendBias.Low:+0.0%;-0.0%} to {now.Actual.SpendBias.High:+0.0%;-0.0%})."),
                "Train again with data up to today; until then do not plan budgets by the totals."),
        };
    }

    private static bool LostValues(DistributionDrift feature) =>
        feature.Over && feature.Bins[Distribution.Missing].Now - feature.Bins[Distribution.Missing].Before > MissingRise;

    private static string Index(DistributionDrift drift) => Invariant($"{drift.Name} {drift.Stability:0.00} (limit {drift.Limit:0.00})");

    private static string List(DistributionDrift[] drifts, Func<DistributionDrift, string> say) =>
        string.Join(", ", drifts.Take(Named).Select(say)) + (drifts.Length > Named ? Invariant($" and {drifts.Length - Named} more") : "");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
