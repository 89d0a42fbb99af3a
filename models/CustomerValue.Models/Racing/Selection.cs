using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Racing;

/// <summary>Chooses a candidate per target on a validation race.</summary>
internal static class Selection
{
    private const double AsGood = 0.02;

    /// <summary>
    /// The candidate of least mean loss (log loss of churn, Poisson deviance of purchases, Tweedie deviance of spend), unless an earlier one in the catalogue is as good: the difference
    /// is below 2 % of the loss, or its 95 % bootstrap interval reaches 0. Losses at each origin count in units of the first candidate's there.
    /// </summary>
    /// <param name="candidates">Names, simplest first; each ran at the first origin.</param>
    /// <param name="validations">What each of them said, and what happened, latest first; those at which one did not run are left out.</param>
    /// <param name="lossOf">The loss of each customer.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static string Choose(IReadOnlyList<string> candidates, IReadOnlyList<Validation> validations, Func<Holdout, Forecast, double[]> lossOf, int seed)
    {
        Dictionary<string, List<double>> losses = candidates.ToDictionary(name => name, _ => new List<double>(), StringComparer.Ordinal);
        foreach (Validation validation in validations.Where(validation => candidates.All(validation.Forecasts.ContainsKey)))
        {
            Holdout holdout = new(validation.Snapshot);
            double unit = Ranking.Mean(lossOf(holdout, validation.Forecasts[candidates[0]]));
            foreach (string name in candidates)
                losses[name].AddRange(lossOf(holdout, validation.Forecasts[name]).Select(loss => unit > 0 ? loss / unit : loss));
        }
        List<(string Name, double[] Losses, double Mean)> entrants = [.. candidates.Select(name => (name, losses[name].ToArray(), losses[name].Average()))];
        (string best, double[] bestLosses, double least) = entrants.MinBy(entrant => entrant.Mean);
        foreach ((string name, double[] own, double mean) in entrants)
            if (name == best || mean - least < AsGood * least || PairedBootstrap.Difference(own, bestLosses, seed).Low <= 0)
                return name;
        return best;
    }
}
