using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Candidates;

/// <summary>A weighted mean of all candidates but naive rules, at one level: churn in log-odds, purchases and spend as they are, spend with purchases times the prior's money a purchase as one part more.</summary>
/// <remarks>Trees err least on most customers, but cannot rank what they have not seen: a handful of very large or long silent customers, whom the rhythm of purchases ranks.</remarks>
public sealed class Blend : ICombination
{
    /// <summary>Name of the blend in reports and files.</summary>
    public const string CandidateName = "blend";

    private const string FileName = "blend.json";
    private readonly double _product;
    private readonly LevelCurve _level;
    private readonly int _prior;
    private readonly Sharpening? _sharpening;
    private readonly BlendCalibration? _calibration;

    /// <summary>A blend.</summary>
    /// <param name="models">What is blended, at least one.</param>
    /// <param name="parts">Share and shift of each.</param>
    /// <param name="product">Share in spend of mixed purchases times the seasonal prior's money a purchase; 0 where it is no part.</param>
    /// <param name="level">The level that parts without a season move with.</param>
    /// <param name="sharpening">What takes mixed purchases apart again, and spend with them; null for nothing.</param>
    /// <param name="calibration">What moves the result to what came of such forecasts, learnt at the same horizon; null for nothing.</param>
    internal Blend(IReadOnlyList<ICustomerModel> models, IReadOnlyList<BlendPart> parts, double product, LevelCurve level, Sharpening? sharpening = null, BlendCalibration? calibration = null)
    {
        (Models, Parts, _product, _level, _sharpening, _calibration) = (models, parts, product, level, sharpening is { Slope: 1 } ? null : sharpening, calibration);
        _prior = models.ToList().FindIndex(model => model is SeasonalPrior);
        if (_prior < 0 && product > 0)
            throw new ArgumentException($"Found a share {product} of the product of purchases and money a purchase, and no {nameof(SeasonalPrior)} to give that money.", nameof(product));
    }

    /// <inheritdoc/>
    public string Name => CandidateName;

    /// <summary>What is blended.</summary>
    public IReadOnlyList<ICustomerModel> Models { get; }

    /// <summary>Share and shift of each.</summary>
    public IReadOnlyList<BlendPart> Parts { get; }

    /// <inheritdoc/>
    public string Description => $"blend of {string.Join(", ", Parts.Select(part => FormattableString.Invariant($"{part.Name} ({part.Churn:0.##} of churn, {part.Purchases:0.##} of purchases, {part.Spend:0.##} of spend)")))}{(_sharpening is null ? "" : FormattableString.Invariant($", purchases up to {_sharpening.Ceiling:0.##} to the power of {_sharpening.Slope:0.###}"))}{(_calibration is { Churn: not null } ? $", churn calibrated {_calibration.ChurnBy}" : "")}{(_calibration is { Spend: not null } ? ", spend by decile" : "")}; {string.Join("; ", Models.Select(model => model.Description))}";

    /// <inheritdoc/>
    public double Tolerance => Models.Max(model => model.Tolerance);

    /// <inheritdoc/>
    public double LogSpendLevel(DateOnly asOf) => Parts.Select((part, k) => part.Spend * (part.MovesWithLevel ? _level.At(asOf).Spend : Models[k].LogSpendLevel(asOf))).Sum()
        + (_prior < 0 ? 0 : _product * Models[_prior].LogSpendLevel(asOf));

    /// <inheritdoc/>
    public Forecast Predict(Snapshot snapshot, Horizon horizon) => ((ICombination)this).Combine(new Predictions(snapshot, horizon));

    Forecast ICombination.Combine(Predictions said)
    {
        Forecast mixed = Mix(said);
        if (LearntDays is not { } days)
            return mixed;
        Forecast learnt = said.Horizon.Days == days ? mixed : Mix(new Predictions(said.Snapshot, new Horizon(days)));
        DateOnly day = said.Snapshot.Window.Cutoff;
        double purchases = LevelAt(day, level => level.Purchases, part => part.Purchases), spend = SpendLevelAt(day), churn = LevelAt(day, level => level.Churn, part => part.Churn);
        for (int i = 0; i < mixed.Count; i++)
        {
            if (_calibration is { Churn: not null })
                mixed.ChurnProbability[i] = Logit.Probability(Logit.OfInside(mixed.ChurnProbability[i]) + _calibration.OfChurn(Logit.OfInside(learnt.ChurnProbability[i]), churn));
            double sharpened = _sharpening?.Of(learnt.ExpectedPurchases[i], purchases) ?? 0, spent = sharpened + (_sharpening?.Spend ?? 0);
            spent += _calibration?.OfSpend(learnt.ExpectedSpend[i] * Math.Exp(spent), spend) ?? 0;
            mixed.ExpectedPurchases[i] *= Math.Exp(sharpened + (_sharpening?.Purchases ?? 0));
            mixed.ExpectedSpend[i] *= Math.Exp(spent);
        }
        return mixed;
    }

    /// <summary>Days ahead at which what moves a mixture was learnt; null where nothing does.</summary>
    private int? LearntDays => _sharpening?.HorizonDays ?? _calibration?.HorizonDays;

    /// <summary>This blend, calibrated.</summary>
    internal Blend Calibrated(BlendCalibration? calibration) => new(Models, Parts, _product, _level, _sharpening, calibration);

    private Forecast Mix(Predictions predictions)
    {
        Forecast mixed = new(predictions.Snapshot.Count);
        double[] logits = new double[mixed.Count], perPurchase = new double[mixed.Count];
        Level now = _level.At(predictions.Snapshot.Window.Cutoff);
        for (int k = 0; k < Parts.Count; k++)
        {
            BlendPart part = Parts[k];
            if (k != _prior && part is { Churn: 0, Purchases: 0, Spend: 0 })
                continue;
            Forecast said = predictions.Raw(Models[k]);
            (double churn, double purchases, double spend) = ShiftAt(part, now);
            double purchasesFactor = part.Purchases * Math.Exp(purchases), spendFactor = part.Spend * Math.Exp(spend);
            for (int i = 0; i < logits.Length; i++)
            {
                logits[i] += part.Churn * (Logit.OfInside(said.ChurnProbability[i]) + churn);
                mixed.ExpectedPurchases[i] += purchasesFactor * said.ExpectedPurchases[i];
                mixed.ExpectedSpend[i] += spendFactor * said.ExpectedSpend[i];
            }
            if (k == _prior)
                for (int i = 0; i < logits.Length; i++)
                    perPurchase[i] = said.ExpectedPurchases[i] > 0 ? said.ExpectedSpend[i] / said.ExpectedPurchases[i] : 0;
        }
        for (int i = 0; i < logits.Length; i++)
        {
            mixed.ChurnProbability[i] = Logit.Probability(logits[i]);
            mixed.ExpectedSpend[i] += _product * mixed.ExpectedPurchases[i] * perPurchase[i];
        }
        return mixed;
    }

    /// <summary>What those parts that ran at a past origin said there, mixed by their shares: for a blend that lacked a second family there.</summary>
    internal Forecast MixedAt(Validation validation)
    {
        (BlendPart Part, Forecast Said)[] ran = [.. Parts.Where(part => validation.Forecasts.ContainsKey(part.Name)).Select(part => (part, validation.Forecasts[part.Name]))];
        Forecast mixed = new(validation.Snapshot.Count);
        double[] churn = SharesOf(part => part.Churn), purchases = SharesOf(part => part.Purchases), spend = SharesOf(part => part.Spend);
        for (int i = 0; i < mixed.Count; i++)
        {
            double logit = 0;
            for (int k = 0; k < ran.Length; k++)
            {
                logit += churn[k] * Logit.OfInside(ran[k].Said.ChurnProbability[i]);
                mixed.ExpectedPurchases[i] += purchases[k] * ran[k].Said.ExpectedPurchases[i];
                mixed.ExpectedSpend[i] += spend[k] * ran[k].Said.ExpectedSpend[i];
            }
            mixed.ChurnProbability[i] = Logit.Probability(logit);
        }
        return mixed;

        double[] SharesOf(Func<BlendPart, double> share)
        {
            double total = ran.Sum(one => share(one.Part));
            return Array.ConvertAll(ran, one => total > 0 ? share(one.Part) / total : 1.0 / ran.Length);
        }
    }

    /// <summary>Log by which spend stands higher at a day than at the cutoff.</summary>
    private double SpendLevelAt(DateOnly day) => LogSpendLevel(day) - LogSpendLevel(_level.Ahead[0].Cutoff);

    /// <summary>By how much those parts that move with the level, together, stand higher at a day than at the cutoff.</summary>
    private double LevelAt(DateOnly day, Func<Level, double> of, Func<BlendPart, double> share) => (of(_level.At(day)) - of(_level.Ahead[0]))
        * Parts.Where((part, k) => part.MovesWithLevel || Models[k] is SeasonalPrior or BoostedModel { FromPrior: true }).Sum(share);

    /// <summary>How far a part's log-odds of churn are moved at a day.</summary>
    internal double ChurnShiftAt(int part, DateOnly day) => ShiftAt(Parts[part], _level.At(day)).Churn;

    /// <summary>How calibration moves mixed log-odds of churn within a window; null where it does not, or knows another horizon alone.</summary>
    internal Func<double, double>? ChurnCurveAt(ObservationWindow window)
    {
        if (_calibration?.Churn is null || window.Horizon.Days != _calibration.HorizonDays)
            return null;
        double level = LevelAt(window.Cutoff, level => level.Churn, part => part.Churn);
        return logit => logit + _calibration.OfChurn(logit, level);
    }

    private static (double Churn, double Purchases, double Spend) ShiftAt(BlendPart part, Level now) => part.MovesWithLevel
        ? (part.ChurnShift + now.Churn, part.PurchasesShift + now.Purchases, part.SpendShift + now.Spend)
        : (part.ChurnShift, part.PurchasesShift, part.SpendShift);

    /// <inheritdoc/>
    public AnswerFormulas? Formulas(FormulaInputs inputs)
    {
        if (LearntDays is { } days && inputs.HorizonDays != days)
            return null;
        AnswerFormulas?[] answers = [.. Models.Select(model => model.Formulas(inputs))];
        if (answers.Contains(null))
            return null;
        Formula Sum(Func<BlendPart, AnswerFormulas, Formula> of) => Parts.Select((part, k) => of(part, answers[k]!)).Aggregate((sum, next) => sum + next);
        Formula churn = Sum((part, said) => part.Churn * (Formula.LogitInside(said.Churn, Logit.Inside) + inputs.ByDay(day => ShiftAt(part, _level.At(day)).Churn)));
        Formula purchases = Sum((part, said) => inputs.ByDay(day => part.Purchases * Math.Exp(ShiftAt(part, _level.At(day)).Purchases)) * said.Purchases);
        Formula spend = Sum((part, said) => inputs.ByDay(day => part.Spend * Math.Exp(ShiftAt(part, _level.At(day)).Spend)) * said.Spend);
        if (_prior >= 0)
            spend += _product * purchases * Formula.WhereAbove(answers[_prior]!.Purchases, 0, answers[_prior]!.Spend / answers[_prior]!.Purchases, 0);
        if (_sharpening is not null)
        {
            Formula moved = (_sharpening.Slope - 1) * Formula.Log(Formula.Within(purchases * inputs.ByDay(day => Math.Exp(-LevelAt(day, level => level.Purchases, part => part.Purchases))), Sharpening.Least, _sharpening.Ceiling));
            (purchases, spend) = (purchases * Formula.Exp(moved + _sharpening.Purchases), spend * Formula.Exp(moved + _sharpening.Spend));
        }
        return new AnswerFormulas(Formula.Probability(_calibration?.Churned(churn, inputs.ByDay(day => LevelAt(day, level => level.Churn, part => part.Churn))) ?? churn), purchases,
            _calibration?.Spent(spend, inputs.ByDay(SpendLevelAt)) ?? spend);
    }

    /// <inheritdoc/>
    public void Save(VersionWriter writer)
    {
        writer.WriteJson(FileName, new Saved([.. Parts], _product, _level, _sharpening, _calibration));
        foreach (ICustomerModel model in Models)
            model.Save(writer);
    }

    internal static Blend Read(CandidateCatalogue candidates, VersionReader reader)
    {
        Saved saved = reader.ReadJson<Saved>(FileName);
        if (saved.Parts is not { Length: > 0 } || saved.Parts.Any(part => part.Name is null or CandidateName))
            throw new ModelStoreException($"{FileName} of version {reader.Manifest.Version}: found no parts that make a blend, expected candidates with shares; it was trained by an older program ({reader.Manifest.Product}). Train the version again.");
        SavedPriors.Require(saved.Level, CandidateName, reader);
        return new Blend([.. saved.Parts.Select(part => candidates.Read(part.Name, reader))], saved.Parts, saved.Product, saved.Level, saved.Sharpening, saved.Calibration);
    }

    /// <summary>Blends what this race has fitted already, naive rules left out.</summary>
    public sealed class Trainer : ICandidateTrainer
    {
        private const int FewestFamilies = 2;

        /// <inheritdoc/>
        public string Name => CandidateName;

        /// <inheritdoc/>
        public bool IsBaseline => false;

        /// <inheritdoc/>
        public string? WhyNot(TrainingSet training) => BlendLearner.Families(training.Earlier) < FewestFamilies ? "only one family of candidates ran, whose members are one opinion" : null;

        /// <inheritdoc/>
        public FittedCandidate Fit(TrainingSet training, IProgress<StepProgress>? progress, CancellationToken cancellation) => new(BlendLearner.Learn([.. training.Earlier], training), []);

        /// <inheritdoc/>
        /// <remarks>A blend's parts are read by the catalogue that knows them: <see cref="CandidateCatalogue.Read"/>.</remarks>
        public ICustomerModel Read(VersionReader reader) => Blend.Read(CandidateCatalogue.Standard, reader);
    }

    private sealed record Saved(BlendPart[] Parts, double Product, LevelCurve Level, Sharpening? Sharpening = null, BlendCalibration? Calibration = null);
}
