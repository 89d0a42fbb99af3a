using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Candidates;

/// <summary>A buy-till-you-die model of purchases with Gamma-Gamma spend, fitted on the population at the cutoff; needs no outcomes.</summary>
/// <param name="name">Name of the transaction model in the buy-till-you-die library, for example <c>bg-nbd</c>.</param>
/// <param name="isRegular">Whether the model knows how evenly purchases come: it is fitted on the gaps between them, says by itself how likely no purchase is, and stands aside where they come as chance makes them.</param>
internal sealed class BuyTillYouDieTrainer(string name, bool isRegular = false) : IPriorTrainer
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool IsBaseline => false;

    /// <inheritdoc/>
    public string? WhyNot(TrainingSet training) =>
        !CanFit(training.Latest)
            ? "no customer bought twice before the cutoff, so there is no rate to learn"
            : isRegular && Regular(training, default).Purchases is BetaGeometricModel { K: 1 } ? "purchases come as irregularly as chance makes them (k = 1), so that it would say what mbg-nbd says" : null;

    /// <inheritdoc/>
    /// <remarks>Customers who bought twice.</remarks>
    public bool CanFit(Snapshot snapshot) => snapshot.Count >= 2 && snapshot.Aggregates.X.IndexOfAnyExcept(0.0) >= 0;

    /// <inheritdoc/>
    public FittedCandidate Fit(TrainingSet training, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        BuyTillYouDieModel model = training.Prior is BuyTillYouDieModel prior && prior.Name == name ? prior
            : isRegular ? Regular(training, cancellation) : Fit(training.Latest, training.Threads, cancellation);
        return new FittedCandidate(model, model.Findings);
    }

    /// <inheritdoc/>
    public IPriorModel FitPrior(Snapshot snapshot, int threads, CancellationToken cancellation) => Fit(snapshot, threads, cancellation);

    /// <inheritdoc/>
    public IPriorModel ReadPrior(VersionReader reader) => BuyTillYouDieModel.Read(name, reader);

    /// <summary>Fitted once a race, since whether it runs rests on its fit.</summary>
    private BuyTillYouDieModel Regular(TrainingSet training, CancellationToken cancellation) => training.Shared(known => Fit(known.Latest, known.Threads, cancellation));

    private BuyTillYouDieModel Fit(Snapshot snapshot, int threads, CancellationToken cancellation)
    {
        FitResult<ITransactionModel> purchases = TransactionModels.Fit(name, isRegular ? snapshot.SpacedHistories : snapshot.Histories, new FitOptions { Threads = threads }, cancellation);
        (SpendModel spend, IReadOnlyList<FitFinding> doubts) = SpendModel.Fit(snapshot, cancellation);
        ChurnCurve? churn = isRegular ? null : MatchChurn(purchases.Model, snapshot);
        string description = string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{name} on {snapshot.Count:N0} customers to {snapshot.Window.LastObservedDay:yyyy-MM-dd} (weeks): {string.Join(", ", purchases.Model.Parameters.Select(p => FormattableString.Invariant($"{p.Name} {p.Value:G4}")))}; log-likelihood {purchases.LogLikelihood:F1}; {spend.Description}");
        return new BuyTillYouDieModel(name, description, purchases.Model, churn, spend)
        {
            Findings = [.. purchases.Findings.Concat(doubts).Select(doubt => FitDoubt.ToFinding(doubt, name))],
        };
    }

    private static ChurnCurve MatchChurn(ITransactionModel model, Snapshot snapshot)
    {
        double weeks = snapshot.Window.Horizon.Weeks;
        PurchaseHistories histories = snapshot.Histories;
        double[] expected = new double[histories.Count], none = new double[histories.Count];
        model.ExpectedPurchases(histories.X, histories.Tx, histories.T, weeks, expected);
        model.ProbabilityOfNoPurchase(histories.X, histories.Tx, histories.T, weeks, none);
        return ChurnCurve.Match(expected, none);
    }

    /// <inheritdoc/>
    public ICustomerModel Read(VersionReader reader) => ReadPrior(reader);
}
