namespace CustomerValue.BuyTillYouDie;

/// <summary>A fitted model of repeat purchases in continuous time; immutable and safe to share between threads.</summary>
/// <remarks>
/// Times share the unit the model was fitted in. Windows start at the end of the customer's observation. Every method throws
/// <see cref="InvalidHistoryException"/> for an impossible history and <see cref="ArgumentOutOfRangeException"/> for a negative or non-finite time.
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

    /// <summary>Probability of no purchase in the next <paramref name="t"/> time units: churn over that window.</summary>
    double ProbabilityOfNoPurchase(PurchaseHistory h, double t);

    /// <summary>Expected repeat purchases of a customer in the first <paramref name="t"/> time units after the first purchase.</summary>
    double ExpectedPurchasesOfNewCustomer(double t);
}
