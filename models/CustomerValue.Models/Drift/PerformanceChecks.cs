using CustomerValue.Models.Evaluation;

namespace CustomerValue.Models.Drift;

/// <summary>Whether the model ranks and counts as well as it did; a model that was off at its cutoff already is only blamed for more.</summary>
internal static class PerformanceChecks
{
    public const string EstimatedAuc = "estimated_auc";
    public const string Auc = "auc";
    public const string ChurnShare = "churn_share";
    public const string SpendTotal = "spend_total";

    public static IReadOnlyList<PerformanceCheck> Of(DriftBaseline baseline, ModelPerformance now, int customers, DriftOptions options)
    {
        ModelPerformance before = baseline.Performance;
        List<PerformanceCheck> checks = [];
        double fallNoise = Noise(before.EstimatedAuc, before.PredictedChurn, baseline.Customers) + Noise(now.EstimatedAuc, now.PredictedChurn, customers);
        AddFall(checks, EstimatedAuc, before.EstimatedAuc - now.EstimatedAuc, fallNoise, options.RankingFall);
        if (now.Actual is not { } actual)
            return checks;

        if (before.Actual is { } then)
            AddFall(checks, Auc, then.Auc - actual.Auc, Noise(then.Auc, then.Churn.Estimate, baseline.Customers) + Noise(actual.Auc, actual.Churn.Estimate, customers), options.RankingFall);
        Interval? gapThen = before.Actual is { } share ? Gap(before.PredictedChurn, share.Churn) : null;
        AddGap(checks, ChurnShare, Gap(now.PredictedChurn, actual.Churn), gapThen, options.ChurnGap);
        AddGap(checks, SpendTotal, actual.SpendBias, before.Actual?.SpendBias, options.SpendGap);
        return checks;
    }

    /// <summary>Predicted minus actual share.</summary>
    private static Interval Gap(double predicted, Interval actual) => new(predicted - actual.Estimate, predicted - actual.High, predicted - actual.Low);

    /// <summary>A gap is over where it matters, is wider than at the cutoff, and its interval and the one of the cutoff (0 where unknown) have nothing in common.</summary>
    private static void AddGap(List<PerformanceCheck> checks, string name, Interval now, Interval? atCutoff, double practical)
    {
        if (!double.IsFinite(now.Estimate))
            return;
        Interval then = atCutoff is { } known && double.IsFinite(known.Estimate) ? known : new Interval(0, 0, 0);
        double found = Math.Abs(now.Estimate), limit = Math.Max(practical, Math.Abs(then.Estimate));
        checks.Add(new PerformanceCheck(name, found, limit, found > limit && (now.Low > then.High || now.High < then.Low)));
    }

    /// <summary>Variance of an area under the curve.</summary>
    private static double Noise(double area, double share, int customers)
    {
        double error = ExpectedRanking.StandardError(area, share * customers, (1 - share) * customers);
        return error * error;
    }

    private static void AddFall(List<PerformanceCheck> checks, string name, double fall, double variance, double practical)
    {
        if (!double.IsFinite(fall) || !double.IsFinite(variance))
            return;
        double limit = Math.Max(practical, Uncertainty.Z * Math.Sqrt(variance));
        checks.Add(new PerformanceCheck(name, fall, limit, fall > limit));
    }
}
