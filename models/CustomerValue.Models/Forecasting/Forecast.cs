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
        CopyTo(copy, 0);
        return copy;
    }

    /// <summary>Puts these customers' figures into a forecast of more, from a row of it on.</summary>
    internal void CopyTo(Forecast other, int row)
    {
        ChurnProbability.CopyTo(other.ChurnProbability, row);
        ExpectedPurchases.CopyTo(other.ExpectedPurchases, row);
        ExpectedSpend.CopyTo(other.ExpectedSpend, row);
    }
}
