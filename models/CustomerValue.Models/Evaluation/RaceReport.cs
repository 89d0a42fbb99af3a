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
public sealed record CandidateReport
{
    /// <summary>Name of the candidate.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is one of the naive rules the others must beat.</summary>
    public required bool IsBaseline { get; init; }

    /// <summary>The candidate introducing itself in one line.</summary>
    public required string Description { get; init; }

    /// <summary>Seconds spent fitting.</summary>
    public required double FitSeconds { get; init; }

    /// <summary>Expected purchases, whole population.</summary>
    public required PurchaseMetrics Purchases { get; init; }

    /// <summary>Expected spend, whole population.</summary>
    public required SpendMetrics Spend { get; init; }

    /// <summary>Churn probability, whole population.</summary>
    public required ChurnMetrics Churn { get; init; }

    /// <summary>The same figures for active customers only.</summary>
    public required ActiveMetrics? Active { get; init; }
}

/// <summary>Figures for active customers only: long-gone customers flatter every churn figure.</summary>
/// <param name="Purchases">Expected purchases.</param>
/// <param name="Spend">Expected spend.</param>
/// <param name="Churn">Churn probability.</param>
public sealed record ActiveMetrics(PurchaseMetrics Purchases, SpendMetrics Spend, ChurnMetrics Churn);
