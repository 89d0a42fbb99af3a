namespace CustomerValue.BuyTillYouDie;

/// <summary>A range that holds a quantity with a given probability.</summary>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Level">Probability, such as 0.9, half of the rest lying on either side.</param>
public readonly record struct PredictionInterval(double Lower, double Upper, double Level);

/// <summary>Intervals for what the models predict, saying which uncertainty they hold.</summary>
/// <remarks>
/// Two things are uncertain: the parameters, since they were estimated (<see cref="OfEstimate"/>), and the process, since customers
/// act by chance even where the parameters are known. <see cref="OfPurchases"/> and <see cref="OfTotalPurchases"/> hold the process,
/// and with draws from <see cref="ITransactionModel.DrawModels"/> both.
/// </remarks>
public static class Intervals
{
    /// <summary>Parameter uncertainty alone: the spread of a prediction over models with drawn parameters.</summary>
    /// <param name="draws">Models from <see cref="ITransactionModel.DrawModels"/>, some hundred.</param>
    /// <param name="prediction">What is predicted, such as the expected purchases of a customer.</param>
    /// <param name="level">Probability, above 0 and below 1.</param>
    public static PredictionInterval OfEstimate(IReadOnlyList<ITransactionModel> draws, Func<ITransactionModel, double> prediction, double level)
    {
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentNullException.ThrowIfNull(prediction);
        return Central([.. draws.Select(prediction)], level);
    }

    /// <summary>Process uncertainty of one customer's number of purchases in the next <paramref name="t"/> time units.</summary>
    /// <param name="models">One model for the process alone; draws for process and parameters together.</param>
    /// <param name="h">The customer.</param>
    /// <param name="t">Length of the window.</param>
    /// <param name="level">Probability, above 0 and below 1; since counts are whole, the interval holds at least this much.</param>
    public static PredictionInterval OfPurchases(IReadOnlyList<ITransactionModel> models, PurchaseHistory h, double t, double level)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentOutOfRangeException.ThrowIfZero(models.Count);
        double tail = (1 - Checked(level)) / 2, cumulative = 0;
        int lower = -1;
        for (int n = 0; ; n++)
        {
            cumulative += models.Average(model => model.ProbabilityOfPurchases(h, t, n));
            if (lower < 0 && cumulative > tail) lower = n;
            // The sum of many small probabilities may stay short of 1 by rounding.
            if (cumulative >= 1 - Math.Max(tail, 1e-9)) return new PredictionInterval(lower, n, level);
        }
    }

    /// <summary>Process uncertainty of the purchases of many customers together, by simulation.</summary>
    /// <param name="models">One model for the process alone; draws, one a run in turn, for process and parameters together.</param>
    /// <param name="histories">The customers.</param>
    /// <param name="t">Length of the window.</param>
    /// <param name="level">Probability, above 0 and below 1.</param>
    /// <param name="runs">Simulated futures; 1,000 settle the ends of a 90 % interval to about 2 % of its probability.</param>
    /// <param name="seed">Seed; the same seed gives the same interval.</param>
    public static PredictionInterval OfTotalPurchases(
        IReadOnlyList<ITransactionModel> models, PurchaseHistories histories, double t, double level, int runs, int seed)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(runs);
        Random random = new(seed);
        double[] totals = new double[runs];
        for (int run = 0; run < runs; run++)
        {
            ITransactionModel model = models[run % models.Count];
            for (int i = 0; i < histories.Count; i++)
                totals[run] += (histories.Weights.IsEmpty ? 1 : histories.Weights[i]) * model.SimulateFuture(histories[i], t, random).Count;
        }
        return Central(totals, level);
    }

    internal static PredictionInterval Central(double[] values, double level)
    {
        double tail = (1 - Checked(level)) / 2;
        Array.Sort(values);
        return new PredictionInterval(Quantile(values, tail), Quantile(values, 1 - tail), level);
    }

    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[^1];
    }

    private static double Checked(double level) => level is > 0 and < 1
        ? level : throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies between 0 and 1.");
}
