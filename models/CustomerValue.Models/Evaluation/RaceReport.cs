namespace CustomerValue.Models.Evaluation;

/// <summary>All candidates measured on the same holdout.</summary>
/// <param name="Cutoff">First day of the holdout.</param>
/// <param name="HorizonDays">Length of the holdout in days.</param>
/// <param name="Customers">Customers of the population.</param>
/// <param name="ActiveCustomers">Those with a purchase within the last year or two horizons, whichever is longer.</param>
/// <param name="Champion">Name of the chosen candidate.</param>
/// <param name="Candidates">Figures of each candidate, in the order they ran.</param>
public sealed record RaceReport(
    DateOnly Cutoff,
    int HorizonDays,
    int Customers,
    int ActiveCustomers,
    string Champion,
    IReadOnlyList<CandidateReport> Candidates)
{
    /// <summary>How often the champion's 80 % interval of spend held on the holdout, overall and by group; empty where it gives none.</summary>
    public IReadOnlyList<GroupCoverage> SpendCoverage { get; init; } = [];

    /// <summary>Whether money was measured: where the transactions have no amounts, nothing was spent and figures of spend mean nothing.</summary>
    public bool KnowsMoney() => Candidates.Any(candidate => double.IsFinite(candidate.Spend.Bias) || !double.IsFinite(candidate.Purchases.Bias));
}

/// <summary>Figures of one candidate on the holdout.</summary>
/// <param name="Name">Name of the candidate.</param>
/// <param name="IsBaseline">Whether it is one of the naive rules the others must beat.</param>
/// <param name="Description">The candidate introducing itself in one line.</param>
/// <param name="FitSeconds">Seconds spent fitting.</param>
/// <param name="Purchases">Expected purchases, whole population.</param>
/// <param name="Spend">Expected spend, whole population.</param>
/// <param name="Churn">Churn probability, whole population.</param>
/// <param name="Active">The same figures for active customers only.</param>
public sealed record CandidateReport(
    string Name,
    bool IsBaseline,
    string Description,
    double FitSeconds,
    PurchaseMetrics Purchases,
    SpendMetrics Spend,
    ChurnMetrics Churn,
    ActiveMetrics? Active);

/// <summary>Figures for active customers only: long-gone customers flatter every churn figure.</summary>
/// <param name="Purchases">Expected purchases.</param>
/// <param name="Spend">Expected spend.</param>
/// <param name="Churn">Churn probability.</param>
public sealed record ActiveMetrics(PurchaseMetrics Purchases, SpendMetrics Spend, ChurnMetrics Churn);
