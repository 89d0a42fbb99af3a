using System.Text.Json.Serialization;

namespace CustomerValue.Models.Evaluation;

/// <summary>How well expected spend met actual spend.</summary>
public sealed record SpendMetrics
{
    /// <summary>Mean absolute error, money a customer.</summary>
    public required double Mae { get; init; }

    /// <summary>Root mean squared error, money a customer.</summary>
    public required double Rmse { get; init; }

    /// <summary>Predicted total over actual total, minus 1.</summary>
    public required double Bias { get; init; }

    /// <summary>Rank correlation, ties averaged.</summary>
    public required double Spearman { get; init; }

    /// <summary>Gini of the ranking over the Gini of the perfect ranking, ties averaged.</summary>
    public required double NormalizedGini { get; init; }

    /// <summary>Mean absolute deviation of decile means as a share of the mean; 0 is perfectly calibrated.</summary>
    public required double DecileMape { get; init; }

    /// <summary>Share of actual spend held by the fifth of customers predicted highest.</summary>
    [JsonPropertyName("top20_captured")]
    public required double Top20Captured { get; init; }

    /// <summary>Measures predictions against what happened.</summary>
    public static SpendMetrics Measure(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual) => new()
    {
        Mae = Errors.MeanAbsolute(predicted, actual),
        Rmse = Errors.RootMeanSquared(predicted, actual),
        Bias = Errors.Bias(predicted, actual),
        Spearman = Ranking.Spearman(predicted, actual),
        NormalizedGini = Ranking.NormalizedGini(actual, predicted),
        DecileMape = Deciles.MeanDeviation(Deciles.Table(predicted, actual)),
        Top20Captured = Ranking.TopShare(actual, predicted, 0.2),
    };
}
