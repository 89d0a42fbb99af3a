namespace CustomerValue.BuyTillYouDie;

/// <summary>A fitted model of repeat purchases in continuous time; immutable and safe to share between threads.</summary>
/// <remarks>
/// Times share the unit the model was fitted in. Windows start at the end of the customer's observation. Every method throws
/// <see cref="InvalidHistoryException"/> for an impossible history and <see cref="ArgumentOutOfRangeException"/> for a time
/// that is negative or not finite, and never returns NaN.
/// </remarks>
public interface ITransactionModel
{
    /// <summary>The model's name in <see cref="TransactionModels"/>, such as <c>bg-nbd</c>.</summary>
    string Name { get; }

    /// <summary>The parameters; with the name they rebuild the model through <see cref="TransactionModels.Restore"/>.</summary>
    IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>Probability that the customer has not dropped out by the end of observation.</summary>
    double ProbabilityAlive(PurchaseHistory h);

    /// <summary>Expected purchases in the next <paramref name="t"/> time units.</summary>
    double ExpectedPurchases(PurchaseHistory h, double t);

    /// <summary>Expected purchases within each of several times from the end of observation: the same figures for less than the single calls take.</summary>
    /// <param name="h">The customer.</param>
    /// <param name="t">The times.</param>
    /// <param name="destination">Receives a figure a time; as long as <paramref name="t"/>.</param>
    void ExpectedPurchases(PurchaseHistory h, ReadOnlySpan<double> t, Span<double> destination);

    /// <summary>Expected purchases in the future window [<paramref name="opens"/>, <paramref name="closes"/>), counted from the end of observation.</summary>
    double ExpectedPurchases(PurchaseHistory h, double opens, double closes);

    /// <summary>Probability of no purchase in the next <paramref name="t"/> time units: churn over that window.</summary>
    double ProbabilityOfNoPurchase(PurchaseHistory h, double t);

    /// <summary>Probability of exactly <paramref name="n"/> purchases in the next <paramref name="t"/> time units.</summary>
    double ProbabilityOfPurchases(PurchaseHistory h, double t, int n);

    /// <summary>Expected repeat purchases of a customer in the first <paramref name="t"/> time units after the first purchase.</summary>
    double ExpectedPurchasesOfNewCustomer(double t);

    /// <summary>Probability of exactly <paramref name="n"/> repeat purchases in the first <paramref name="t"/> time units after the first purchase.</summary>
    double ProbabilityOfPurchasesOfNewCustomer(double t, int n);

    /// <summary>Expected future purchases, each discounted to the end of observation by exp(-rate * time).</summary>
    /// <param name="h">The customer.</param>
    /// <param name="discountRate">Continuous discount rate a time unit, above 0 when the horizon is infinite; ln(1 + yearly rate) / units a year.</param>
    /// <param name="horizon">Purchases up to here count; infinite for all there will be (the papers' DERT).</param>
    double DiscountedExpectedPurchases(PurchaseHistory h, double discountRate, double horizon = double.PositiveInfinity);

    /// <summary>Time until the next purchase at which its probability reaches <paramref name="quantile"/>.</summary>
    /// <param name="h">The customer.</param>
    /// <param name="quantile">Above 0 and below 1; 0.5 for the median.</param>
    /// <returns>The time from the end of observation; infinite when the customer buys again with a lower probability than the quantile.</returns>
    double TimeToNextPurchase(PurchaseHistory h, double quantile = 0.5);

    /// <summary>Log-likelihood of the histories.</summary>
    double LogLikelihood(PurchaseHistories histories);

    /// <summary>Models whose parameters are drawn from the estimate's normal approximation (in logarithms): the uncertainty of the parameters.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed; the same seed gives the same models.</param>
    /// <returns>The draws; the model itself, once, when its standard errors are unknown.</returns>
    IReadOnlyList<ITransactionModel> DrawModels(int count, int seed);

    /// <summary>Repeat purchases that a new customer might make in the first <paramref name="t"/> time units, drawn from the model.</summary>
    /// <returns>Moments since the first purchase, rising.</returns>
    IReadOnlyList<double> SimulateNewCustomer(double t, Random random);

    /// <summary>Purchases that the customer might make in the next <paramref name="t"/> time units, drawn from the model.</summary>
    /// <returns>Moments since the end of observation, rising.</returns>
    IReadOnlyList<double> SimulateFuture(PurchaseHistory h, double t, Random random);

    /// <summary><see cref="ProbabilityAlive(PurchaseHistory)"/> for many customers.</summary>
    void ProbabilityAlive(ReadOnlySpan<double> x, ReadOnlySpan<double> tx, ReadOnlySpan<double> age, Span<double> destination);

    /// <summary><see cref="ExpectedPurchases(PurchaseHistory, double)"/> for many customers.</summary>
    void ExpectedPurchases(ReadOnlySpan<double> x, ReadOnlySpan<double> tx, ReadOnlySpan<double> age, double t, Span<double> destination);

    /// <summary><see cref="ProbabilityOfNoPurchase(PurchaseHistory, double)"/> for many customers.</summary>
    void ProbabilityOfNoPurchase(ReadOnlySpan<double> x, ReadOnlySpan<double> tx, ReadOnlySpan<double> age, double t, Span<double> destination);
}
