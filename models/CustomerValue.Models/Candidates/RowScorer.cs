using CustomerValue.Boosting;
using CustomerValue.Data.Features;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Candidates;

/// <summary>Scores customers row by row through all boosters of a model: features are matched to the model once, not for every booster of every call.</summary>
/// <remarks>Equal to the last bit to scoring the same customers as a table.</remarks>
internal sealed class RowScorer
{
    /// <summary>More rows are cut up among threads, which scoring as a table does; boosters that are not laid out together gain from a table sooner.</summary>
    private const int FewRows = 4096, FewRowsApart = 16;

    private readonly FeatureSchema _schema;
    private readonly int[] _sources;
    private readonly float[]?[] _codes;
    private readonly RowForest? _forest;

    private RowScorer(RowForest? forest, FeatureSchema schema, int[] sources, float[]?[] codes)
    {
        _forest = forest;
        _schema = schema;
        _sources = sources;
        _codes = codes;
    }

    public bool IsFor(int rows) => rows <= (_forest is null ? FewRowsApart : FewRows);

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
        return new RowScorer(known?._forest ?? RowForest.For([.. targets.SelectMany(target => target.Boosters)]), schema, sources, codes);
    }

    /// <summary>Raw scores of every row and target, averaged over its boosters: target after target.</summary>
    /// <param name="targets">The targets the scorer was made for.</param>
    /// <param name="features">The rows.</param>
    /// <param name="view">What the prior says of them.</param>
    /// <param name="margins">Starts, target after target; empty where the boosters have their own.</param>
    /// <param name="moneyUnit">Money that counts as one.</param>
    public double[] PredictRaw(IReadOnlyList<BoostedTarget> targets, FeatureTable features, PriorView view, ReadOnlySpan<double> margins, double moneyUnit)
    {
        int rows = features.RowCount;
        double[] raw = new double[targets.Count * rows];
        Span<float> row = stackalloc float[_sources.Length];
        Span<double> starts = stackalloc double[targets.Sum(target => target.Boosters.Count)], scores = stackalloc double[starts.Length];
        for (int i = 0; i < rows; i++)
        {
            Fill(row, features, view, i, moneyUnit);
            for (int t = 0, booster = 0; t < targets.Count; t++)
                for (int end = booster + targets[t].Boosters.Count; booster < end; booster++)
                    starts[booster] = margins.IsEmpty ? 0 : margins[t * rows + i];
            if (_forest is not null)
                _forest.PredictRaw(row, starts, scores);
            else
                for (int t = 0, booster = 0; t < targets.Count; t++)
                    foreach (Booster one in targets[t].Boosters)
                        scores[booster] = one.PredictRaw(row, starts[booster++]);
            for (int t = 0, booster = 0; t < targets.Count; t++)
            {
                double sum = 0;
                int bags = targets[t].Boosters.Count;
                for (int end = booster + bags; booster < end; booster++)
                    sum += scores[booster];
                raw[t * rows + i] = sum / bags;
            }
        }
        return raw;
    }

    /// <summary>Values that a row of the model has.</summary>
    public int Width => _sources.Length;

    /// <summary>One customer's values in the model's order.</summary>
    public void Fill(Span<float> row, FeatureTable features, PriorView view, int customer, double moneyUnit)
    {
        for (int i = 0; i < row.Length; i++)
        {
            float value = _sources[i] >= 0 ? features.Column(_sources[i]).Span[customer] : BoostingInputs.PriorValue(view, ~_sources[i], customer, moneyUnit);
            row[i] = _codes[i] is { } codes && !float.IsNaN(value) ? codes[(int)value] : value;
        }
    }
}
