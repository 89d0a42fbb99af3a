using System.Text.Json.Serialization;

namespace CustomerValue.Models.Evaluation;

/// <summary>How well expected spend met actual spend.</summary>
/// <param name="Mae">Mean absolute error, money a customer.</param>
/// <param name="Rmse">Root mean squared error, money a customer.</param>
/// <param name="Bias">Predicted total over actual total, minus 1.</param>
/// <param name="Spearman">Rank correlation, ties averaged.</param>
/// <param name="NormalizedGini">Gini of the ranking over the Gini of the perfect ranking, ties averaged.</param>
/// <param name="DecileMape">Mean absolute deviation of decile means as a share of the mean; 0 is perfectly calibrated.</param>
/// <param name="Top20Captured">Share of actual spend held by the fifth of customers predicted highest.</param>
public sealed record SpendMetrics(
    double Mae,
    double Rmse,
    double Bias,
    double Spearman,
    double NormalizedGini,
    double DecileMape,
    [property: JsonPropertyName("top20_captured")] double Top20Captured)
{
    /// <summary>Measures predictions against what happened.</summary>
    public static SpendMetrics Measure(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual) => new(
        Errors.MeanAbsolute(predicted, actual),
        Errors.RootMeanSquared(predicted, actual),
        Errors.Bias(predicted, actual),
        Ranking.Spearman(predicted, actual),
        Ranking.NormalizedGini(actual, predicted),
        Deciles.MeanDeviation(Deciles.Table(predicted, actual)),
        Ranking.TopShare(actual, predicted, 0.2));
}
