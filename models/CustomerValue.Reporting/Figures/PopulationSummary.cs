using CustomerValue.Data.Features;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Reporting.Figures;

/// <summary>The population that was scored at the cutoff: what later populations are compared with.</summary>
/// <param name="Customers">Customers of the population.</param>
/// <param name="Sampled">Customers the quantiles were taken from, evenly spread.</param>
/// <param name="Features">Numeric features in the order of the schema.</param>
/// <param name="ChurnProbability">The champion's churn probabilities.</param>
/// <param name="ExpectedSpend">The champion's expected spend.</param>
public sealed record PopulationSummary(int Customers, int Sampled, IReadOnlyList<FeatureBaseline> Features, Quantiles ChurnProbability, Quantiles ExpectedSpend)
{
    private const int MostRows = 20_000;

    /// <summary>Describes a snapshot and the scores on it.</summary>
    internal static PopulationSummary Of(Snapshot snapshot, Forecast forecast)
    {
        int step = Math.Max((snapshot.Count + MostRows - 1) / MostRows, 1);
        int[] rows = [.. Enumerable.Range(0, (snapshot.Count + step - 1) / step).Select(i => i * step)];
        FeatureTable table = snapshot.Features;
        List<FeatureBaseline> features = [];
        for (int f = 0; f < table.Schema.Count; f++)
            if (table.Schema.Features[f].Kind == FeatureKind.Numeric)
            {
                ReadOnlyMemory<float> column = table.Column(f);
                double[] known = [.. rows.Select(row => (double)column.Span[row]).Where(value => !double.IsNaN(value))];
                features.Add(new FeatureBaseline(table.Schema.Features[f].Name, table.Schema.Features[f].Unit, 1 - known.Length / (double)rows.Length, Quantiles.Of(known)));
            }
        return new PopulationSummary(snapshot.Count, rows.Length, features,
            Quantiles.Of([.. rows.Select(row => forecast.ChurnProbability[row])]), Quantiles.Of([.. rows.Select(row => forecast.ExpectedSpend[row])]));
    }
}

/// <summary>One feature over the population.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Missing">Share of customers for whom it is not known.</param>
/// <param name="Values">Quantiles of the known values.</param>
public sealed record FeatureBaseline(string Feature, string Unit, double Missing, Quantiles Values);

/// <summary>Five quantiles; NaN where there is no value.</summary>
/// <param name="P10">Undercut by a tenth.</param>
/// <param name="P25">Undercut by a quarter.</param>
/// <param name="P50">The median.</param>
/// <param name="P75">Exceeded by a quarter.</param>
/// <param name="P90">Exceeded by a tenth.</param>
public sealed record Quantiles(double P10, double P25, double P50, double P75, double P90)
{
    /// <summary>Quantiles of values, the nearest rank; the array is sorted in place.</summary>
    public static Quantiles Of(double[] values)
    {
        Array.Sort(values);
        return new Quantiles(At(values, 0.10), At(values, 0.25), At(values, 0.50), At(values, 0.75), At(values, 0.90));
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Min((int)(share * sorted.Length), sorted.Length - 1)];
}
