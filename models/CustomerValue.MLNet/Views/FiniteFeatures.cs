using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Features;

namespace CustomerValue.MLNet.Views;

/// <summary>Refuses infinite features; NaN is missing, and the pipeline knows it.</summary>
internal static class FiniteFeatures
{
    /// <exception cref="BadDataException">A feature is infinite.</exception>
    public static void Check(FeatureTable table)
    {
        for (int f = 0; f < table.Schema.Count; f++)
        {
            ReadOnlySpan<float> values = table.Column(f).Span;
            for (int row = 0; row < values.Length; row++)
                if (float.IsInfinity(values[row]))
                    throw new BadDataException($"Feature {table.Schema.Features[f].Name} of row {row}: found {values[row]}, expected a finite number or NaN for missing. ML.NET would score it without a word; mend the amounts behind it.");
        }
    }
}
