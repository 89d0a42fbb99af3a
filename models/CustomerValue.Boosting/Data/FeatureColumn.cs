namespace CustomerValue.Boosting;

/// <summary>One named column of a <see cref="BoostingData"/>: a float a row, <see cref="float.NaN"/> where the value is missing.</summary>
/// <remarks>A categorical column holds level codes 0, 1, 2, ... into <see cref="Levels"/>; floats carry codes up to 16,777,216 exactly.</remarks>
public sealed class FeatureColumn
{
    private FeatureColumn(string name, ColumnKind kind, ReadOnlyMemory<float> values, IReadOnlyList<string> levels)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Kind = kind;
        Values = values;
        Levels = levels;
    }

    /// <summary>The column's name; unique within its table.</summary>
    public string Name { get; }

    /// <summary>Numeric or categorical.</summary>
    public ColumnKind Kind { get; }

    /// <summary>One value a row; NaN is missing; level codes where the column is categorical. The caller must not change them afterwards.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>Level names by code; empty for a numeric column.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>A numeric column over the given memory, which is not copied.</summary>
    public static FeatureColumn Numeric(string name, ReadOnlyMemory<float> values) => new(name, ColumnKind.Numeric, values, []);

    /// <summary>A categorical column of level codes.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="codes">A whole number from 0 to <c>levels.Count - 1</c> a row, NaN where missing; not copied.</param>
    /// <param name="levels">Distinct level names.</param>
    /// <exception cref="ArgumentException">A code that is no level, or a level named twice.</exception>
    public static FeatureColumn Categorical(string name, ReadOnlyMemory<float> codes, IReadOnlyList<string> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        if (levels.Distinct(StringComparer.Ordinal).Count() != levels.Count)
            throw new ArgumentException($"Column '{name}' names a level twice; level names must differ.", nameof(levels));
        ReadOnlySpan<float> span = codes.Span;
        for (int row = 0; row < span.Length; row++)
        {
            float code = span[row];
            if (!float.IsNaN(code) && !(code >= 0 && code < levels.Count && code == MathF.Floor(code)))
                throw new ArgumentException($"Column '{name}', row {row}: found level code {code}, expected a whole number from 0 to {levels.Count - 1}, or NaN where missing.", nameof(codes));
        }
        return new(name, ColumnKind.Categorical, codes, levels);
    }

    /// <summary>A categorical column from text; levels are the distinct texts in ordinal order, so equal sets of text get equal codes.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="texts">One text a row; null is missing.</param>
    public static FeatureColumn Categorical(string name, IReadOnlyList<string?> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        string[] levels = [.. texts.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Dictionary<string, int> codeOf = new(levels.Length, StringComparer.Ordinal);
        for (int code = 0; code < levels.Length; code++)
            codeOf.Add(levels[code], code);
        float[] codes = new float[texts.Count];
        for (int row = 0; row < codes.Length; row++)
            codes[row] = texts[row] is { } text ? codeOf[text] : float.NaN;
        return new(name, ColumnKind.Categorical, codes, levels);
    }

    /// <summary>The same column with only the given rows, in the given order; a row may be named more than once.</summary>
    public FeatureColumn Select(ReadOnlySpan<int> rows)
    {
        ReadOnlySpan<float> values = Values.Span;
        float[] selected = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            selected[i] = values[rows[i]];
        return new(Name, Kind, selected, Levels);
    }
}
