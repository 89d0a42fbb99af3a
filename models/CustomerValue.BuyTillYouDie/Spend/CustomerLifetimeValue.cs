namespace CustomerValue.BuyTillYouDie;

/// <summary>The money a customer will bring: purchases, spend, margin and discounting together.</summary>
/// <param name="Transactions">The transaction model.</param>
/// <param name="Spend">The spend model, fitted on the mean spend of repeat purchases.</param>
/// <param name="Margin">Share of spend that is margin, 0 to 1; 1 gives revenue.</param>
/// <param name="DiscountRate">Continuous discount rate a time unit: ln(1 + yearly rate) / units a year.</param>
/// <param name="Horizon">Time units ahead that count; infinite for all there will be.</param>
public sealed record CustomerLifetimeValue(ITransactionModel Transactions, GammaGamma Spend, double Margin, double DiscountRate, double Horizon)
{
    /// <summary>Expected lifetime value of the customer from now on.</summary>
    /// <param name="h">The customer.</param>
    /// <param name="meanSpend">Mean spend over the repeat purchases; not read when there are none.</param>
    /// <remarks>Fader, Hardie and Lee (2005), RFM and CLV, Journal of Marketing Research 42(4): margin x E[spend] x DET.</remarks>
    public double Expected(PurchaseHistory h, double meanSpend) =>
        Margin * Spend.ExpectedSpend(h.X, meanSpend) * Transactions.DiscountedExpectedPurchases(h, DiscountRate, Horizon);

    /// <summary>An interval of what the customer may really bring, by simulation: process, and with draws also parameters.</summary>
    /// <param name="h">The customer.</param>
    /// <param name="meanSpend">Mean spend over the repeat purchases; not read when there are none.</param>
    /// <param name="level">Probability, above 0 and below 1.</param>
    /// <param name="runs">Simulated futures, such as 1,000.</param>
    /// <param name="seed">Seed; the same seed gives the same interval.</param>
    /// <param name="transactionDraws">Draws of the transaction model, taken in turn; none leaves its parameters fixed.</param>
    /// <param name="spendDraws">Draws of the spend model, taken in turn; none leaves its parameters fixed.</param>
    public PredictionInterval Interval(
        PurchaseHistory h, double meanSpend, double level, int runs, int seed,
        IReadOnlyList<ITransactionModel>? transactionDraws = null, IReadOnlyList<GammaGamma>? spendDraws = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(runs);
        transactionDraws ??= [Transactions];
        spendDraws ??= [Spend];
        Random random = new(seed);
        double end = Math.Min(Horizon, DiscountRate > 0 ? 45 / DiscountRate : double.PositiveInfinity);
        double[] values = new double[runs];
        for (int run = 0; run < runs; run++)
        {
            IReadOnlyList<double> moments = transactionDraws[run % transactionDraws.Count].SimulateFuture(h, end, random);
            IReadOnlyList<double> spends = spendDraws[run % spendDraws.Count].SimulateSpends(h.X, meanSpend, moments.Count, random);
            for (int i = 0; i < moments.Count; i++) values[run] += Margin * spends[i] * Math.Exp(-DiscountRate * moments[i]);
        }
        return Intervals.Central(values, level);
    }
}
