using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Forecasting;

/// <summary>The role of a model that knows the shape of repeat buying over any time ahead: trees start from it, lifetime value takes its tail from it, and it answers P(alive) and customers without a history.</summary>
/// <remarks>Histories are in weeks, as <see cref="Snapshot.Histories"/> gives them; times ahead are in days.</remarks>
public interface IPriorModel : ICustomerModel
{
    /// <summary>What it says of each customer of a snapshot, before season and growth.</summary>
    /// <param name="snapshot">Features at a cutoff; its outcomes are never looked at.</param>
    /// <param name="horizon">Days ahead.</param>
    PriorView View(Snapshot snapshot, Horizon horizon);

    /// <summary>Expected purchase days in the next <paramref name="days"/> days.</summary>
    double ExpectedPurchases(PurchaseHistory history, double days);

    /// <summary>Expected repeat purchase days in the first <paramref name="days"/> days of a customer of whom nothing else is known.</summary>
    double ExpectedPurchasesOfNewCustomer(double days);

    /// <summary>Probability of no purchase in the next <paramref name="days"/> days.</summary>
    double ProbabilityOfNoPurchase(PurchaseHistory history, double days);

    /// <summary>Probability of exactly <paramref name="purchases"/> purchase days in the next <paramref name="days"/> days.</summary>
    double ProbabilityOfPurchases(PurchaseHistory history, double days, int purchases);

    /// <summary>Probability that the customer has not left for good.</summary>
    double ProbabilityAlive(PurchaseHistory history);

    /// <summary>Days within which the next purchase comes with a probability; positive infinity where it is likelier that there is none.</summary>
    /// <param name="history">The customer.</param>
    /// <param name="probability">The probability, 0 to 1; a half for the median.</param>
    double DaysToNextPurchase(PurchaseHistory history, double probability = 0.5);

    /// <summary>The probability of no purchase that it gives as a forecast of churn; it may differ from <see cref="ProbabilityOfNoPurchase"/>, which stays the model's own.</summary>
    double ChurnProbability(PurchaseHistory history, double days);

    /// <summary>Expected money of a purchase day, by all purchases so far.</summary>
    /// <param name="x">Repeat purchases.</param>
    /// <param name="totalSpend">Money so far.</param>
    double ExpectedSpend(double x, double totalSpend);

    /// <summary>Expected money of a purchase day, by repeat purchases alone, as published; of a customer without one, the base's.</summary>
    /// <param name="x">Repeat purchases.</param>
    /// <param name="meanRepeatSpend">Their mean money.</param>
    double ExpectedRepeatSpend(double x, double meanRepeatSpend);
}
