namespace CustomerValue.Boosting;

/// <summary>A trained model: a starting score and the trees to add to it. Immutable and safe to use from many threads.</summary>
public sealed class Booster
{
    private readonly double[] start;
    private readonly ForestScorer scorer;
    private readonly Lazy<Explainer> explainer;

    internal Booster(Objective objective, ModelFeature[] features, double[] start, bool expectsBaseMargins, Tree[] trees)
    {
        Objective = objective;
        Features = features;
        ExpectsBaseMargins = expectsBaseMargins;
        Trees = trees;
        this.start = start;
        scorer = new(trees, features, start);
        explainer = new(() => new(trees, features, start));
    }

    /// <summary>What the model minimised; gives the meaning of its raw scores.</summary>
    public Objective Objective { get; }

    /// <summary>The features in the order of training, with the levels of the categorical ones.</summary>
    public IReadOnlyList<ModelFeature> Features { get; }

    /// <summary>Whether each training row brought its own starting score, so that rows to be scored must, too.</summary>
    public bool ExpectsBaseMargins { get; }

    /// <summary>Where raw scores start, one value an output, for rows without a base margin.</summary>
    public ReadOnlySpan<double> Start => start;

    /// <summary>Boosting rounds in the model.</summary>
    public int Rounds => Trees.Count / Objective.Outputs;

    internal IReadOnlyList<Tree> Trees { get; }

    /// <summary>Fits a booster; <see cref="BoosterTrainer.Fit"/> also tells the history and findings.</summary>
    public static Booster Fit(TrainingRows training, BoosterOptions options, TrainingRows? validation = null,
        IProgress<BoostingProgress>? progress = null, CancellationToken cancellation = default) =>
        BoosterTrainer.Fit(training, options, validation, progress, cancellation).Model;

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
        BatchScoring.Score(scorer, Objective.Outputs, ColumnAlignment.ToModel(Features, data), data.RowCount, margins, baseMargins);
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
        scorer.Score(row, baseMargins, margins);
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

    /// <summary>Values a row of <see cref="Contributions"/>: a value a feature and one for the start, for each output.</summary>
    public int ContributionsWidth => (Features.Count + 1) * Objective.Outputs;

    /// <summary>How much each feature moves each row's raw score: exact path-dependent SHAP values, which add up to the raw score.</summary>
    /// <remarks>Lundberg et al. (2020). Agrees with XGBoost's <c>pred_contribs</c> for the same trees.</remarks>
    /// <param name="data">As for <see cref="PredictRaw(BoostingData, Span{double}, ReadOnlySpan{double})"/>; one row is as good as many.</param>
    /// <param name="contributions">Receives <see cref="ContributionsWidth"/> values a row: output after output, the features in order, then the start with the mean of the trees.</param>
    /// <param name="baseMargins">Starting scores; they go into the last value.</param>
    public void Contributions(BoostingData data, Span<double> contributions, ReadOnlySpan<double> baseMargins = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckLength(contributions.Length, data.RowCount, ContributionsWidth, nameof(contributions));
        CheckBaseMargins(data, baseMargins);
        explainer.Value.Explain(ColumnAlignment.ToModel(Features, data), data.RowCount, contributions, baseMargins);
    }

    /// <summary>Writes the model: data only, little-endian, versioned.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        BoosterWriter.Write(this, stream);
    }

    /// <summary>Reads a model written by <see cref="Save"/>.</summary>
    /// <param name="stream">The file; read to its end.</param>
    /// <param name="custom">Makes an objective of one's own from its name; null, or a null result, leaves it to <see cref="Objectives.Find"/>.</param>
    /// <exception cref="InvalidModelException">The file is damaged, hostile or of another kind.</exception>
    public static Booster Load(Stream stream, Func<string, Objective?>? custom = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return BoosterReader.Read(stream, custom);
    }

    /// <summary>Writes the model in XGBoost's JSON format (1.7), for its <c>load_model</c>.</summary>
    /// <remarks>Categories become codes. A level unknown in training goes left there and the way of missing values here. A model that
    /// expects base margins needs them there, too (<c>base_margin</c>).</remarks>
    /// <exception cref="NotSupportedException">XGBoost has no such objective: quantile, zero-inflated lognormal, one's own.</exception>
    public void SaveXgboost(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        XgboostWriter.Write(this, stream);
    }

    /// <summary>Reads a model that XGBoost saved as JSON: gbtree, one output, an objective known here.</summary>
    /// <exception cref="InvalidModelException">The file is damaged, hostile or holds another kind of model.</exception>
    public static Booster LoadXgboost(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return XgboostReader.Read(stream);
    }

    private void CheckBaseMargins(BoostingData data, ReadOnlySpan<double> baseMargins)
    {
        if (!baseMargins.IsEmpty)
            CheckLength(baseMargins.Length, data.RowCount, Objective.Outputs, nameof(baseMargins));
        else if (ExpectsBaseMargins && data.RowCount > 0)
            throw new ArgumentException("This model was trained from base margins; give one for each row to be scored.", nameof(baseMargins));
    }

    private static void CheckLength(int found, int rows, int width, string name)
    {
        if (found != (long)rows * width)
            throw new ArgumentException($"Found {found} values, expected {rows} rows x {width}.", name);
    }
}
