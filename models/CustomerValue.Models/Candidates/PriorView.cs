using CustomerValue.BuyTillYouDie;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Candidates;

/// <summary>What a buy-till-you-die model says of each customer of a snapshot: the starting point of boosting.</summary>
internal sealed class PriorView
{
    private const double Least = 1e-6;

    public PriorView(BuyTillYouDieModel prior, Snapshot snapshot, int horizonDays)
    {
        PurchaseHistories histories = snapshot.Histories;
        double weeks = horizonDays / 7.0;
        Purchases = new double[snapshot.Count];
        NoPurchase = new double[snapshot.Count];
        Alive = new double[snapshot.Count];
        PerPurchase = new double[snapshot.Count];
        prior.Purchases.ExpectedPurchases(histories.X, histories.Tx, histories.T, weeks, Purchases);
        prior.Purchases.ProbabilityOfNoPurchase(histories.X, histories.Tx, histories.T, weeks, NoPurchase);
        prior.Purchases.ProbabilityAlive(histories.X, histories.Tx, histories.T, Alive);
        ReadOnlySpan<double> x = histories.X, mean = snapshot.Aggregates.MeanRepeatSpend;
        for (int i = 0; i < PerPurchase.Length; i++)
            PerPurchase[i] = prior.Spend.ExpectedRepeatSpend(x[i], mean[i]);
    }

    public int Count => Purchases.Length;

    /// <summary>Expected purchases within the horizon.</summary>
    public double[] Purchases { get; }

    /// <summary>Probability of no purchase within the horizon.</summary>
    public double[] NoPurchase { get; }

    /// <summary>Probability of being alive.</summary>
    public double[] Alive { get; }

    /// <summary>Expected money of a purchase day.</summary>
    public double[] PerPurchase { get; }

    public double Spend(int row) => Purchases[row] * PerPurchase[row];

    public double LogPurchases(int row) => Math.Log(Purchases[row] + Least);

    public double LogSpend(int row) => Math.Log(Spend(row) + Least);

    public double ChurnLogit(int row)
    {
        double p = Math.Clamp(NoPurchase[row], Least, 1 - Least);
        return Math.Log(p / (1 - p));
    }
}
