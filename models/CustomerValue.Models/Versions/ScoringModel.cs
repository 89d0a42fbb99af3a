using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Explanations;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Intervals;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;

namespace CustomerValue.Models.Versions;

/// <summary>A version of the store, ready to score raw histories: immutable, safe to use from many threads.</summary>
public sealed class ScoringModel
{
    private const int BlockSize = 8192;
    private readonly ScoringRecipe _recipe;
    private readonly ICustomerModel _champion;
    private readonly IPriorModel? _prior;
    private readonly FeaturePlan _features;
    private readonly NewcomerScorer _newcomers;
    private volatile LifetimeValue? _lifetimeValue;

    internal ScoringModel(string version, ScoringRecipe recipe, AggregateCatalogue catalogue, FeatureSchema schema, ICustomerModel champion, IPriorModel? prior, IReadOnlyList<Data.Diagnostics.Finding>? doubts = null)
    {
        Doubts = doubts ?? [];
        Version = version;
        _recipe = recipe;
        _features = new FeaturePlan(catalogue, schema);
        _champion = champion;
        _prior = prior;
        _newcomers = new NewcomerScorer(version, recipe, prior, LifetimeValueAt);
    }

    /// <summary>The version's name.</summary>
    public string Version { get; }

    /// <summary>Days ahead that churn, purchases and spend speak of.</summary>
    public Horizon Horizon => new(_recipe.HorizonDays);

    /// <summary>The margin rates within every lifetime value it gives.</summary>
    public MarginRates Margins => _recipe.Margins;

    /// <summary>What training gave cause to doubt: it travels with every answer, for little knowledge does not become more by being used.</summary>
    public IReadOnlyList<Data.Diagnostics.Finding> Doubts { get; }

    /// <summary>How far lifetime value looks ahead and how it is discounted.</summary>
    public ValueOptions Value => _recipe.Value;

    /// <summary>The features it was trained with.</summary>
    public FeatureSchema Features => _features.Schema;

    /// <summary>The customer attributes it was trained with; requests are understood by them.</summary>
    public AttributeSchema Attributes => _features.Schema.Attributes;

    /// <summary>How far its answers may lie from golden ones, relative to their size.</summary>
    internal double Tolerance => _champion.Tolerance;

    /// <summary>Whether it can answer for customers who never bought.</summary>
    public bool KnowsNewcomers => _newcomers.CanAnswer;

    /// <summary>Loads a version: every file is checked, and the golden histories must give the scores they gave when it was trained.</summary>
    /// <exception cref="ModelStoreException">A file is damaged, or this program scores differently.</exception>
    public static ScoringModel Load(VersionReader reader, CandidateCatalogue candidates)
    {
        reader.VerifyFiles();
        try
        {
            ScoringModel model = VersionFiles.Read(reader, candidates);
            model.ThrowUnlessDescribedBy(reader.Manifest);
            GoldenRows.Check(model, reader);
            return model;
        }
        catch (Exception error) when (error is not (ModelStoreException or OutOfMemoryException or OperationCanceledException))
        {
            throw new ModelStoreException($"Version {reader.Manifest.Version} does not fit this program: {error.Message.TrimEnd('.')}. Use the program that trained it ({reader.Manifest.Product}), or train again.", error);
        }
    }

    /// <summary>Scores every customer of a log with a purchase before a day.</summary>
    /// <param name="log">Raw histories; nothing on or after <paramref name="asOf"/> is looked at.</param>
    /// <param name="attributes">Customer attributes, or null.</param>
    /// <param name="asOf">First day of the forecast.</param>
    /// <param name="threads">Threads to use, at least 1; results do not depend on it.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public ScoredCustomers Score(TransactionLog log, CustomerAttributes? attributes, DateOnly asOf, int threads, CancellationToken cancellation) =>
        Score(log, attributes, asOf, reasons: 0, threads, cancellation);

    /// <summary>Scores every customer of a log with a purchase before a day, and says why.</summary>
    /// <param name="log">Raw histories; nothing on or after <paramref name="asOf"/> is looked at.</param>
    /// <param name="attributes">Customer attributes, or null.</param>
    /// <param name="asOf">First day of the forecast.</param>
    /// <param name="reasons">Strongest reasons to give for each churn probability; 0 for none, which costs least.</param>
    /// <param name="threads">Threads to use, at least 1; results do not depend on it.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public ScoredCustomers Score(TransactionLog log, CustomerAttributes? attributes, DateOnly asOf, int reasons, int threads, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reasons);
        return Score(Snapshot(log, attributes, asOf, withOutcomes: false, threads, cancellation), reasons, threads, cancellation);
    }

    /// <summary>Scores every customer of a population that was built by <see cref="Snapshot"/>.</summary>
    /// <param name="snapshot">The population as of a day.</param>
    /// <param name="reasons">Strongest reasons to give for each churn probability; 0 for none.</param>
    /// <param name="threads">Threads to use, at least 1; results do not depend on it.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public ScoredCustomers Score(Snapshot snapshot, int reasons, int threads, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reasons);
        string[] ids = new string[snapshot.Count];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = snapshot.Aggregates.CustomerId(i);
        Forecast forecast = Predict(snapshot, threads, cancellation);
        ScoredCustomers scored = new(Version, snapshot.Window, ids, [.. Doubts, .. snapshot.Aggregates.Findings, .. snapshot.Features.Findings])
        {
            ChurnProbability = forecast.ChurnProbability,
            ExpectedPurchases = forecast.ExpectedPurchases,
            ExpectedSpend = forecast.ExpectedSpend,
        };
        if (_recipe.Intervals is not null)
            scored.AddIntervals(_recipe.Intervals.Lifetime is not null);
        LifetimeValue value = LifetimeValueAt(snapshot.Window.Cutoff);
        InBlocks(ids.Length, threads, (from, count) => Finish(snapshot, scored, value, from, from + count), cancellation);
        if (reasons > 0)
            scored.Explanations = new ChurnExplainer(_champion).Explain(snapshot, [.. Enumerable.Range(0, ids.Length)], forecast, reasons, threads);
        return scored;
    }

    /// <summary>Answers for customers without a purchase before a day by what newcomers did: as if they bought for the first time on the day before it.</summary>
    /// <param name="customerIds">The customers.</param>
    /// <param name="attributes">Customer attributes, or null.</param>
    /// <param name="asOf">First day of the forecast.</param>
    /// <returns>One prediction a customer, in the order given, each with a <see cref="CustomerPrediction.Cohort"/>.</returns>
    /// <exception cref="InvalidOperationException">The model does not know newcomers (<see cref="KnowsNewcomers"/>).</exception>
    public IReadOnlyList<CustomerPrediction> ScoreNewcomers(IReadOnlyList<string> customerIds, CustomerAttributes? attributes, DateOnly asOf) =>
        [.. customerIds.Select(id => _newcomers.Score(id, attributes, asOf))];

    /// <summary>The population as of a day by the version's own recipe.</summary>
    /// <param name="log">Raw histories.</param>
    /// <param name="attributes">Customer attributes, or null.</param>
    /// <param name="asOf">First day of the forecast.</param>
    /// <param name="withOutcomes">Whether to look at what happened within the horizon too, to measure the forecast.</param>
    /// <param name="threads">Threads to use, at least 1; results do not depend on it.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="Data.Diagnostics.BadDataException">Outcomes are wanted and the log ends before the horizon does.</exception>
    public Snapshot Snapshot(TransactionLog log, CustomerAttributes? attributes, DateOnly asOf, bool withOutcomes, int threads, CancellationToken cancellation)
    {
        SnapshotBuilder builder = new(_features, _recipe.Returns, threads);
        return withOutcomes
            ? builder.BuildWithOutcomes(log, attributes, Window(asOf), cancellation)
            : builder.Build(log, attributes, Window(asOf), cancellation);
    }

    /// <summary>How the version takes returns.</summary>
    internal ReturnsPolicy Returns => _recipe.Returns;

    /// <summary>The champion's forecast of a population.</summary>
    public Forecast Predict(Snapshot snapshot) => Predict(snapshot, threads: 1, CancellationToken.None);

    /// <summary>The same in blocks: what the parts of a champion say of millions of customers is never kept as a whole.</summary>
    private Forecast Predict(Snapshot snapshot, int threads, CancellationToken cancellation)
    {
        if (ReferenceEquals(Said?.Snapshot, snapshot))
            return Said.Of(_champion);
        if (snapshot.Count <= BlockSize)
            return _champion.Forecast(snapshot, Horizon);
        Forecast all = new(snapshot.Count);
        InBlocks(snapshot.Count, threads, (from, count) => _champion.Forecast(snapshot.Rows(from, count), Horizon).CopyTo(all, from), cancellation);
        return all;
    }

    private static void InBlocks(int rows, int threads, Action<int, int> work, CancellationToken cancellation)
    {
        int blocks = (rows + BlockSize - 1) / BlockSize;
        if (blocks <= 1)
            work(0, rows);
        else
            Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
                block => work(block * BlockSize, Math.Min(BlockSize, rows - block * BlockSize)));
    }

    /// <summary>What was said while it was learnt; null once it is read back.</summary>
    internal Predictions? Said { private get; init; }

    /// <summary>The champion's answers as arithmetic on columns, for engines that know nothing of this house.</summary>
    /// <param name="cutoff">Everything before this day was learnt from; season and growth are told for the years around it.</param>
    /// <exception cref="NotSupportedException">A part of the champion is no arithmetic on the version's features.</exception>
    public VersionFormulas ToFormulas(DateOnly cutoff)
    {
        FormulaInputs inputs = new(_features.Schema, cutoff, Horizon);
        AnswerFormulas answers = _champion.Formulas(inputs)
            ?? throw new NotSupportedException($"{_champion.Name} of version {Version} answers by an engine of its own, in whole or in part");
        return new VersionFormulas(Version, Horizon.Days, Coherence.Settle(answers, inputs), inputs.All);
    }

    /// <summary>How sure the level of the base is; null where the version does not know.</summary>
    internal LevelCertainty? Level => _recipe.Level;

    /// <summary>Name of the candidate that answers.</summary>
    public string Champion => _champion.Name;

    /// <summary>The trees within the champion, a model each; empty where it has none.</summary>
    public IReadOnlyList<BoostedModel> Trees => [.. TreesOf(_champion).Distinct()];

    private static IEnumerable<BoostedModel> TreesOf(ICustomerModel model) => model switch
    {
        BoostedModel trees => [trees],
        Blend blend => blend.Models.SelectMany(TreesOf),
        PerTargetModel parts => new[] { parts.Churn, parts.Purchases, parts.Spend }.SelectMany(TreesOf),
        AverageModel average => average.Parts.SelectMany(TreesOf),
        _ => [],
    };

    /// <summary>Probability that a customer buys within some days, by the model of repeat buying alone.</summary>
    internal double ProbabilityOfPurchase(Snapshot snapshot, int row, double days) => _prior is null ? 0 : 1 - _prior.ProbabilityOfNoPurchase(snapshot.Histories[row], days);

    /// <summary>Days within which a customer buys with a probability, likewise; infinity where that is never.</summary>
    internal double DaysToNextPurchase(Snapshot snapshot, int row, double probability) => _prior?.DaysToNextPurchase(snapshot.Histories[row], probability) ?? double.PositiveInfinity;

    /// <summary>The manifest is outside the model's hash, so what it says of the model is held against the model's own files.</summary>
    private void ThrowUnlessDescribedBy(Manifest manifest)
    {
        if (manifest.HorizonDays != _recipe.HorizonDays || manifest.Model != _recipe.Champion || manifest.FeatureSchemaHash != _features.Schema.Hash)
            throw new ModelStoreException($"The manifest of version {Version} states {manifest.Model} for {manifest.HorizonDays} days with features {manifest.FeatureSchemaHash}, but its files hold {_recipe.Champion} for {_recipe.HorizonDays} days with features {_features.Schema.Hash}; the manifest was changed after publishing. Promote another version or train again.");
    }

    private ObservationWindow Window(DateOnly asOf) => new(asOf, Horizon);

    /// <summary>The calculator of a day: calls of one day share it.</summary>
    private LifetimeValue LifetimeValueAt(DateOnly asOf) => _lifetimeValue is { } known && known.AsOf == asOf ? known : _lifetimeValue =
        new(_recipe.LongRun, _recipe.Value, Window(asOf), _recipe.LongRun is { } longRun ? _champion.LogSpendLevel(asOf) - _champion.LogSpendLevel(longRun.Cutoff) : 0);

    private void Finish(Snapshot snapshot, ScoredCustomers scored, LifetimeValue value, int start, int end)
    {
        CustomerAggregates aggregates = snapshot.Aggregates;
        ReadOnlySpan<double> total = aggregates.TotalSpend, margin = aggregates.Margin, x = aggregates.X, tx = aggregates.Tx, age = aggregates.T;
        Irregularity irregularity = new(aggregates);
        for (int i = start; i < end; i++)
        {
            PurchaseHistory history = snapshot.Histories[i];
            double perPurchase = _prior?.ExpectedSpend(history.X, total[i]) ?? 0;
            double rate = _recipe.Margins.Of(margin.Length > 0 ? margin[i] : double.NaN, total[i]);
            scored.LifetimeValue[i] = value.Of(x[i], tx[i], age[i], perPurchase, scored.ExpectedSpend[i], rate, out double never);
            scored.ProbabilityAlive[i] = _prior is null ? 1 - scored.ChurnProbability[i]
                : Coherence.ProbabilityAlive(scored.ChurnProbability[i], _prior.ProbabilityAlive(history), _prior.ProbabilityOfNoPurchase(history, Horizon.Days));
            scored.NextPurchaseDays[i] = _prior is null ? double.PositiveInfinity : Coherence.DaysToNextPurchase(scored.ChurnProbability[i], _prior, history, Horizon.Days);
            if (_recipe.Intervals is { } intervals)
                AddIntervals(scored, i, intervals, intervals.Spend.GroupOf(x[i], age[i], scored.ExpectedSpend[i], Horizon), intervals.Spend.WidthOf(irregularity.Of(i)), double.IsNaN(never) ? scored.ChurnProbability[i] : never);
            double gap = x[i] > 0 ? tx[i] / x[i] : _recipe.MeanGapDays;
            scored.Overdue[i] = (age[i] - tx[i]) / Math.Max(gap, 1);
        }
    }

    private static void AddIntervals(ScoredCustomers scored, int i, ForecastIntervals intervals, ActivityGroup group, double width, double never)
    {
        double churn = scored.ChurnProbability[i], spend = scored.ExpectedSpend[i];
        scored.SpendP10[i] = intervals.Spend.Quantile(group, 0.1, churn, spend, width);
        scored.SpendP50[i] = intervals.Spend.Quantile(group, 0.5, churn, spend, width);
        scored.SpendP90[i] = intervals.Spend.Quantile(group, 0.9, churn, spend, width);
        if (intervals.Lifetime is not { } lifetime)
            return;
        scored.LifetimeValueP10[i] = lifetime.Quantile(group, 0.1, never, scored.LifetimeValue[i]);
        scored.LifetimeValueP90[i] = lifetime.Quantile(group, 0.9, never, scored.LifetimeValue[i]);
    }
}
