using CustomerValue.Boosting;
using CustomerValue.Data.Features;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Candidates;

/// <summary>Scores few customers row by row through all boosters of a model: features are matched to the model once, not for every booster of every call.</summary>
/// <remarks>Equal to the last bit to scoring the same customers as a table.</remarks>
internal sealed class RowScorer
{
    /// <summary>From here on turning columns into blocks pays.</summary>
    private const int FewRows = 16;

    private readonly FeatureSchema _schema;
    private readonly int[] _sources;
    private readonly float[]?[] _codes;

    private RowScorer(FeatureSchema schema, int[] sources, float[]?[] codes)
    {
        _schema = schema;
        _sources = sources;
        _codes = codes;
    }

    public static bool IsFor(int rows) => rows <= FewRows;

    /// <summary>The scorer for a schema: the one given where it fits, else a new one; null where boosters or schema do not fit, which scoring as a table says in words.</summary>
    public static RowScorer? For(RowScorer? known, IReadOnlyList<BoostedTarget> targets, FeatureSchema schema)
    {
        if (known is not null && ReferenceEquals(known._schema, schema))
            return known;
        IReadOnlyList<ModelFeature> features = targets[0].Boosters[0].Features;
        if (targets.SelectMany(target => target.Boosters).Any(booster => !booster.Features.Select(feature => feature.Name).SequenceEqual(features.Select(feature => feature.Name), StringComparer.Ordinal)
            || booster.Features.Where((feature, i) => !feature.Levels.SequenceEqual(features[i].Levels, StringComparer.Ordinal)).Any()))
            return null;
        int[] sources = new int[features.Count];
        float[]?[] codes = new float[]?[features.Count];
        for (int i = 0; i < sources.Length; i++)
        {
            ModelFeature feature = features[i];
            int column = schema.Find(feature.Name), prior = BoostingInputs.IndexOfPrior(feature.Name);
            if (column < 0 && prior < 0)
                return null;
            sources[i] = column >= 0 ? column : ~prior;
            if (column < 0)
                continue;
            IReadOnlyList<string> levels = schema.Features[column].Levels;
            if ((feature.Kind == ColumnKind.Categorical) != (schema.Features[column].Kind == FeatureKind.Categorical))
                return null;
            if (feature.Kind == ColumnKind.Categorical && !levels.SequenceEqual(feature.Levels, StringComparer.Ordinal))
                codes[i] = [.. levels.Select(feature.CodeOf)];
        }
        return new RowScorer(schema, sources, codes);
    }

    /// <inheritdoc cref="BoostedTarget.PredictRaw"/>
    public double[] PredictRaw(BoostedTarget target, FeatureTable features, PriorView view, ReadOnlySpan<double> margins, double moneyUnit)
    {
        double[] raw = new double[features.RowCount];
        Span<float> row = stackalloc float[_sources.Length];
        for (int i = 0; i < raw.Length; i++)
        {
            Fill(row, features, view, i, moneyUnit);
            foreach (Booster booster in target.Boosters)
                raw[i] += booster.PredictRaw(row, margins.IsEmpty ? 0 : margins[i]);
            raw[i] /= target.Boosters.Count;
        }
        return raw;
    }

    private void Fill(Span<float> row, FeatureTable features, PriorView view, int customer, double moneyUnit)
    {
        for (int i = 0; i < row.Length; i++)
        {
            float value = _sources[i] >= 0 ? features.Column(_sources[i]).Span[customer] : BoostingInputs.PriorValue(view, ~_sources[i], customer, moneyUnit);
            row[i] = _codes[i] is { } codes && !float.IsNaN(value) ? codes[(int)value] : value;
        }
    }
}
