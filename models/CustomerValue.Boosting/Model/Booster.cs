namespace CustomerValue.Boosting;

/// <summary>A trained model: a starting score and the trees to add to it. Immutable and safe to use from many threads.</summary>
public sealed class Booster
{
    private readonly double[] _start;
    private readonly ForestScorer _scorer;

    internal Booster(Objective objective, ModelFeature[] features, double[] start, bool expectsBaseMargins, Tree[] trees)
    {
        Objective = objective;
        Features = features;
        ExpectsBaseMargins = expectsBaseMargins;
        Trees = trees;
        _start = start;
        _scorer = new(trees, features, start);
    }

    /// <summary>What the model minimised; gives the meaning of its raw scores.</summary>
    public Objective Objective { get; }

    /// <summary>The features in the order of training, with the levels of the categorical ones.</summary>
    public IReadOnlyList<ModelFeature> Features { get; }

    /// <summary>Whether each training row brought its own starting score, so that rows to be scored must, too.</summary>
    public bool ExpectsBaseMargins { get; }

    /// <summary>Where raw scores start, one value an output, for rows without a base margin.</summary>
    public ReadOnlySpan<double> Start => _start;

    /// <summary>Boosting rounds in the model.</summary>
    public int Rounds => Trees.Count / Objective.Outputs;

    internal IReadOnlyList<Tree> Trees { get; }

    /// <summary>Raw scores of a table, in parallel.</summary>
    /// <param name="data">Columns with the names of training, in any order; levels unknown in training count as missing.</param>
    /// <param name="margins">Receives <see cref="Objective.Outputs"/> values a row.</param>
    /// <param name="baseMargins">Starting scores, as many; required where <see cref="ExpectsBaseMargins"/>.</param>
    /// <exception cref="FeatureMismatchException">Columns differ from those of training.</exception>
    /// <exception cref="ArgumentException">Spans of the wrong length, or base margins missing.</exception>
    public void PredictRaw(BoostingData data, Span<double> margins, ReadOnlySpan<double> baseMargins = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckLength(margins.Length, data.RowCount, Objective.Outputs, nameof(margins));
        CheckBaseMargins(data, baseMargins);
        BatchScoring.Score(_scorer, Objective.Outputs, ColumnAlignment.ToModel(Features, data), data.RowCount, margins, baseMargins);
    }

    /// <summary>Raw score of one row of a model with one output, without allocation; equal to the last bit to the same row in a table.</summary>
    /// <param name="row">A value a feature in the order of <see cref="Features"/>; NaN is missing; level codes as by <see cref="ModelFeature.CodeOf"/>.</param>
    /// <param name="baseMargin">The row's starting score where <see cref="ExpectsBaseMargins"/>; otherwise added to the model's own start.</param>
    public double PredictRaw(ReadOnlySpan<float> row, double baseMargin = 0)
    {
        if (Objective.Outputs != 1)
            throw new InvalidOperationException($"Objective '{Objective.Name}' has {Objective.Outputs} outputs; give a span for them.");
        Span<double> margins = stackalloc double[1];
        PredictRaw(row, margins, ExpectsBaseMargins ? new(in baseMargin) : default);
        return ExpectsBaseMargins ? margins[0] : margins[0] + baseMargin;
    }

    /// <summary>Raw scores of one row, without allocation.</summary>
    /// <param name="row">A value a feature, as above.</param>
    /// <param name="margins">Receives <see cref="Objective.Outputs"/> values.</param>
    /// <param name="baseMargins">Starting scores, as many, which replace the model's start; or empty.</param>
    public void PredictRaw(ReadOnlySpan<float> row, Span<double> margins, ReadOnlySpan<double> baseMargins)
    {
        if (row.Length != Features.Count)
            throw new FeatureMismatchException($"The row has {row.Length} values, the model expects {Features.Count}.");
        _scorer.Score(row, baseMargins, margins);
    }

    /// <summary>Predictions on the scale of the labels, one a row: probabilities, means or quantiles.</summary>
    /// <param name="data">As for <see cref="PredictRaw(BoostingData, Span{double}, ReadOnlySpan{double})"/>.</param>
    /// <param name="responses">Receives one value a row.</param>
    /// <param name="baseMargins">Starting scores.</param>
    public void Predict(BoostingData data, Span<double> responses, ReadOnlySpan<double> baseMargins = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (responses.Length != data.RowCount)
            throw new ArgumentException($"Found room for {responses.Length} values, expected {data.RowCount}.", nameof(responses));
        int outputs = Objective.Outputs;
        double[] margins = new double[(long)data.RowCount * outputs];
        PredictRaw(data, margins, baseMargins);
        for (int row = 0; row < responses.Length; row++)
            responses[row] = Objective.Response(margins.AsSpan(row * outputs, outputs));
    }

    internal void CheckBaseMargins(BoostingData data, ReadOnlySpan<double> baseMargins)
    {
        if (!baseMargins.IsEmpty)
            CheckLength(baseMargins.Length, data.RowCount, Objective.Outputs, nameof(baseMargins));
        else if (ExpectsBaseMargins && data.RowCount > 0)
            throw new ArgumentException("This model was trained from base margins; give one for each row to be scored.", nameof(baseMargins));
    }

    internal static void CheckLength(int found, int rows, int width, string name)
    {
        if (found != (long)rows * width)
            throw new ArgumentException($"Found {found} values, expected {rows} rows x {width}.", name);
    }
}
