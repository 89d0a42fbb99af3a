namespace CustomerValue.Boosting;

/// <summary>Brings the columns of a table into the order and the level codes that a model was trained with.</summary>
internal static class ColumnAlignment
{
    /// <summary>Columns by name, in the model's order; levels by name, unknown ones missing.</summary>
    /// <exception cref="FeatureMismatchException">Columns missing, superfluous, or of another kind.</exception>
    public static ReadOnlyMemory<float>[] ToModel(IReadOnlyList<ModelFeature> features, BoostingData data)
    {
        Dictionary<string, FeatureColumn> byName = data.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        string[] absent = [.. features.Where(feature => !byName.ContainsKey(feature.Name)).Select(feature => feature.Name)];
        if (absent.Length > 0 || byName.Count != features.Count)
            throw Mismatch(features, data, absent);
        ReadOnlyMemory<float>[] columns = new ReadOnlyMemory<float>[features.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            FeatureColumn column = byName[features[i].Name];
            if (column.Kind != features[i].Kind)
                throw new FeatureMismatchException($"Column '{column.Name}': found {column.Kind}, expected {features[i].Kind} as in training.");
            columns[i] = column.Kind == ColumnKind.Numeric ? column.Values : Recode(column, features[i].Levels);
        }
        return columns;
    }

    /// <summary>The same columns with the level codes of another table.</summary>
    public static BoostingData ToLevelsOf(BoostingData reference, BoostingData data)
    {
        ModelFeature[] features = [.. reference.Columns.Select(column => new ModelFeature(column.Name, column.Kind, [.. column.Levels], []))];
        ReadOnlyMemory<float>[] columns = ToModel(features, data);
        return new([.. features.Select((feature, i) => feature.Kind == ColumnKind.Numeric
            ? FeatureColumn.Numeric(feature.Name, columns[i])
            : FeatureColumn.Categorical(feature.Name, columns[i], feature.Levels))]);
    }

    private static ReadOnlyMemory<float> Recode(FeatureColumn column, IReadOnlyList<string> levels)
    {
        if (ReferenceEquals(column.Levels, levels) || column.Levels.SequenceEqual(levels, StringComparer.Ordinal))
            return column.Values;
        Dictionary<string, float> codeOf = new(StringComparer.Ordinal);
        for (int code = 0; code < levels.Count; code++)
            codeOf[levels[code]] = code;
        float[] newCodes = [.. column.Levels.Select(level => codeOf.GetValueOrDefault(level, float.NaN))];
        ReadOnlySpan<float> codes = column.Values.Span;
        float[] recoded = new float[codes.Length];
        for (int row = 0; row < codes.Length; row++)
            recoded[row] = float.IsNaN(codes[row]) ? float.NaN : newCodes[(int)codes[row]];
        return recoded;
    }

    private static FeatureMismatchException Mismatch(IReadOnlyList<ModelFeature> features, BoostingData data, string[] absent)
    {
        HashSet<string> known = [.. features.Select(feature => feature.Name)];
        string[] extra = [.. data.Columns.Select(column => column.Name).Where(name => !known.Contains(name))];
        return new($"The table has {data.Columns.Count} columns, the model expects {features.Count}."
            + (absent.Length > 0 ? $" Missing: {Listed(absent)}." : "")
            + (extra.Length > 0 ? $" Not known to the model: {Listed(extra)}." : ""));
    }

    private static string Listed(string[] names) =>
        string.Join(", ", names.Take(10).Select(name => $"'{name}'")) + (names.Length > 10 ? $" and {names.Length - 10} more" : "");
}
