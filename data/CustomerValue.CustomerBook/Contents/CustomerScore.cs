namespace CustomerValue.CustomerBook;

/// <summary>What the book says of one customer.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="ChurnProbability">Probability of no purchase within the horizon.</param>
/// <param name="ProbabilityAlive">Probability that the customer has not left for good.</param>
/// <param name="ExpectedPurchases">Expected purchase days within the horizon.</param>
/// <param name="ExpectedSpend">Expected money within the horizon, net of returns.</param>
/// <param name="SpendP10">Spend that is undercut with probability 10 %; null where the model gives no interval.</param>
/// <param name="SpendP50">Median spend.</param>
/// <param name="SpendP90">Spend that is exceeded with probability 10 %.</param>
/// <param name="LifetimeValue">Discounted expected margin over the value horizon.</param>
/// <param name="LifetimeValueP10">Lower end of its 80 % interval; null where the model gives none.</param>
/// <param name="LifetimeValueP90">Upper end of its 80 % interval.</param>
/// <param name="NextPurchase">Median day of the next purchase; null where it is likelier than not that there is none within ten years.</param>
/// <param name="Overdue">Days silent over the customer's own mean gap; above 1 the next purchase is late.</param>
/// <param name="PurchaseDays">Days with a purchase so far; null where the writer did not know.</param>
/// <param name="LastPurchase">Day of the last purchase; null where the writer did not know.</param>
/// <param name="TotalSpend">Money spent so far, net of returns; null where the writer did not know.</param>
public sealed record CustomerScore(
    string CustomerId,
    double ChurnProbability,
    double ProbabilityAlive,
    double ExpectedPurchases,
    double ExpectedSpend,
    double? SpendP10,
    double? SpendP50,
    double? SpendP90,
    double LifetimeValue,
    double? LifetimeValueP10,
    double? LifetimeValueP90,
    DateOnly? NextPurchase,
    double Overdue,
    int? PurchaseDays = null,
    DateOnly? LastPurchase = null,
    double? TotalSpend = null);
