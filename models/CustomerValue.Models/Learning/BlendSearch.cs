using CustomerValue.Models.Candidates;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Racing;

namespace CustomerValue.Models.Learning;

/// <summary>Chooses blend weights on a validation race.</summary>
internal static class BlendSearch
{
    private const double Default = 0.6;
    private const int Steps = 10;

    /// <summary>The weights of least loss (log loss, mean absolute error), drawn half way to the default: one past origin is a weak judge.</summary>
    public static BlendWeights Choose(Validation? validation, string treesName, string priorName)
    {
        if (validation is null || !validation.Forecasts.TryGetValue(treesName, out Forecast? trees) || !validation.Forecasts.TryGetValue(priorName, out Forecast? prior))
            return new BlendWeights(Default, Default, Default);
        Holdout holdout = new(validation.Snapshot);
        return new BlendWeights(Best(Losses.Churn), Best(Losses.Purchases), Best(Losses.Spend));

        double Best(Func<Holdout, Forecast, double[]> lossOf)
        {
            double best = Default, least = double.PositiveInfinity;
            for (int step = 0; step <= Steps; step++)
            {
                double weight = step / (double)Steps, loss = Ranking.Mean(lossOf(holdout, Blend.Mix(trees, prior, new BlendWeights(weight, weight, weight))));
                if (loss < least)
                    (best, least) = (weight, loss);
            }
            return (best + Default) / 2;
        }
    }
}
