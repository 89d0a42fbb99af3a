using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Models.Drift;

/// <summary>New data beside what a model was trained on.</summary>
/// <param name="ModelVersion">The version.</param>
/// <param name="Cutoff">Day up to which the model learnt.</param>
/// <param name="AsOf">Day as of which the new data were looked at.</param>
/// <param name="HorizonDays">Days ahead that scores speak of.</param>
/// <param name="BaselineCustomers">Customers at the cutoff.</param>
/// <param name="Customers">Customers now.</param>
/// <param name="Drifted">Whether anything is over its limit.</param>
/// <param name="Threshold">Stability index below which a movement is of no practical weight.</param>
/// <param name="Features">Each feature, the furthest over its limit first.</param>
/// <param name="Scores">Each score.</param>
/// <param name="Checks">Ranking, calibration and totals beside their limits.</param>
/// <param name="Before">How good the model was at its cutoff.</param>
/// <param name="Now">How good it is now: estimated while outcomes are not in, and measured where they are.</param>
/// <param name="Findings">What moved, what it means, what to do.</param>
public sealed record DriftReport(
    string ModelVersion,
    DateOnly Cutoff,
    DateOnly AsOf,
    int HorizonDays,
    int BaselineCustomers,
    int Customers,
    bool Drifted,
    double Threshold,
    IReadOnlyList<DistributionDrift> Features,
    IReadOnlyList<DistributionDrift> Scores,
    IReadOnlyList<PerformanceCheck> Checks,
    ModelPerformance Before,
    ModelPerformance Now,
    IReadOnlyList<Finding> Findings);

/// <summary>How far one feature or score moved.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Movement">Whether it is watched.</param>
/// <param name="Stability">Population stability index.</param>
/// <param name="Limit">What the index may reach: the practical threshold, what chance brings, or what is usual in the time that passed, whichever is most.</param>
/// <param name="JensenShannon">Jensen-Shannon distance, 0 to 1.</param>
/// <param name="Over">Whether it is watched and over its limit.</param>
/// <param name="Bins">Shares by bin.</param>
public sealed record DistributionDrift(
    string Name,
    string Meaning,
    Movement Movement,
    double Stability,
    double Limit,
    double JensenShannon,
    bool Over,
    IReadOnlyList<BinShare> Bins);

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
