using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Racing;

/// <summary>Chooses a candidate per target on a validation race.</summary>
internal static class Selection
{
    private const double ClearlyBetter = 0.1;
    private const double AsGood = 0.02;

    /// <summary>
    /// The combination, where it ran, unless a candidate beats it clearly: the interval of their difference excludes 0 and its loss is lower by at least a
    /// tenth of the combination's; one past origin often crowns a single model that the next dethrones. Without a combination: the candidate of least mean
    /// loss (log loss of churn, Poisson deviance of purchases, Tweedie deviance of spend), unless an earlier one in the catalogue is as good: the difference
    /// is below 2 % of the loss, or its 95 % bootstrap interval reaches 0.
    /// </summary>
    /// <param name="candidates">Names, simplest first.</param>
    /// <param name="validation">What each of them said, and what happened.</param>
    /// <param name="combination">Name of the candidate that combines others, or null.</param>
    /// <param name="lossOf">The loss of each customer.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static string Choose(IReadOnlyList<string> candidates, Validation validation, string? combination, Func<Holdout, Forecast, double[]> lossOf, int seed)
    {
        Holdout holdout = new(validation.Snapshot);
        List<(string Name, double[] Losses, double Mean)> entrants = [.. candidates.Where(validation.Forecasts.ContainsKey).Select(name =>
        {
            double[] losses = lossOf(holdout, validation.Forecasts[name]);
            return (name, losses, Ranking.Mean(losses));
        })];
        (string best, double[] bestLosses, double least) = entrants.MinBy(entrant => entrant.Mean);
        if (entrants.Find(entrant => entrant.Name == combination) is { Name: not null } combined)
            return least < (1 - ClearlyBetter) * combined.Mean && PairedBootstrap.Difference(bestLosses, combined.Losses, seed).High < 0 ? best : combined.Name;
        foreach ((string name, double[] losses, double mean) in entrants)
            if (name == best || mean - least < AsGood * least || PairedBootstrap.Difference(losses, bestLosses, seed).Low <= 0)
                return name;
        return best;
    }
}
