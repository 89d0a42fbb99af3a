namespace CustomerValue.Boosting;

/// <summary>A feature as a model remembers it.</summary>
public sealed class ModelFeature
{
    /// <summary>Most features of a model. A histogram takes 4 kB a feature, several at a time; wider tables want feature selection, not more memory.</summary>
    internal const int MostFeatures = 20_000;

    internal ModelFeature(string name, ColumnKind kind, string[] levels, byte[] levelBins)
    {
        Name = name;
        Kind = kind;
        Levels = levels;
        LevelBins = levelBins;
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>Numeric or categorical.</summary>
    public ColumnKind Kind { get; }

    /// <summary>Level names by code as in training; empty for a numeric feature.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>Each level's bin: its place in the sets that splits ask for.</summary>
    internal byte[] LevelBins { get; }

    internal static ModelFeature[] Of(BoostingData data, BinMapper mapper) =>
        [.. data.Columns.Select((column, i) => new ModelFeature(column.Name, column.Kind, [.. column.Levels], mapper.Features[i].LevelBins))];

    /// <summary>The code that <see cref="Booster.PredictRaw(ReadOnlySpan{float}, double)"/> expects for a level; NaN, which is missing, for one unknown in training.</summary>
    public float CodeOf(string? level)
    {
        for (int code = 0; code < Levels.Count; code++)
            if (string.Equals(Levels[code], level, StringComparison.Ordinal))
                return code;
        return float.NaN;
    }
}
