namespace CustomerValue.Models.Forecasting;

/// <summary>What a model says of each customer of a snapshot, in the snapshot's order, for one horizon.</summary>
/// <param name="count">Number of customers.</param>
public sealed class Forecast(int count)
{
    /// <summary>Probability of no purchase within the horizon.</summary>
    public double[] ChurnProbability { get; } = new double[count];

    /// <summary>Expected purchase days within the horizon.</summary>
    public double[] ExpectedPurchases { get; } = new double[count];

    /// <summary>Expected money spent within the horizon, net of returns.</summary>
    public double[] ExpectedSpend { get; } = new double[count];

    /// <summary>Number of customers.</summary>
    public int Count => ChurnProbability.Length;

    /// <summary>The same figures in a forecast of their own.</summary>
    internal Forecast Copy()
    {
        Forecast copy = new(Count);
        ChurnProbability.CopyTo(copy.ChurnProbability, 0);
        ExpectedPurchases.CopyTo(copy.ExpectedPurchases, 0);
        ExpectedSpend.CopyTo(copy.ExpectedSpend, 0);
        return copy;
    }
}
