using System.Collections.Concurrent;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Features;

/// <summary>How the features of a schema are computed from the aggregates of a catalogue: worked out once, used for any number of populations, safe to use from many threads.</summary>
public sealed class FeaturePlan
{
    private readonly FeatureFormula[] _formulas;
    private readonly FeatureSchema _built;
    private readonly ConcurrentBag<SingleRow> _spareRows = [];

    /// <summary>Matches each feature with its formula.</summary>
    /// <param name="catalogue">The aggregates that will be given.</param>
    /// <param name="schema">The features wanted, in order; what was appended to the schema is left to whoever appends it again.</param>
    /// <exception cref="ArgumentException">The schema wants a feature that the catalogue cannot give.</exception>
    public FeaturePlan(AggregateCatalogue catalogue, FeatureSchema schema)
    {
        Catalogue = catalogue;
        Schema = schema;
        _built = schema.WithoutAppended();
        Dictionary<string, FeatureFormula> formulas = FeatureFormulas.For(catalogue).ToDictionary(formula => formula.Definition.Name, StringComparer.Ordinal);
        _formulas = [.. _built.Features.Where(feature => feature.Source == FeatureSource.Aggregates).Select(feature => formulas.GetValueOrDefault(feature.Name)
            ?? throw new ArgumentException($"The feature {feature.Name} cannot be made from these aggregates; use the catalogue and the schema of one model.", nameof(schema)))];
    }

    /// <summary>The aggregates that the features are computed from.</summary>
    public AggregateCatalogue Catalogue { get; }

    /// <summary>The features wanted.</summary>
    public FeatureSchema Schema { get; }

    /// <inheritdoc cref="FeatureBuilder.Build"/>
    /// <param name="aggregates">The aggregates of the plan's catalogue.</param>
    /// <param name="attributes">Attributes read by the schema's <see cref="FeatureSchema.Attributes"/>; attribute features are missing where null.</param>
    /// <param name="threads">Threads that work side by side; values do not depend on it.</param>
    /// <param name="cancellation">Stops between columns.</param>
    public FeatureTable Build(CustomerAggregates aggregates, CustomerAttributes? attributes = null, int threads = 1, CancellationToken cancellation = default)
    {
        if (!ReferenceEquals(aggregates.Catalogue, Catalogue) && aggregates.Catalogue.Hash != Catalogue.Hash)
            throw new ArgumentException("The aggregates are of another catalogue than the plan.", nameof(aggregates));
        float[][] columns = new float[_built.Count][];
        if (aggregates.Count == 1)
            FillOne(aggregates, columns);
        else
            FillMany(aggregates, columns, threads, cancellation);
        (List<Finding> findings, AttributeFit? fit) = AttributeFeatures.Join(aggregates, _built, attributes, columns.AsSpan(_formulas.Length));
        return new FeatureTable(_built, aggregates.Count, columns, findings) { Fit = fit };
    }

    private void FillOne(CustomerAggregates aggregates, float[][] columns)
    {
        SingleRow row = _spareRows.TryTake(out SingleRow? spare) && spare.IsFor(aggregates.Window) ? spare : new SingleRow(_formulas, Catalogue, aggregates.Window);
        row.Fill(aggregates, columns);
        _spareRows.Add(row);
    }

    private void FillMany(CustomerAggregates aggregates, float[][] columns, int threads, CancellationToken cancellation)
    {
        FeatureInputs inputs = new(aggregates);
        Func<int, double>[] values = Array.ConvertAll(_formulas, formula => formula.Bind(inputs));
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, values.Length, parallel, column =>
        {
            float[] target = new float[aggregates.Count];
            Func<int, double> value = values[column];
            FeatureRange range = _formulas[column].Definition.Range;
            for (int row = 0; row < target.Length; row++)
                target[row] = range.Hold(value(row));
            columns[column] = target;
        });
    }
}
