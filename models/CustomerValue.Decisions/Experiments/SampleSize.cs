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

    /// <summary>The smallest contrast of several arms that is seen with the power wanted.</summary>
    /// <param name="deviation">Standard deviation of the outcome.</param>
    /// <param name="weights">Weight of each arm.</param>
    /// <param name="sizes">Customers of each.</param>
    public double SmallestContrast(double deviation, IReadOnlyList<double> weights, IReadOnlyList<int> sizes)
    {
        double sum = 0;
        for (int a = 0; a < weights.Count; a++)
            sum += weights[a] == 0 ? 0 : weights[a] * weights[a] / sizes[a];
        return Reach * deviation * Math.Sqrt(sum);
    }

    /// <summary>The smallest share of control with which every arm shows a difference; null where half would not do.</summary>
    /// <param name="deviation">Standard deviation of the outcome.</param>
    /// <param name="difference">Difference to be seen, above 0.</param>
    /// <param name="customers">Customers of all arms and control together.</param>
    /// <param name="weights">How the arms share what control leaves; above 0.</param>
    public double? ControlShare(double deviation, double difference, double customers, IReadOnlyList<double> weights)
    {
        // For the smallest arm, of weight w: 1 / ((1 - c) w n) + 1 / (c n) <= (d / (k s))^2. The left side falls in c up to half or beyond.
        double least = weights.Min() / weights.Sum(), low = 0, high = 0.5;
        if (SmallestDifference(deviation, (1 - high) * least * customers, high * customers) > difference)
            return null;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (SmallestDifference(deviation, (1 - middle) * least * customers, middle * customers) > difference)
                low = middle;
            else
                high = middle;
        }
        return high;
    }

    private double Reach => Normal.Quantile(0.5 + Confidence / 2) + Normal.Quantile(Power);
}
