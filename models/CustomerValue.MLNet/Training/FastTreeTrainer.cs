using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Features;
using CustomerValue.MLNet.Serving;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Store;
using Microsoft.ML;

namespace CustomerValue.MLNet.Training;

/// <summary><c>ml-net-fast-tree</c>: ML.NET's FastTree for churn (calibrated binary), purchases (Tweedie of index 1, which is Poisson) and spend (Tweedie), on the snapshots that the house's boosters learn from.</summary>
/// <param name="priors">Reads the prior of a saved model.</param>
/// <param name="size">How much it learns.</param>
/// <param name="fromPool">Whether saved models answer through ML.NET's prediction engines.</param>
internal sealed class FastTreeTrainer(IPriorTrainer priors, FastTreeSize size, bool fromPool = false) : ICandidateTrainer
{
    /// <summary>Name of the candidate.</summary>
    public const string CandidateName = "ml-net-fast-tree";

    /// <summary>ML.NET's own file in a version.</summary>
    public const string ZipName = $"{CandidateName}.zip";

    private static int s_threads;
    private readonly BoostedTrainer _rules = new(CandidateName, fromPrior: false, priors);

    public string Name => CandidateName;

    public bool IsBaseline => false;

    public string? WhyNot(TrainingSet training) => _rules.WhyNot(training);

    /// <exception cref="BadDataException">A feature is infinite.</exception>
    public FittedCandidate Fit(TrainingSet training, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<PastOrigin> origins = training.Past.Origins;
        RowSample sample = RowSample.Of([.. origins.Select(origin => origin.Snapshot.Features)], size.Rows, training.Seed);
        FeatureTable[] tables = [.. sample.Tables];
        FeatureView view = new(tables,
            (FastTreeLabels.Churned, sample.Of(training.Past.Labels(Target.Churn))),
            (FastTreeLabels.Purchases, sample.Of(training.Past.Labels(Target.Purchases))),
            (FastTreeLabels.Spend, sample.Of(training.Past.Labels(Target.Spend))));
        MLContext context = new(training.Seed);
        int done = 0;
        FastTreeChain chain = FastTreePipeline.Fit(context, view, size, training.Seed, Threads(training.Threads),
            target => progress?.Report(new StepProgress($"{Name}: learning churn, purchases and spend", ++done, 3, "models")), cancellation);
        BoostedTarget[] targets = [.. chain.Forests.Select(forest => new BoostedTarget(forest.Target,
            [ForestConverter.Convert(forest.Target, forest.Trees, forest.Scale, forest.Shift, tables)]))];
        string description = FormattableString.Invariant($"{Name} of ML.NET {MLNetEngine.Version} on {sample.Count:N0} of {training.Past.Rows:N0} customers at {origins.Count} origins to {origins[^1].Snapshot.Window.Cutoff:yyyy-MM-dd}, {tables[0].Schema.Count} features, {targets[0].Boosters[0].Rounds} trees a target");
        byte[] zip = ZipFile.Write(context, chain.Transformer, new FeatureView(tables).Schema);
        BoostedModel model = BoostedModel.FromFeatures(Name, description, targets, training, new Dictionary<string, byte[]> { [ZipName] = zip });
        return new FittedCandidate(model, []);
    }

    public ICustomerModel Read(VersionReader reader)
    {
        if (!fromPool)
            return BoostedModel.Read(Name, reader, priors);
        VersionPool pool = new(reader.Read(ZipName));
        return BoostedModel.Read(Name, reader, priors, pool.Predict);
    }

    /// <summary>FastTree keeps the thread count of its first training in a process and does not say so when asked for another; so the first is for all.</summary>
    private static int Threads(int asked)
    {
        Interlocked.CompareExchange(ref s_threads, Math.Max(asked, 1), 0);
        return s_threads;
    }
}
