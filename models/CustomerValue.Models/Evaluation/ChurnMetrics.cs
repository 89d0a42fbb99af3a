namespace CustomerValue.Models.Evaluation;

/// <summary>How well churn probabilities met who really stayed away.</summary>
/// <param name="Auc">Area under the ROC curve.</param>
/// <param name="AveragePrecision">Area under the precision-recall steps.</param>
/// <param name="LogLoss">Mean negative log likelihood, natural log; probabilities are held within 1e-15 of 0 and 1.</param>
/// <param name="Brier">Mean squared error of the probability.</param>
/// <param name="CalibrationError">Expected calibration error: mean absolute gap between predicted and actual share over ten equal-count bins.</param>
/// <param name="TopDecileLift">Share of churners in the tenth predicted likeliest over the share of all.</param>
public sealed record ChurnMetrics(double Auc, double AveragePrecision, double LogLoss, double Brier, double CalibrationError, double TopDecileLift)
{
    /// <summary>Measures predictions against what happened.</summary>
    public static ChurnMetrics Measure(ReadOnlySpan<double> probability, ReadOnlySpan<bool> churned)
    {
        double[] actual = new double[churned.Length];
        double logLoss = 0, brier = 0, rate = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            actual[i] = churned[i] ? 1 : 0;
            double p = Math.Clamp(probability[i], 1e-15, 1 - 1e-15);
            logLoss -= churned[i] ? Math.Log(p) : Math.Log(1 - p);
            brier += (probability[i] - actual[i]) * (probability[i] - actual[i]);
            rate += actual[i];
        }
        return new ChurnMetrics(
            Ranking.AreaUnderCurve(probability, churned),
            Ranking.AveragePrecision(probability, churned),
            logLoss / actual.Length,
            brier / actual.Length,
            rate > 0 ? Deciles.MeanDeviation(Deciles.Table(probability, actual)) * rate / actual.Length : Ranking.Mean(probability),
            Ranking.TopShare(actual, probability, 0.1) / 0.1);
    }
}
