namespace CustomerValue.Models.Forecasting;

/// <summary>What a prior says of each customer of a snapshot: the starting point of boosting.</summary>
/// <param name="purchases">Expected purchases within the horizon.</param>
/// <param name="noPurchase">Probability of no purchase within the horizon.</param>
/// <param name="alive">Probability of being alive.</param>
/// <param name="perPurchase">Expected money of a purchase day.</param>
public sealed class PriorView(double[] purchases, double[] noPurchase, double[] alive, double[] perPurchase)
{
    private const double Least = 1e-6;

    /// <summary>Number of customers.</summary>
    public int Count => purchases.Length;

    /// <summary>Expected purchases within the horizon.</summary>
    public double[] Purchases => purchases;

    /// <summary>Probability of no purchase within the horizon.</summary>
    public double[] NoPurchase => noPurchase;

    /// <summary>Probability of being alive.</summary>
    public double[] Alive => alive;

    /// <summary>Expected money of a purchase day.</summary>
    public double[] PerPurchase => perPurchase;

    /// <summary>Expected money of one customer within the horizon.</summary>
    public double Spend(int row) => purchases[row] * perPurchase[row];

    /// <summary>Log of expected purchases of one customer.</summary>
    public double LogPurchases(int row) => Math.Log(purchases[row] + Least);

    /// <summary>Log of expected money of one customer, counted in a unit of money.</summary>
    public double LogSpend(int row, double unit = 1) => Math.Log(Spend(row) / unit + Least);

    /// <summary>Log-odds of no purchase of each customer.</summary>
    internal double[] ChurnLogits()
    {
        double[] logits = new double[Count];
        for (int i = 0; i < logits.Length; i++)
            logits[i] = ChurnLogit(i);
        return logits;
    }

    /// <summary>Log-odds of no purchase of one customer.</summary>
    public double ChurnLogit(int row)
    {
        double p = Math.Clamp(noPurchase[row], Least, 1 - Least);
        return Math.Log(p / (1 - p));
    }
}
