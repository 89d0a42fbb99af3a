using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Models.Drift;

/// <summary>New data beside what a model was trained on.</summary>
public sealed record DriftReport
{
    /// <summary>The version.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>Day up to which the model learnt.</summary>
    public required DateOnly Cutoff { get; init; }

    /// <summary>Day as of which the new data were looked at.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Days ahead that scores speak of.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Customers at the cutoff.</summary>
    public required int BaselineCustomers { get; init; }

    /// <summary>Customers now.</summary>
    public required int Customers { get; init; }

    /// <summary>Whether anything is over its limit.</summary>
    public required bool Drifted { get; init; }

    /// <summary>Stability index below which a movement is of no practical weight.</summary>
    public required double Threshold { get; init; }

    /// <summary>Each feature, the furthest over its limit first.</summary>
    public required IReadOnlyList<DistributionDrift> Features { get; init; }

    /// <summary>Each score.</summary>
    public required IReadOnlyList<DistributionDrift> Scores { get; init; }

    /// <summary>Ranking, calibration and totals beside their limits.</summary>
    public required IReadOnlyList<PerformanceCheck> Checks { get; init; }

    /// <summary>How good the model was at its cutoff.</summary>
    public required ModelPerformance Before { get; init; }

    /// <summary>How good it is now: estimated while outcomes are not in, and measured where they are.</summary>
    public required ModelPerformance Now { get; init; }

    /// <summary>What moved, what it means, what to do.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <summary>How far one feature or score moved.</summary>
public sealed record DistributionDrift
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required string Meaning { get; init; }

    /// <summary>Whether it is watched.</summary>
    public required Movement Movement { get; init; }

    /// <summary>Population stability index.</summary>
    public required double Stability { get; init; }

    /// <summary>What the index may reach: the practical threshold, what chance brings, or what is usual in the time that passed, whichever is most.</summary>
    public required double Limit { get; init; }

    /// <summary>Jensen-Shannon distance, 0 to 1.</summary>
    public required double JensenShannon { get; init; }

    /// <summary>Whether it is watched and over its limit.</summary>
    public required bool Over { get; init; }

    /// <summary>Shares by bin.</summary>
    public required IReadOnlyList<BinShare> Bins { get; init; }
}

/// <summary>One bin.</summary>
/// <param name="Label">The bin in words.</param>
/// <param name="Before">Share of customers at the cutoff.</param>
/// <param name="Now">Share of customers now.</param>
public sealed record BinShare(string Label, double Before, double Now);

/// <summary>One figure of the model's quality beside its limit.</summary>
/// <param name="Name">What is checked: <c>estimated_auc</c>, <c>auc</c>, <c>churn_share</c> or <c>spend_total</c>.</param>
/// <param name="Found">How far it is off; a fall for a ranking, a gap for a share, a relative gap for a total.</param>
/// <param name="Limit">How far it may be off.</param>
/// <param name="Over">Whether it is further off than chance and the limit allow.</param>
public sealed record PerformanceCheck(string Name, double Found, double Limit, bool Over);
