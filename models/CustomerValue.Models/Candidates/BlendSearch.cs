using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Candidates;

/// <summary>Chooses blend weights on a validation race.</summary>
internal static class BlendSearch
{
    private const double DefaultChurn = 0.6;
    private const double DefaultPurchases = 0.5;
    private const double DefaultSpend = 0.4;
    private const double CustomersForHalfTrust = 45_000;
    private const int Steps = 10;

    /// <summary>
    /// The weights of least loss (log loss, Poisson and Tweedie deviance) are drawn towards the defaults, the more so the fewer customers judged them (a tenth
    /// of the way is left at 5,000, half at 45,000): few are a weak judge, and weights near equality seldom lose (Bates and Granger 1969; Makridakis,
    /// Spiliotis and Assimakopoulos 2020).
    /// </summary>
    public static BlendWeights Choose(Validation? validation, string treesName, string priorName)
    {
        if (validation is null || !validation.Forecasts.TryGetValue(treesName, out Forecast? trees) || !validation.Forecasts.TryGetValue(priorName, out Forecast? prior))
            return new BlendWeights(DefaultChurn, DefaultPurchases, DefaultSpend);
        Holdout holdout = new(validation.Snapshot);
        double trust = validation.Snapshot.Count / (validation.Snapshot.Count + CustomersForHalfTrust);
        return new BlendWeights(
            Best(Losses.Churn, DefaultChurn), Best(Losses.Purchases, DefaultPurchases), Best(Losses.Spend, DefaultSpend));

        double Best(Func<Holdout, Forecast, double[]> lossOf, double standard)
        {
            double best = standard, least = double.PositiveInfinity;
            for (int step = 0; step <= Steps; step++)
            {
                double weight = step / (double)Steps, loss = Ranking.Mean(lossOf(holdout, Blend.Mix(trees, prior, new BlendWeights(weight, weight, weight))));
                if (loss < least)
                    (best, least) = (weight, loss);
            }
            return trust * best + (1 - trust) * standard;
        }
    }
}
