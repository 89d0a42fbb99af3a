namespace CustomerValue.Boosting;

/// <summary>An immutable table of features, a column after another.</summary>
public sealed class BoostingData
{
    /// <summary>Makes a table of columns of equal length.</summary>
    /// <exception cref="InvalidTrainingDataException">No column, columns of different length, or a name used twice.</exception>
    public BoostingData(IReadOnlyList<FeatureColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            throw new InvalidTrainingDataException(["The table has no column; give at least one feature."]);
        RowCount = columns[0].Values.Length;
        List<string> problems = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (FeatureColumn column in columns)
        {
            if (column.Values.Length != RowCount)
                problems.Add($"Column '{column.Name}' has {column.Values.Length} rows, expected {RowCount} as in '{columns[0].Name}'.");
            if (!names.Add(column.Name))
                problems.Add($"Two columns are named '{column.Name}'; names must differ.");
        }
        if (problems.Count > 0)
            throw new InvalidTrainingDataException(problems);
        Columns = [.. columns];
    }

    /// <summary>The columns in order.</summary>
    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>Rows in every column.</summary>
    public int RowCount { get; }

    /// <summary>A table of numeric columns from a row-major matrix; names default to <c>f0, f1, ...</c> as in XGBoost.</summary>
    /// <param name="values">Row after row; NaN is missing.</param>
    /// <param name="features">Columns in a row.</param>
    /// <param name="names">A name a column, or null.</param>
    public static BoostingData FromRows(ReadOnlySpan<float> values, int features, IReadOnlyList<string>? names = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        if (values.Length % features != 0)
            throw new ArgumentException($"{values.Length} values are no whole number of rows of {features}.", nameof(values));
        int rows = values.Length / features;
        FeatureColumn[] columns = new FeatureColumn[features];
        for (int feature = 0; feature < features; feature++)
        {
            float[] column = new float[rows];
            for (int row = 0; row < rows; row++)
                column[row] = values[row * features + feature];
            columns[feature] = FeatureColumn.Numeric(names?[feature] ?? $"f{feature}", column);
        }
        return new(columns);
    }

    /// <summary>The given rows, in the given order; a row may be named more than once.</summary>
    public BoostingData Select(ReadOnlySpan<int> rows)
    {
        FeatureColumn[] columns = new FeatureColumn[Columns.Count];
        for (int feature = 0; feature < columns.Length; feature++)
            columns[feature] = Columns[feature].Select(rows);
        return new(columns);
    }
}
