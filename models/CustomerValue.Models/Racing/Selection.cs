using CustomerValue.Models.Candidates;
using CustomerValue.Models.Evaluation;

namespace CustomerValue.Models.Racing;

/// <summary>Chooses a candidate per target on a validation race.</summary>
internal static class Selection
{
    /// <summary>
    /// The candidate of least mean loss (log loss of churn, absolute error of purchases and spend), unless a simpler one is as good: the 95 % bootstrap
    /// interval of their difference reaches 0 and the difference is below half a percent of the loss.
    /// </summary>
    /// <param name="candidates">Names, simplest first.</param>
    /// <param name="validation">What each of them said, and what happened.</param>
    /// <param name="lossOf">The loss of each customer.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static string Choose(IReadOnlyList<string> candidates, Validation validation, Func<Holdout, Forecast, double[]> lossOf, int seed)
    {
        Holdout holdout = new(validation.Snapshot);
        List<(string Name, double[] Losses, double Mean)> entrants = [.. candidates.Where(validation.Forecasts.ContainsKey).Select(name =>
        {
            double[] losses = lossOf(holdout, validation.Forecasts[name]);
            return (name, losses, Ranking.Mean(losses));
        })];
        (string best, double[] bestLosses, double least) = entrants.MinBy(entrant => entrant.Mean);
        foreach ((string name, double[] losses, double mean) in entrants)
            if (name == best || (mean - least < 0.005 * least && PairedBootstrap.Difference(losses, bestLosses, seed).Low <= 0))
                return name;
        return best;
    }
}
