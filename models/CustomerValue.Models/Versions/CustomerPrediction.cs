using CustomerValue.Models.Explanations;

namespace CustomerValue.Models.Versions;

/// <summary>What is predicted of one customer.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="ChurnProbability">Probability of no purchase within the horizon.</param>
/// <param name="ProbabilityAlive">Probability that the customer has not left for good; never <c>1 - churn</c>.</param>
/// <param name="ExpectedPurchases">Expected purchase days within the horizon.</param>
/// <param name="ExpectedSpend">Expected money within the horizon, net of returns.</param>
/// <param name="SpendP10">Spend that is undercut with probability 10 %; null where the model gives no interval.</param>
/// <param name="SpendP50">Median spend.</param>
/// <param name="SpendP90">Spend that is exceeded with probability 10 %.</param>
/// <param name="LifetimeValue">Discounted expected margin over the value horizon.</param>
/// <param name="LifetimeValueP10">Lower end of its 80 % interval; null where the model gives none.</param>
/// <param name="LifetimeValueP90">Upper end of its 80 % interval.</param>
/// <param name="NextPurchase">Median day of the next purchase; null where it is likelier than not that there is none within ten years.</param>
/// <param name="Overdue">Days silent over the customer's own mean gap (the base's for one purchase); above 1 the next purchase is late.</param>
/// <param name="Reasons">What raised and lowered the churn probability most; filled on request. Together with <paramref name="ReasonsBase"/> the contributions add up to its log-odds.</param>
/// <param name="ReasonsBase">What is the same for everyone, in log-odds of churn; null where no reasons were asked for.</param>
/// <param name="Cohort">Who answers for a customer who never bought; null for everyone else.</param>
public sealed record CustomerPrediction(
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
    IReadOnlyList<Reason> Reasons,
    double? ReasonsBase = null,
    CohortAnswer? Cohort = null);

/// <summary>Newcomers of the training data who answer for a customer who never bought.</summary>
/// <param name="Name">Which ones.</param>
/// <param name="Customers">How many were seen; 0 where the buy-till-you-die prior answers.</param>
/// <param name="Note">What is assumed, in words.</param>
public sealed record CohortAnswer(string Name, int Customers, string Note);
