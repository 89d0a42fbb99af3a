using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Features;

/// <summary>Computes features from aggregates: the one way to features, in training and in serving.</summary>
public static class FeatureBuilder
{
    /// <summary>The features that the schema wants from the builder; what was appended to the schema is left to whoever appends it again.</summary>
    /// <param name="aggregates">The aggregates of the schema's catalogue.</param>
    /// <param name="schema">The features wanted, in order.</param>
    /// <param name="attributes">Attributes read by the schema's <see cref="FeatureSchema.Attributes"/>; attribute features are missing where null.</param>
    /// <param name="threads">Threads that work side by side; values do not depend on it.</param>
    /// <param name="cancellation">Stops between columns.</param>
    /// <returns>A table whose schema is <see cref="FeatureSchema.WithoutAppended"/>.</returns>
    /// <exception cref="ArgumentException">The schema wants a feature that the aggregates' catalogue cannot give.</exception>
    public static FeatureTable Build(CustomerAggregates aggregates, FeatureSchema schema, CustomerAttributes? attributes = null, int threads = 1, CancellationToken cancellation = default)
    {
        FeatureSchema built = schema.WithoutAppended();
        Dictionary<string, FeatureFormula> formulas = FeatureFormulas.For(aggregates.Catalogue).ToDictionary(formula => formula.Definition.Name, StringComparer.Ordinal);
        FeatureInputs inputs = new(aggregates);
        float[][] columns = new float[built.Count][];
        List<Func<int, double>> values = [];
        foreach (FeatureDefinition feature in built.Features.Where(feature => feature.Source == FeatureSource.Aggregates))
            values.Add(formulas.TryGetValue(feature.Name, out FeatureFormula? formula)
                ? formula.Bind(inputs)
                : throw new ArgumentException($"The feature {feature.Name} cannot be made from these aggregates; use the catalogue and the schema of one model.", nameof(schema)));

        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, values.Count, parallel, column =>
        {
            float[] target = new float[aggregates.Count];
            Func<int, double> value = values[column];
            for (int row = 0; row < target.Length; row++)
                target[row] = (float)value(row);
            columns[column] = target;
        });
        List<Finding> findings = AttributeFeatures.Join(aggregates, built, attributes, columns.AsSpan(values.Count));
        return new FeatureTable(built, aggregates.Count, columns, findings);
    }
}
