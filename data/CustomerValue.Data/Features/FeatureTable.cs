using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Features;

/// <summary>Features of a population: a column of floats per feature, a row per customer in the order of the aggregates. NaN is missing.</summary>
public sealed class FeatureTable
{
    private readonly ReadOnlyMemory<float>[] _columns;

    internal FeatureTable(FeatureSchema schema, int rowCount, float[][] columns, IReadOnlyList<Finding> findings)
        : this(schema, rowCount, Array.ConvertAll(columns, column => (ReadOnlyMemory<float>)column), findings)
    {
    }

    private FeatureTable(FeatureSchema schema, int rowCount, ReadOnlyMemory<float>[] columns, IReadOnlyList<Finding> findings)
    {
        Schema = schema;
        RowCount = rowCount;
        Findings = findings;
        _columns = columns;
    }

    /// <summary>What the columns are.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>Customers.</summary>
    public int RowCount { get; }

    /// <summary>Doubts about attributes.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>How well attributes fit; null where none were given or wanted, and for rows of a table.</summary>
    internal AttributeFit? Fit { get; init; }

    /// <summary>A table of given columns, one for each feature of the schema.</summary>
    /// <exception cref="ArgumentException">The number of columns or their lengths do not fit.</exception>
    public static FeatureTable From(FeatureSchema schema, IReadOnlyList<float[]> columns)
    {
        if (columns.Count != schema.Count)
            throw new ArgumentException($"Found {columns.Count} columns, expected {schema.Count}: one for each feature.", nameof(columns));
        int rows = columns.Count == 0 ? 0 : columns[0].Length;
        if (columns.Any(column => column.Length != rows))
            throw new ArgumentException("The columns differ in length.", nameof(columns));
        return new FeatureTable(schema, rows, [.. columns], []);
    }

    /// <summary>A column by position in the schema.</summary>
    public ReadOnlyMemory<float> Column(int index) => _columns[index];

    /// <summary>A column by name.</summary>
    /// <exception cref="ArgumentException">The schema has no such feature.</exception>
    public ReadOnlySpan<float> this[string name] => Schema.Find(name) is >= 0 and int index ? _columns[index].Span
        : throw new ArgumentException($"The schema has no feature '{name}'.", nameof(name));

    /// <summary>Writes one customer's features in the order of the schema.</summary>
    /// <exception cref="ArgumentException">The span is shorter than the schema.</exception>
    public void Row(int row, Span<float> features)
    {
        if (features.Length < _columns.Length)
            throw new ArgumentException($"The span has {features.Length} places, the schema {_columns.Length} features.", nameof(features));
        for (int i = 0; i < _columns.Length; i++)
            features[i] = _columns[i].Span[row];
    }

    /// <summary>Some neighbouring rows; the columns are shared, not copied.</summary>
    public FeatureTable Rows(int from, int count) => new(Schema, count, Array.ConvertAll(_columns, column => column.Slice(from, count)), Findings);

    /// <summary>This table with columns appended; the columns that are here already are shared, not copied.</summary>
    /// <exception cref="ArgumentException">A column's length differs, a name is taken, or a definition does not say that it is appended.</exception>
    public FeatureTable With(params IReadOnlyList<(FeatureDefinition Definition, float[] Values)> appended)
    {
        foreach ((FeatureDefinition definition, float[] values) in appended)
            if (values.Length != RowCount)
                throw new ArgumentException($"The column {definition.Name} has {values.Length} rows, the table {RowCount}.", nameof(appended));
        FeatureSchema schema = Schema.With(appended.Select(column => column.Definition));
        return new FeatureTable(schema, RowCount, [.. _columns, .. appended.Select(column => (ReadOnlyMemory<float>)column.Values)], Findings);
    }
}
