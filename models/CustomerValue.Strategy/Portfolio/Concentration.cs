namespace CustomerValue.Strategy.Portfolio;

/// <summary>How unevenly value is spread; values below zero count as nothing.</summary>
/// <param name="Gini">Gini coefficient: 0 all alike, near 1 all with one.</param>
/// <param name="TopShares">Share of value by share of customers, most valuable first.</param>
public sealed record Concentration(double Gini, IReadOnlyList<TopShare> TopShares)
{
    private static readonly double[] s_shares = [0.01, 0.02, 0.05, 0.10, 0.20, 0.30, 0.40, 0.50, 0.60, 0.70, 0.80, 0.90, 1];

    /// <summary>The concentration of a column of values.</summary>
    public static Concentration Of(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        int count = sorted.Length;
        double sum = 0, ranked = 0;
        double[] cumulated = new double[count + 1];
        for (int i = 0; i < count; i++)
        {
            double value = Math.Max(0, sorted[i]);
            sum += value;
            ranked += (i + 1.0) * value;
            cumulated[i + 1] = sum;
        }
        double gini = sum > 0 ? 2 * ranked / (count * sum) - (count + 1.0) / count : 0;
        return new Concentration(gini, [.. s_shares.Select(share => new TopShare(share, sum > 0 ? 1 - cumulated[count - Top(share, count)] / sum : 0))]);
    }

    private static int Top(double share, int count) => Math.Min(count, (int)Math.Ceiling(share * count - 1e-9));
}

/// <summary>A point of the top-share curve.</summary>
/// <param name="Customers">Share of customers, the most valuable first.</param>
/// <param name="Value">Share of value they hold.</param>
public readonly record struct TopShare(double Customers, double Value);
