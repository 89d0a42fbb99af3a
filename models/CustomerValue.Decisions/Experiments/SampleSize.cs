using CustomerValue.Strategy.Numerics;

namespace CustomerValue.Decisions.Experiments;

/// <summary>How many customers show how small a difference of means.</summary>
/// <param name="Confidence">Of the interval afterwards, such as .95.</param>
/// <param name="Power">Probability of seeing a difference that is there, such as .8.</param>
public readonly record struct SampleSize(double Confidence, double Power)
{
    /// <summary>The smallest difference that is seen with the power wanted.</summary>
    /// <param name="deviation">Standard deviation of the outcome.</param>
    /// <param name="treated">Customers treated.</param>
    /// <param name="control">Customers of the control group.</param>
    public double SmallestDifference(double deviation, double treated, double control) => Reach * deviation * Math.Sqrt(1 / treated + 1 / control);

    /// <summary>The smallest share of control among customers with which a difference is seen; null where half would not do.</summary>
    /// <param name="deviation">Standard deviation of the outcome.</param>
    /// <param name="difference">Difference to be seen, above 0.</param>
    /// <param name="customers">Customers of arm and control together.</param>
    public double? ControlShare(double deviation, double difference, double customers)
    {
        // 1 / ((1 - c) n) + 1 / (c n) <= (d / (k s))^2 is c (1 - c) >= 1 / (n q).
        double least = Math.Pow(Reach * deviation / difference, 2) / customers;
        return least <= 0.25 ? 0.5 - Math.Sqrt(0.25 - least) : null;
    }

    private double Reach => Normal.Quantile(0.5 + Confidence / 2) + Normal.Quantile(Power);
}
