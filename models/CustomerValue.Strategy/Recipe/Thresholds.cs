using CustomerValue.Strategy.Numerics;

namespace CustomerValue.Strategy.Quadrants;

/// <summary>The lines between low and high, in the unit of the axes; a value on the line is high, unless the line is 0: then only what is above it is.</summary>
/// <param name="Current">Line of current value.</param>
/// <param name="Potential">Line of potential value.</param>
public sealed record Thresholds(double Current, double Potential)
{
    internal static Thresholds Learn(double[] current, double[] potential, StrategyOptions options) => new(
        Line(current, options.ThresholdRule, options.ShareOfValue, options.CurrentThreshold),
        Line(potential, options.ThresholdRule, options.ShareOfValue, options.PotentialThreshold));

    private static double Line(double[] values, ThresholdRule rule, double share, double? amount) => rule switch
    {
        ThresholdRule.Amount => amount ?? throw new InvalidOperationException("The rule 'amount' needs both amounts; the options were not validated."),
        ThresholdRule.Median => values.Length > 0 ? Quickselect.Smallest([.. values], values.Length / 2) : 0,
        _ => ShareLine(values, share),
    };

    /// <summary>The value of the customer who, counted from the most valuable down, completes the share; values below zero hold none.</summary>
    private static double ShareLine(double[] values, double share)
    {
        double[] sorted = Array.FindAll(values, value => value > 0);
        Array.Sort(sorted);
        double wanted = 0, sum = 0;
        foreach (double value in sorted)
            wanted += value;
        wanted *= share;
        for (int k = sorted.Length - 1; k >= 0; k--)
            if ((sum += sorted[k]) >= wanted)
                return sorted[k];
        return sorted.Length > 0 ? sorted[0] : 0;
    }
}
