namespace CustomerValue.Models.Evaluation;

/// <summary>How often an 80 % interval held, and where it did not.</summary>
/// <param name="Group">Which customers.</param>
/// <param name="Customers">How many.</param>
/// <param name="Covered">Share of them inside; .8 is right.</param>
/// <param name="Below">Share below the lower end; .1 is right.</param>
/// <param name="Above">Share above the upper end; .1 is right.</param>
public sealed record GroupCoverage(string Group, int Customers, double Covered, double Below, double Above)
{
    private const double LeastCovered = 0.7, MostCovered = 0.9, MostAbove = 0.17, LowLevel = 0.1, HighLevel = 0.9;

    /// <summary>How often intervals held.</summary>
    /// <param name="group">Which customers.</param>
    /// <param name="p10">Lower ends; money.</param>
    /// <param name="p90">Upper ends; money.</param>
    /// <param name="zero">Probabilities of nothing.</param>
    /// <param name="actual">What came; money.</param>
    public static GroupCoverage Measure(string group, ReadOnlySpan<double> p10, ReadOnlySpan<double> p90, ReadOnlySpan<double> zero, ReadOnlySpan<double> actual)
    {
        double below = 0, above = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            (double under, double over) = Missed(p10[i], p90[i], zero[i], actual[i]);
            below += under;
            above += over;
        }
        return Of(group, actual.Length, below, above);
    }

    internal static GroupCoverage Of(string group, int customers, double below, double above) =>
        new(group, customers, 1 - (below + above) / Math.Max(1, customers), below / Math.Max(1, customers), above / Math.Max(1, customers));

    /// <summary>Whether an outcome lies below P10 or above P90; one of nothing, which may fill more than one level, counts with the parts of its probability that lie there.</summary>
    internal static (double Below, double Above) Missed(double p10, double p90, double zero, double actual) => actual > 0
        ? (actual < p10 ? 1 : 0, actual > p90 ? 1 : 0)
        : zero <= 0 ? (1, 0) : (Math.Min(LowLevel, zero) / zero, Math.Max(0, zero - HighLevel) / zero);

    /// <summary>Whether the interval held about as often as it says: inside for 70 to 90 %, and at most 17 % above it.</summary>
    public bool IsTrusted() => Covered is >= LeastCovered and <= MostCovered && Above <= MostAbove;
}
