using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Features;
using CustomerValue.MLNet.Files;
using CustomerValue.MLNet.Pipelines;
using CustomerValue.MLNet.Serving;
using CustomerValue.MLNet.Trees;
using CustomerValue.MLNet.Views;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Store;
using Microsoft.ML;

namespace CustomerValue.MLNet;

/// <summary>Any three pipelines of ML.NET as one candidate of the race, on the snapshots that the house's own learn from.</summary>
/// <remarks>
/// A pipeline is fitted on the columns of <see cref="FeatureViews.ToDataView(FeatureTable)"/> with <c>outcome_churned</c>, <c>outcome_purchases</c>, <c>outcome_spend</c> and, as <c>Label</c>,
/// its own of these; it must give a <c>Score</c> of one <c>Single</c> a row. A fifth of the customers is held back: churn scores are calibrated on them by Platt scaling,
/// purchases and spend by a factor. What answers is the zip, loaded again. Where all three end in trees whose slots are told by name and whose scores are log-odds and
/// log means, the trees are converted and answer in its place, and reasons are exact; else churn is explained by its trees, or by asking the model. A pipeline that fails,
/// gives no finite score or cannot serve several callers is left out with the reason, and the race goes on.
/// </remarks>
public sealed class PipelineCandidate : ICandidateTrainer
{
    /// <summary>Rows that a conversion is tried on.</summary>
    private const int TriedRows = 500;

    private readonly Recipe _recipe;
    private readonly PipelineOptions _options;
    private readonly IPriorTrainer _priors;
    private readonly bool _fromPool;

    private PipelineCandidate(string name, Recipe recipe, PipelineOptions options, IPriorTrainer priors, bool fromPool)
    {
        Name = name;
        _recipe = recipe;
        _options = options;
        _priors = priors;
        _fromPool = fromPool;
    }

    /// <summary>What makes the pipeline of a target.</summary>
    /// <param name="context">ML.NET's context, made with the seed.</param>
    /// <param name="target">The target.</param>
    /// <param name="seed">Seed of the race.</param>
    /// <param name="threads">Threads of the race.</param>
    internal delegate IEstimator<ITransformer> Recipe(MLContext context, Target target, int seed, int threads);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsBaseline => false;

    /// <summary>A candidate of three pipelines.</summary>
    /// <param name="name">Its name in reports and files: small letters, digits and dashes.</param>
    /// <param name="churn">From features to a score that is higher the likelier a customer stays away; <c>Label</c> is a Boolean.</param>
    /// <param name="purchases">From features to expected purchase days within the horizon; <c>Label</c> is a Single.</param>
    /// <param name="spend">From features to expected money within the horizon; <c>Label</c> is a Single, never below 0.</param>
    /// <param name="options">Rows and description; defaults where null.</param>
    /// <exception cref="ArgumentException">The name cannot name files.</exception>
    public static PipelineCandidate Of(
        string name, Func<MLContext, IEstimator<ITransformer>> churn, Func<MLContext, IEstimator<ITransformer>> purchases, Func<MLContext, IEstimator<ITransformer>> spend, PipelineOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(churn);
        ArgumentNullException.ThrowIfNull(purchases);
        ArgumentNullException.ThrowIfNull(spend);
        if (!name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
            throw new ArgumentException($"Found the name '{name}', expected small letters, digits and dashes: it names files.", nameof(name));
        return Of(name, (context, target, _, _) => (target switch { Target.Churn => churn, Target.Purchases => purchases, _ => spend })(context), options ?? new PipelineOptions());
    }

    internal static PipelineCandidate Of(string name, Recipe recipe, PipelineOptions options, IPriorTrainer? priors = null, bool fromPool = false) =>
        new(name, recipe, options, priors ?? CandidateCatalogue.Standard.Prior!, fromPool);

    /// <summary>Reads saved models of pipelines whose name no program knows beforehand.</summary>
    internal static PipelineCandidate Reader(string name, IPriorTrainer priors, bool fromPool) =>
        new(name, (_, _, _, _) => throw new NotSupportedException($"{name} is read here, not fitted."), new PipelineOptions(), priors, fromPool);

    /// <summary>ML.NET's own file in a version.</summary>
    internal static string ZipName(string name) => $"{name}.zip";

    /// <inheritdoc/>
    public string? WhyNot(TrainingSet training) => new BoostedTrainer(Name, fromPrior: false, _priors).WhyNot(training);

    /// <inheritdoc/>
    /// <exception cref="CandidateFailedException">A pipeline cannot be fitted, or cannot be trusted to serve.</exception>
    public FittedCandidate Fit(TrainingSet training, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(training);
        (RowSample learn, RowSample heldBack) = RowSample.Of(training.Past, _options.MostRows, training.Seed);
        if (learn.Count == 0 || heldBack.Count == 0)
            throw new CandidateFailedException($"past origins hold {learn.Count} customers to learn from and {heldBack.Count} to calibrate on, too few of either");
        FittedPipeline.Try("its features cannot be used", () => { FiniteFeatures.Check(learn.Table); FiniteFeatures.Check(heldBack.Table); return true; });

        MLContext context = new(training.Seed);
        List<FittedPipeline> pipelines = [];
        foreach (Target target in Enum.GetValues<Target>())
        {
            cancellation.ThrowIfCancellationRequested();
            pipelines.Add(FittedPipeline.Fit(target, () => _recipe(context, target, training.Seed, training.Threads), learn, heldBack));
            progress?.Report(new StepProgress($"{Name}: learning churn, purchases and spend", pipelines.Count, 3, "models"));
        }
        FeatureColumns features = FeatureColumns.Of(learn.Table.Schema);
        byte[] zip = FittedPipeline.Try("it cannot be saved", () => ZipFile.Write(context, PipelineChain.Of(context, pipelines, features), features.ToSchema()));
        VersionPool pool = FittedPipeline.Try("its file cannot be loaded again", () => new VersionPool(zip));
        SideBySide.Check(pool, heldBack.Table);
        return new FittedCandidate(Model(training, pipelines, features, learn, heldBack, zip, pool), []);
    }

    /// <inheritdoc/>
    public ICustomerModel Read(VersionReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (reader.Manifest.Files.All(file => file.Name != ZipName(Name)))
            throw new ModelStoreException($"Version {reader.Manifest.Version} names candidate '{Name}', which this program does not know, and holds no {ZipName(Name)} to read it from. Use the program that trained it ({reader.Manifest.Product}), or train again.");
        bool isPipeline = PipelineModel.IsIn(reader, Name);
        if (!isPipeline && !_fromPool)
            return BoostedModel.Read(Name, reader, _priors);
        byte[] zip = reader.Read(ZipName(Name));
        VersionPool pool;
        try
        {
            pool = new VersionPool(zip);
        }
        catch (ZipException error)
        {
            throw new ModelStoreException($"{ZipName(Name)} of version {reader.Manifest.Version} cannot be loaded: {error.Message}. Expected a model that ML.NET {MLNetVersion.Text} can load without further parts; use the program that trained it ({reader.Manifest.Product}), or train again.", error);
        }
        return isPipeline ? PipelineModel.Read(Name, reader, _priors, zip, pool) : BoostedModel.Read(Name, reader, _priors, snapshot => pool.Predict(snapshot.Features));
    }

    private ICustomerModel Model(TrainingSet training, List<FittedPipeline> pipelines, FeatureColumns features, RowSample learn, RowSample heldBack, byte[] zip, VersionPool pool)
    {
        IReadOnlyList<PastOrigin> origins = training.Past.Origins;
        string description = FormattableString.Invariant($"{Name}, {_options.Description} of ML.NET {MLNetVersion.Text} on {learn.Count:N0} of {training.Past.Rows:N0} customers at {origins.Count} origins to {origins[^1].Snapshot.Window.Cutoff:yyyy-MM-dd}, calibrated on {heldBack.Count:N0} others, {learn.Table.Schema.Count} features");
        FeatureTable tried = heldBack.Count <= TriedRows ? heldBack.Table : FeatureTable.From(heldBack.Table.Schema, [.. Enumerable.Range(0, features.Features.Count).Select(feature => heldBack.Table.Column(feature)[..TriedRows].ToArray())]);
        Forecast answers = pool.Predict(tried);
        BoostedTarget?[] trees = [.. pipelines.Select(pipeline => ConvertedTrees.Of(pipeline.Target, pipeline.Transformer, pipeline.Calibration.Scale, pipeline.Calibration.Shift, features, learn.Table, tried, answers))];
        return trees.Contains(null)
            ? new PipelineModel(Name, new PipelineState(description, training.Prior!.Name, training.Horizon.Days, TypicalCustomer.Of(learn.Table)), zip, pool, training.Prior, trees[(int)Target.Churn])
            : BoostedModel.FromFeatures(Name, description, [.. trees.Select(target => target!)], training, new Dictionary<string, byte[]> { [ZipName(Name)] = zip });
    }
}
