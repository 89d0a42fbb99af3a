using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Candidates;

/// <summary>The buy-till-you-die prior moved, for everyone alike, to the level of season and growth that past origins suggest.</summary>
/// <param name="prior">The prior.</param>
/// <param name="level">The level at which the base is expected to stand.</param>
/// <param name="moneyUnit">Money that counts as one.</param>
public sealed class SeasonalPrior(IPriorModel prior, LevelCurve level, double moneyUnit = 1) : ICustomerModel
{
    private const string CandidateName = "seasonal-prior";
    private const string FileName = "seasonal-prior.json";

    /// <inheritdoc/>
    public string Name => CandidateName;

    /// <summary>The prior that is moved.</summary>
    public IPriorModel Prior => prior;

    internal LevelCurve Level => level;

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant($"seasonal-prior: {prior.Name} at a level by {level.Basis}, {(Math.Exp(level.Ahead[0].Purchases) - 1) * 100:+0;-0;0} % at the cutoff");

    /// <inheritdoc/>
    public double LogSpendLevel(DateOnly asOf) => level.At(asOf).Spend;

    /// <inheritdoc/>
    public Forecast Predict(Snapshot snapshot, Horizon horizon)
    {
        PriorView view = prior.View(snapshot, horizon);
        double[] margins = BoostedModel.Margins(view, level.At(snapshot.Window.Cutoff), moneyUnit);
        Forecast forecast = new(snapshot.Count);
        for (int i = 0; i < view.Count; i++)
        {
            forecast.ChurnProbability[i] = Logit.Probability(margins[i]);
            forecast.ExpectedPurchases[i] = Math.Exp(margins[view.Count + i]);
            forecast.ExpectedSpend[i] = moneyUnit * Math.Exp(margins[2 * view.Count + i]);
        }
        return forecast;
    }

    /// <inheritdoc/>
    public AnswerFormulas Formulas(FormulaInputs inputs)
    {
        PriorFormulas view = new(prior, inputs);
        return new AnswerFormulas(
            Formula.Probability(view.Margin(Target.Churn, level, moneyUnit, inputs)),
            Formula.Exp(view.Margin(Target.Purchases, level, moneyUnit, inputs)),
            moneyUnit * Formula.Exp(view.Margin(Target.Spend, level, moneyUnit, inputs)));
    }

    /// <inheritdoc/>
    public void Save(VersionWriter writer)
    {
        if (!writer.Has(FileName))
            writer.WriteJson(FileName, new Saved(prior.Name, level, moneyUnit));
        prior.Save(writer);
    }

    /// <summary>Learns the level; the prior is the race's.</summary>
    /// <param name="priors">Reads the prior of a saved model.</param>
    public sealed class Trainer(IPriorTrainer priors) : ICandidateTrainer
    {
        /// <inheritdoc/>
        public string Name => CandidateName;

        /// <inheritdoc/>
        public bool IsBaseline => false;

        /// <inheritdoc/>
        public string? WhyNot(TrainingSet training) =>
            training.Prior is null ? "no prior could be fitted"
            : training.Past.Count == 0 ? $"the history before the cutoff is too short for a past origin with {training.Horizon} of outcomes after it" : null;

        /// <inheritdoc/>
        public FittedCandidate Fit(TrainingSet training, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
            new(new SeasonalPrior(training.Prior!, training.Level, MoneyUnit.Of(training.Prior!)), []);

        /// <inheritdoc/>
        public ICustomerModel Read(VersionReader reader)
        {
            Saved saved = reader.ReadJson<Saved>(FileName);
            SavedPriors.Require(saved.Level, CandidateName, reader);
            return new SeasonalPrior(priors.ReadSaved(saved.Prior, reader), saved.Level, saved.MoneyUnit);
        }
    }

    private sealed record Saved(string Prior, LevelCurve Level, double MoneyUnit = 1);
}
