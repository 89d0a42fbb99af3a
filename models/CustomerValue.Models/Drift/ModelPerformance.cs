using CustomerValue.Models.Evaluation;

namespace CustomerValue.Models.Drift;

/// <summary>How good a model's forecast of some customers is: what can be said without outcomes, and with them.</summary>
/// <param name="EstimatedAuc">Area under the ROC curve expected from the churn probabilities alone.</param>
/// <param name="PredictedChurn">Mean churn probability.</param>
/// <param name="PredictedSpend">Sum of expected spend.</param>
/// <param name="Actual">Against what happened; null while it is not known.</param>
public sealed record ModelPerformance(double EstimatedAuc, double PredictedChurn, double PredictedSpend, ActualPerformance? Actual)
{
    /// <summary>Measures a sample.</summary>
    public static ModelPerformance Of(DriftSample sample) => new(
        ExpectedRanking.AreaUnderCurve(sample.Forecast.ChurnProbability),
        Ranking.Mean(sample.Forecast.ChurnProbability),
        sample.Forecast.ExpectedSpend.Sum(),
        ActualPerformance.Of(sample));
}

/// <summary>A forecast against what happened.</summary>
/// <param name="Auc">Area under the ROC curve; NaN where all stayed or all left.</param>
/// <param name="CalibrationError">Mean absolute gap between predicted and actual churn over ten equal-count bins.</param>
/// <param name="Calibration">Those bins, the highest predicted churn first.</param>
/// <param name="Churn">Share of customers that stayed away, with its 99 % interval (Wilson 1927).</param>
/// <param name="Spend">Money that was spent.</param>
/// <param name="SpendBias">Predicted over actual spend, minus 1, with its 99 % bootstrap interval over customers.</param>
public sealed record ActualPerformance(double Auc, double CalibrationError, IReadOnlyList<Decile> Calibration, Interval Churn, double Spend, Interval SpendBias)
{
    /// <summary>Measures a sample with outcomes; null without.</summary>
    public static ActualPerformance? Of(DriftSample sample)
    {
        if (sample is not { Purchases: { } purchases, Spend: { } spend } || purchases.Length == 0)
            return null;
        bool[] churned = Array.ConvertAll(purchases, value => value == 0);
        double[] probability = sample.Forecast.ChurnProbability;
        ChurnMetrics metrics = ChurnMetrics.Measure(probability, churned);
        return new ActualPerformance(
            metrics.Auc,
            metrics.CalibrationError,
            Deciles.Table(probability, Array.ConvertAll(churned, value => value ? 1.0 : 0.0)),
            Uncertainty.Share(churned.Count(value => value), churned.Length),
            spend.Sum(),
            Uncertainty.Bias(sample.Forecast.ExpectedSpend, spend));
    }
}
