using System.Collections.Concurrent;
using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Candidates;

/// <summary>Gradient boosting on past snapshots: <c>boosted</c> starts from a constant, <c>prior-boosted</c> from what the prior expects of each customer.</summary>
/// <remarks>
/// Started from the prior, trees learn only each customer's deviation: the log (or log-odds) of the prior's answer, moved by the level at which the
/// whole base stood at that origin, is the row's base margin. At scoring the level comes from the <see cref="LevelCurve"/>.
/// </remarks>
/// <param name="name">Name of the candidate.</param>
/// <param name="fromPrior">Whether boosting starts from the prior.</param>
/// <param name="priors">Reads the prior of a saved model.</param>
public sealed class BoostedTrainer(string name, bool fromPrior, IPriorTrainer priors) : ICandidateTrainer
{
    private const int FewestRows = 200;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool IsBaseline => false;

    /// <inheritdoc/>
    public string? WhyNot(TrainingSet training) =>
        training.Prior is null ? "no prior could be fitted"
        : training.Past.Count == 0 ? $"the history before the cutoff is too short for a past origin with {training.Horizon} of outcomes after it"
        : training.Past.Rows < FewestRows ? $"past origins hold {training.Past.Rows} customers, fewer than {FewestRows}"
        : training.Past.Origins.All(origin => origin.Snapshot.Outcomes!.Churned.IndexOf(true) < 0) || training.Past.Origins.All(origin => origin.Snapshot.Outcomes!.Churned.IndexOf(false) < 0)
            ? "at past origins everyone or no one bought again, so there is nothing to tell apart" : null;

    /// <inheritdoc/>
    public FittedCandidate Fit(TrainingSet training, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<PastOrigin> origins = training.Past.Origins;
        BoostingData data = StackedPast.Of(training).Table(fromPrior, MoneyUnit.Of(training.Prior!));
        BoostedTarget[] targets = FitTargets(data, origins, training, progress, cancellation);
        string start = fromPrior ? $"from {training.Prior!.Name}" : "from a constant";
        string description = FormattableString.Invariant($"{name} {start} on {data.RowCount:N0} customers at {origins.Count} origins to {origins[^1].Snapshot.Window.Cutoff:yyyy-MM-dd}, {data.Columns.Count} features, {targets[0].Boosters.Count} x {targets[0].Boosters[0].Rounds} trees a target");
        return new FittedCandidate(new BoostedModel(name, description, targets, training.Prior!, training.Level, fromPrior, training.Horizon, MoneyUnit.Of(training.Prior!)), []);
    }

    /// <summary>All boosters of all targets at once, each on a thread of its own: they need not wait for one another within a tree.</summary>
    private BoostedTarget[] FitTargets(BoostingData data, IReadOnlyList<PastOrigin> origins, TrainingSet training, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        using BinnedData binned = StackedPast.Of(training).Bin(data, BoostedTarget.MaxBins, training.Threads);
        Target[] targets = Enum.GetValues<Target>();
        double unit = MoneyUnit.Of(training.Prior!);
        TrainingRows[] rows = [.. targets.Select(target => new TrainingRows(data, training.Past.Labels(target, unit), default, fromPrior ? StackMargins(origins, target, unit) : default) { Binned = binned })];
        Booster[][] boosters = [.. targets.Select(_ => new Booster[BoostedTarget.BagsFor(data.RowCount, training.IsRehearsal)])];
        (int Target, int Bag)[] fits = [.. targets.SelectMany((_, target) => Enumerable.Range(0, boosters[target].Length).Select(bag => (target, bag)))];
        int atOnce = Math.Clamp(training.Threads, 1, fits.Length), done = 0;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation };
        Parallel.ForEach(Partitioner.Create(fits, EnumerablePartitionerOptions.NoBuffering), parallel, fit =>
        {
            BoosterOptions options = BoostedTarget.OptionsFor(targets[fit.Target], training.Seed + fit.Bag, training.Threads / atOnce);
            boosters[fit.Target][fit.Bag] = BoosterTrainer.Fit(rows[fit.Target], options, cancellation: cancellation).Model;
            lock (boosters)
                progress?.Report(new StepProgress($"{name}: learning churn, purchases and spend", ++done, fits.Length, "boosters"));
        });
        return [.. targets.Select((target, t) => target == Target.Spend ? AtTotal(new(target, boosters[t]), data, rows[t]) : new BoostedTarget(target, boosters[t]))];
    }

    /// <summary>Trees raised to the total that they learnt from: a deviance whose link is not canonical, as Tweedie's, weighs small amounts more and does not keep it.</summary>
    private static BoostedTarget AtTotal(BoostedTarget trees, BoostingData data, TrainingRows rows)
    {
        double said = 0, came = 0;
        foreach (double raw in trees.PredictRaw(data, rows.BaseMargins.Span))
            said += Math.Exp(raw);
        foreach (float amount in rows.Labels.Span)
            came += amount;
        return said > 0 && came > 0 && double.IsFinite(said) ? new(trees.Target, [.. trees.Boosters.Select(booster => booster.Raised(Math.Log(came / said)))]) : trees;
    }

    /// <inheritdoc/>
    public ICustomerModel Read(VersionReader reader) => BoostedModel.Read(name, reader, priors);

    private static double[] StackMargins(IReadOnlyList<PastOrigin> origins, Target target, double moneyUnit)
    {
        double[] stacked = new double[origins.Sum(origin => origin.Snapshot.Count)];
        int at = 0;
        foreach (PastOrigin origin in origins)
        {
            int count = origin.Snapshot.Count;
            BoostedModel.Margins(origin.Prior, origin.Level, moneyUnit).AsSpan((int)target * count, count).CopyTo(stacked.AsSpan(at));
            at += count;
        }
        return stacked;
    }
}
