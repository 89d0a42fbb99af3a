using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Benchmarks.Accuracy;

/// <summary>Figures of one forecast on one holdout, and the losses of each customer behind them.</summary>
/// <param name="Entrant">Whose forecast it is.</param>
/// <param name="IsNaive">Whether that is one of the naive rules.</param>
internal sealed record AccuracyFigures(string Entrant, bool IsNaive)
{
    /// <summary>Names of what is measured, by which lower is better.</summary>
    public static IReadOnlyList<string> Losses { get; } = ["purchases MAE", "Poisson", "spend MAE", "Tweedie", "log loss", "1 - AUC", "1 - Gini"];

    private const double Least = 1e-9;

    /// <summary>Mean loss by <see cref="Losses"/>; NaN where nothing was spent.</summary>
    public required double[] Mean { get; init; }

    /// <summary>Loss of each customer, of those losses that customers have: the first five.</summary>
    public required double[][] ByCustomer { get; init; }

    /// <summary>Forecast total over actual, minus 1, of purchases and of spend.</summary>
    public required (double Purchases, double Spend) Bias { get; init; }

    /// <summary>Spearman's rank correlation of spend.</summary>
    public required double Spearman { get; init; }

    /// <summary>Shares of customers who spent less than P10, and more than P90; NaN where there are no intervals.</summary>
    public (double Below, double Above) Tails { get; init; } = (double.NaN, double.NaN);

    public static AccuracyFigures Of(string entrant, bool naive, Forecast forecast, Holdout holdout)
    {
        int count = forecast.Count;
        double[][] losses = [.. Enumerable.Range(0, 5).Select(_ => new double[count])];
        double meanSpend = Math.Max(Ranking.Mean(holdout.Spend), Least);
        for (int i = 0; i < count; i++)
        {
            double purchases = holdout.Purchases[i], mean = Math.Max(forecast.ExpectedPurchases[i], 1e-6);
            double spend = Math.Max(holdout.Spend[i], 0), root = Math.Sqrt(Math.Max(forecast.ExpectedSpend[i], 1e-6 * meanSpend));
            double stays = Math.Clamp(forecast.ChurnProbability[i], 1e-12, 1 - 1e-12);
            losses[0][i] = Math.Abs(forecast.ExpectedPurchases[i] - purchases);
            losses[1][i] = 2 * ((purchases > 0 ? purchases * Math.Log(purchases / mean) : 0) - purchases + mean);
            losses[2][i] = Math.Abs(forecast.ExpectedSpend[i] - holdout.Spend[i]);
            losses[3][i] = 4 * (root + spend / root - 2 * Math.Sqrt(spend));
            losses[4][i] = -Math.Log(holdout.Churned[i] ? stays : 1 - stays);
        }
        bool money = holdout.Spend.IndexOfAnyExcept(0.0) >= 0;
        return new AccuracyFigures(entrant, naive)
        {
            ByCustomer = losses,
            Mean =
            [
                Ranking.Mean(losses[0]), Ranking.Mean(losses[1]), money ? Ranking.Mean(losses[2]) : double.NaN, money ? Ranking.Mean(losses[3]) : double.NaN, Ranking.Mean(losses[4]),
                1 - Ranking.AreaUnderCurve(forecast.ChurnProbability, holdout.Churned), money ? 1 - Ranking.NormalizedGini(holdout.Spend, forecast.ExpectedSpend) : double.NaN,
            ],
            Bias = (Errors.Bias(forecast.ExpectedPurchases, holdout.Purchases), Errors.Bias(forecast.ExpectedSpend, holdout.Spend)),
            Spearman = money ? Ranking.Spearman(forecast.ExpectedSpend, holdout.Spend) : double.NaN,
        };
    }
}
