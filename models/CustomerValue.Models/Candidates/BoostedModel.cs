using System.Globalization;
using CustomerValue.Boosting;
using CustomerValue.Data.Features;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Candidates;

/// <summary>Boosted churn, purchases and spend; started from a prior at the level of season and growth, or from nothing.</summary>
public sealed class BoostedModel : ICustomerModel
{
    private const double MostLogPurchases = 7;
    private const double MostLogSpend = 25;
    private readonly BoostedTarget[] _targets;
    private readonly IPriorModel _prior;
    private readonly LevelCurve _level;
    private readonly bool _fromPrior;
    private readonly Horizon _horizon;
    private readonly double _moneyUnit;
    private readonly Dictionary<Target, Booster> _means = [];
    private volatile RowScorer? _rows;

    internal BoostedModel(string name, string description, BoostedTarget[] targets, IPriorModel prior, LevelCurve level, bool fromPrior, Horizon horizon, double moneyUnit)
    {
        Name = name;
        Description = description;
        _targets = targets;
        _prior = prior;
        _level = level;
        _fromPrior = fromPrior;
        _horizon = horizon;
        _moneyUnit = moneyUnit;
    }

    /// <summary>A model of boosters that were grown on the features alone, by whatever learner: it is scored, explained and saved as the house's own.</summary>
    /// <param name="name">Name of the candidate.</param>
    /// <param name="description">The model introducing itself in one line.</param>
    /// <param name="targets">Boosters of all three targets, in the order of <see cref="Target"/>; raw scores are log-odds of churn, log purchases and log spend.</param>
    /// <param name="training">What they were learnt from; its prior carries the answers to other horizons.</param>
    /// <param name="companions">Files of another format that say the same, saved beside the boosters: name and content; or null.</param>
    /// <exception cref="ArgumentException">A target is missing, or there is no prior.</exception>
    public static BoostedModel FromFeatures(
        string name, string description, IReadOnlyList<BoostedTarget> targets, TrainingSet training, IReadOnlyDictionary<string, byte[]>? companions = null)
    {
        if (!targets.Select(target => target.Target).SequenceEqual(Enum.GetValues<Target>()))
            throw new ArgumentException($"Found boosters of {string.Join(", ", targets.Select(target => target.Target))}, expected {string.Join(", ", Enum.GetValues<Target>())}, in this order.", nameof(targets));
        IPriorModel prior = training.Prior ?? throw new ArgumentException("Found no prior, expected one: answers to other horizons than the one learnt come from it.", nameof(training));
        return new BoostedModel(name, description, [.. targets], prior, training.Level, fromPrior: false, training.Horizon, moneyUnit: 1)
        {
            Companions = companions ?? new Dictionary<string, byte[]>(),
        };
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>The level at which the base is expected to stand.</summary>
    public LevelCurve Level => _level;

    /// <summary>The boosters of each target.</summary>
    public IReadOnlyList<BoostedTarget> Targets => _targets;

    internal IPriorModel Prior => _prior;

    /// <summary>Money that counts as one: the exponential of a raw score of spend is multiplied by it.</summary>
    public double MoneyUnit => _moneyUnit;

    internal bool FromPrior => _fromPrior;

    /// <summary>Files of another format that say the same, saved beside the boosters: name and content.</summary>
    public IReadOnlyDictionary<string, byte[]> Companions { get; private init; } = new Dictionary<string, byte[]>();

    /// <summary>Another engine that answers in place of the boosters, at the horizon that was learnt; explanations stay with the boosters.</summary>
    private Func<Snapshot, Forecast>? AnswerBy { get; init; }

    /// <summary>Single precision's rounding of a few hundred leaves, where another engine answers.</summary>
    private const double SinglePrecision = 1e-5;

    /// <inheritdoc/>
    public double Tolerance => AnswerBy is null ? 1e-9 : SinglePrecision;

    /// <inheritdoc/>
    public double LogSpendLevel(DateOnly asOf) => _fromPrior ? _level.At(asOf).Spend : 0;

    /// <inheritdoc/>
    public Forecast Predict(Snapshot snapshot, Horizon horizon)
    {
        PriorView view = _prior.View(snapshot, _horizon);
        Forecast forecast = AnswerBy?.Invoke(snapshot) ?? ByBoosters(snapshot, view);
        if (horizon != _horizon)
            OtherHorizon.Carry(forecast, view, _prior.View(snapshot, horizon));
        return forecast;
    }

    /// <summary>What takes customers of a schema row by row; null where only a table says what does not fit.</summary>
    internal RowScorer? RowsOf(FeatureSchema schema) => _rows = RowScorer.For(_rows, _targets, schema);

    private Forecast ByBoosters(Snapshot snapshot, PriorView view)
    {
        RowScorer? rows = RowsOf(snapshot.Features.Schema);
        rows = rows?.IsFor(snapshot.Count) == true ? rows : null;
        BoostingData? data = rows is null ? BoostingInputs.Of(snapshot, _fromPrior ? view : null, _targets[0].Boosters[0], _moneyUnit) : null;
        double[] margins = _fromPrior ? Margins(view, _level.At(snapshot.Window.Cutoff), _moneyUnit) : [];
        double[]? all = rows?.PredictRaw(_targets, snapshot.Features, view, margins, _moneyUnit);
        Forecast forecast = new(snapshot.Count);
        for (int t = 0; t < _targets.Length; t++)
        {
            ReadOnlySpan<double> starts = _fromPrior ? margins.AsSpan(t * view.Count, view.Count) : default;
            ReadOnlySpan<double> raw = all is null ? _targets[t].PredictRaw(data!, starts) : all.AsSpan(t * snapshot.Count, snapshot.Count);
            double[] destination = DestinationOf(forecast, _targets[t].Target);
            for (int i = 0; i < raw.Length; i++)
                destination[i] = _targets[t].Target switch
                {
                    Target.Churn => Logit.Probability(raw[i]),
                    Target.Purchases => Math.Exp(Math.Min(raw[i], MostLogPurchases)),
                    _ => _moneyUnit * Math.Exp(Math.Min(raw[i], MostLogSpend)),
                };
        }
        return forecast;
    }

    /// <inheritdoc/>
    public AnswerFormulas? Formulas(FormulaInputs inputs)
    {
        if (inputs.HorizonDays != _horizon.Days)
            return null;
        PriorFormulas? view = _fromPrior ? new(_prior, inputs) : null;
        Formula Raw(Target target)
        {
            Booster trees = MeanOf(target);
            Formula raw = new TreesFormula(trees, PriorFormulas.Features(trees.Features, inputs, view, _moneyUnit));
            return view is null ? raw : view.Margin(target, _level, _moneyUnit, inputs) + raw;
        }
        return new AnswerFormulas(
            Formula.Probability(Raw(Target.Churn)),
            Formula.Exp(Formula.Min(Raw(Target.Purchases), MostLogPurchases)),
            _moneyUnit * Formula.Exp(Formula.Min(Raw(Target.Spend), MostLogSpend)));
    }

    /// <summary>A target's boosters as one.</summary>
    public Booster MeanOf(Target target)
    {
        lock (_means)
            return _means.TryGetValue(target, out Booster? known) ? known : _means[target] = Booster.Mean(_targets.First(trees => trees.Target == target).Boosters);
    }

    /// <inheritdoc/>
    public void Save(VersionWriter writer)
    {
        string file = $"{Name}.json";
        if (writer.Has(file))
            return;
        writer.WriteJson(file, new Saved(Description, _prior.Name, _level, _fromPrior, _horizon.Days, [.. _targets.Select(target => target.Boosters.Count)])
        {
            MoneyUnit = _moneyUnit,
        });
        _prior.Save(writer);
        foreach (BoostedTarget target in _targets)
            for (int bag = 0; bag < target.Boosters.Count; bag++)
                writer.Write(FileOf(Name, target.Target, bag), target.Boosters[bag].Save);
        foreach ((string companion, byte[] content) in Companions)
            writer.Write(companion, content);
    }

    /// <summary>Restores a saved model.</summary>
    /// <param name="name">Name of the candidate.</param>
    /// <param name="reader">The version.</param>
    /// <param name="priors">Reads the prior of the saved model.</param>
    /// <param name="answerBy">Another engine that answers in place of the boosters, or null.</param>
    /// <exception cref="ModelStoreException">The files are not what <see cref="Save"/> wrote.</exception>
    public static BoostedModel Read(string name, VersionReader reader, IPriorTrainer priors, Func<Snapshot, Forecast>? answerBy = null)
    {
        Saved saved = reader.ReadJson<Saved>($"{name}.json");
        SavedPriors.Require(saved.Level, name, reader);
        if (saved.Bags.Length != 3 || saved.Bags.Any(bags => bags is < 1 or > 64))
            throw new ModelStoreException($"{name}.json of version {reader.Manifest.Version}: found bags of {string.Join(", ", saved.Bags)} boosters, expected three counts from 1 to 64. Train the version again.");
        BoostedTarget[] targets = [.. Enum.GetValues<Target>().Select((target, t) => new BoostedTarget(target, [.. Enumerable.Range(0, saved.Bags[t]).Select(bag => ReadBooster(reader, FileOf(name, target, bag)))]))];
        return new BoostedModel(name, saved.Description, targets, priors.ReadSaved(saved.Prior, reader), saved.Level, saved.FromPrior, new Horizon(saved.HorizonDays), saved.MoneyUnit) { AnswerBy = answerBy };
    }

    /// <summary>Churn logits, then log purchases, then log spend of the prior at a level, counted in a unit of money.</summary>
    internal static double[] Margins(PriorView view, Level level, double moneyUnit)
    {
        double[] margins = new double[3 * view.Count];
        for (int i = 0; i < view.Count; i++)
        {
            margins[i] = view.ChurnLogit(i) + level.Churn;
            margins[view.Count + i] = view.LogPurchases(i) + level.Purchases;
            margins[2 * view.Count + i] = view.LogSpend(i, moneyUnit) + level.Spend;
        }
        return margins;
    }

    private static double[] DestinationOf(Forecast forecast, Target target) => target switch
    {
        Target.Churn => forecast.ChurnProbability,
        Target.Purchases => forecast.ExpectedPurchases,
        _ => forecast.ExpectedSpend,
    };

    private static Booster ReadBooster(VersionReader reader, string file)
    {
        try
        {
            return Booster.Load(new MemoryStream(reader.Read(file)));
        }
        catch (InvalidModelException error)
        {
            throw new ModelStoreException($"{file} of version {reader.Manifest.Version}: {error.Message} Train the version again.", error);
        }
    }

    private static string FileOf(string name, Target target, int bag) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}.{target.ToString().ToLowerInvariant()}.{bag}.booster");

    private sealed record Saved(string Description, string Prior, LevelCurve Level, bool FromPrior, int HorizonDays, int[] Bags)
    {
        public double MoneyUnit { get; init; } = 1;
    }
}
