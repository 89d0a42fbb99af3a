using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Candidates;

/// <summary>Share of the trees in a blend, by target; the rest is the seasonal prior's.</summary>
/// <param name="Churn">Share in churn, mixed in log-odds.</param>
/// <param name="Purchases">Share in expected purchases.</param>
/// <param name="Spend">Share in expected spend; the rest is half the seasonal prior's and half the trees' purchases times the prior's money a purchase.</param>
public sealed record BlendWeights(double Churn, double Purchases, double Spend);

/// <summary>Trees that start from the prior, mixed with the seasonal prior itself: trees err least on most customers, the prior ranks the few that trees have not seen.</summary>
/// <param name="trees">The prior-boosted model.</param>
/// <param name="prior">The seasonal prior.</param>
/// <param name="weights">Share of the trees by target.</param>
public sealed class Blend(ICustomerModel trees, ICustomerModel prior, BlendWeights weights) : ICustomerModel
{
    private const string CandidateName = "blend";
    private const string FileName = "blend.json";

    /// <inheritdoc/>
    public string Name => CandidateName;

    /// <summary>Share of the trees by target.</summary>
    public BlendWeights Weights => weights;

    /// <summary>The model whose trees correct the prior.</summary>
    public ICustomerModel Trees => trees;

    internal ICustomerModel Prior => prior;

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant($"blend of {trees.Name} ({weights.Churn:0.##} of churn, {weights.Purchases:0.##} of purchases, {weights.Spend:0.##} of spend) and {prior.Name}; {trees.Description}");

    /// <inheritdoc/>
    public double LogSpendLevel(DateOnly asOf) => prior.LogSpendLevel(asOf);

    /// <inheritdoc/>
    public double Tolerance => Math.Max(trees.Tolerance, prior.Tolerance);

    /// <inheritdoc/>
    public Forecast Predict(Snapshot snapshot, Horizon horizon) =>
        Mix(trees.Predict(snapshot, horizon), prior.Predict(snapshot, horizon), weights);

    /// <inheritdoc/>
    public AnswerFormulas? Formulas(FormulaInputs inputs)
    {
        if (trees.Formulas(inputs) is not { } first || prior.Formulas(inputs) is not { } second)
            return null;
        Formula perPurchase = Formula.WhereAbove(second.Purchases, 0, second.Spend / second.Purchases, 0);
        return new AnswerFormulas(
            Formula.Probability(weights.Churn * Formula.LogitInside(first.Churn, Logit.Inside) + (1 - weights.Churn) * Formula.LogitInside(second.Churn, Logit.Inside)),
            weights.Purchases * first.Purchases + (1 - weights.Purchases) * second.Purchases,
            weights.Spend * first.Spend + (1 - weights.Spend) / 2 * (second.Spend + first.Purchases * perPurchase));
    }

    /// <inheritdoc/>
    public void Save(VersionWriter writer)
    {
        writer.WriteJson(FileName, weights);
        trees.Save(writer);
        prior.Save(writer);
    }

    internal static Forecast Mix(Forecast trees, Forecast prior, BlendWeights weights)
    {
        Forecast mixed = new(trees.Count);
        for (int i = 0; i < mixed.Count; i++)
        {
            double perPurchase = prior.ExpectedPurchases[i] > 0 ? prior.ExpectedSpend[i] / prior.ExpectedPurchases[i] : 0;
            double product = trees.ExpectedPurchases[i] * perPurchase;
            mixed.ChurnProbability[i] = Logit.Probability(weights.Churn * Logit.OfInside(trees.ChurnProbability[i]) + (1 - weights.Churn) * Logit.OfInside(prior.ChurnProbability[i]));
            mixed.ExpectedPurchases[i] = weights.Purchases * trees.ExpectedPurchases[i] + (1 - weights.Purchases) * prior.ExpectedPurchases[i];
            mixed.ExpectedSpend[i] = weights.Spend * trees.ExpectedSpend[i] + (1 - weights.Spend) / 2 * (prior.ExpectedSpend[i] + product);
        }
        return mixed;
    }

    /// <summary>Mixes two candidates that this race has fitted already; the weights come from the validation race.</summary>
    public sealed class Trainer(ICandidateTrainer trees, ICandidateTrainer prior) : ICandidateTrainer
    {
        /// <inheritdoc/>
        public string Name => CandidateName;

        /// <inheritdoc/>
        public bool IsBaseline => false;

        /// <inheritdoc/>
        public string? WhyNot(TrainingSet training) =>
            Find(training, trees) is null || Find(training, prior) is null ? $"{trees.Name} or {prior.Name} did not run" : null;

        /// <inheritdoc/>
        public FittedCandidate Fit(TrainingSet training, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
            new(new Blend(Find(training, trees)!, Find(training, prior)!, BlendSearch.Choose(training.Validation, trees.Name, prior.Name)), []);

        /// <inheritdoc/>
        public ICustomerModel Read(VersionReader reader) =>
            new Blend(trees.Read(reader), prior.Read(reader), reader.ReadJson<BlendWeights>(FileName));

        private static ICustomerModel? Find(TrainingSet training, ICandidateTrainer part) => training.Earlier.FirstOrDefault(model => model.Name == part.Name);
    }
}
