using CustomerValue.Models.Evaluation;

namespace CustomerValue.Reporting.Figures;

/// <summary>Customers of similar churn probability: what was predicted and what share stayed away.</summary>
/// <param name="Customers">Customers in the bin.</param>
/// <param name="Predicted">Mean predicted probability.</param>
/// <param name="Actual">Share that stayed away.</param>
/// <param name="Low">Lower end of the share's 95 % interval.</param>
/// <param name="High">Upper end.</param>
public sealed record ReliabilityBin(int Customers, double Predicted, double Actual, double Low, double High)
{
    private const double Z = 1.959963984540054;

    /// <summary>Ten bins of nearly equal size, likeliest to churn first: those of the calibration error.</summary>
    public static IReadOnlyList<ReliabilityBin> Table(ReadOnlySpan<double> probability, ReadOnlySpan<bool> churned)
    {
        double[] actual = new double[churned.Length];
        for (int i = 0; i < actual.Length; i++)
            actual[i] = churned[i] ? 1 : 0;
        return [.. Deciles.Table(probability, actual).Select(Of)];
    }

    /// <summary>Wilson's (1927) interval, which holds near 0 and 1.</summary>
    private static ReliabilityBin Of(Decile bin)
    {
        double n = bin.Customers, p = bin.Actual, scale = 1 + Z * Z / n;
        double center = (p + Z * Z / (2 * n)) / scale, half = Z / scale * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        return new ReliabilityBin(bin.Customers, bin.Predicted, p, Math.Clamp(center - half, 0, p), Math.Clamp(center + half, p, 1));
    }
}

/// <summary>Spend of a tenth of the customers.</summary>
/// <param name="Number">1 is the tenth predicted highest.</param>
/// <param name="Customers">Customers in it.</param>
/// <param name="Predicted">Mean predicted spend.</param>
/// <param name="Actual">Mean actual spend.</param>
/// <param name="ShareOfSpend">Share of all actual spend.</param>
public sealed record SpendDecile(int Number, int Customers, double Predicted, double Actual, double ShareOfSpend)
{
    /// <summary>The table of tenths.</summary>
    public static IReadOnlyList<SpendDecile> Table(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        IReadOnlyList<Decile> deciles = Deciles.Table(predicted, actual);
        double total = deciles.Sum(decile => decile.Customers * decile.Actual);
        return [.. deciles.Select(decile => new SpendDecile(decile.Number, decile.Customers, decile.Predicted, decile.Actual, decile.Customers * decile.Actual / total))];
    }
}
