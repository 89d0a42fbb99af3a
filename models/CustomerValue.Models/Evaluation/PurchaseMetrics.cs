namespace CustomerValue.Models.Evaluation;

/// <summary>How well expected purchases met actual ones.</summary>
/// <param name="Mae">Mean absolute error, purchases a customer.</param>
/// <param name="Rmse">Root mean squared error, purchases a customer.</param>
/// <param name="Bias">Predicted total over actual total, minus 1.</param>
/// <param name="Pearson">Linear correlation.</param>
/// <param name="Spearman">Rank correlation, ties averaged.</param>
public sealed record PurchaseMetrics(double Mae, double Rmse, double Bias, double Pearson, double Spearman)
{
    /// <summary>Measures predictions against what happened.</summary>
    public static PurchaseMetrics Measure(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual) => new(
        Errors.MeanAbsolute(predicted, actual),
        Errors.RootMeanSquared(predicted, actual),
        Errors.Bias(predicted, actual),
        Ranking.Pearson(predicted, actual),
        Ranking.Spearman(predicted, actual));
}
