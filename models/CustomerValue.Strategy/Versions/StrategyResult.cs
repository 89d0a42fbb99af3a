using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Influence;
using CustomerValue.Strategy.Scorecard;

namespace CustomerValue.Strategy.Versions;

/// <summary>Values, quadrants, strategies and what they rest on. Rows are the same everywhere: the customers of <see cref="Strategies"/>.</summary>
public sealed record StrategyResult
{
    /// <summary>Values, quadrant, stage and strategy of every customer.</summary>
    public required CustomerStrategies Strategies { get; init; }

    /// <summary>The forecast.</summary>
    public required ScoredCustomers Scored { get; init; }

    /// <summary>Indices with the contribution of each indicator.</summary>
    public required ScorecardResult Scorecard { get; init; }

    /// <summary>Cost to serve by activity and pool in the 365 days before the day; null where unknown or assumed.</summary>
    public required CostToServe? YearCosts { get; init; }

    /// <summary>Cost to serve so far by row, assumed at the base's rate where no activity is known; null where unknown.</summary>
    public required double[]? Costs { get; init; }

    /// <summary>Cost to serve in the 365 days before the day, likewise.</summary>
    public required double[]? YearCost { get; init; }

    /// <summary>Customers that each brought; null without referrals.</summary>
    public required int[]? DirectReferrals { get; init; }

    /// <summary>Who brought whom, by customers of the log; null without referrals.</summary>
    public required ReferralGraph? Referrals { get; init; }

    /// <summary>What of each customer's own value is credited to others; null without referrals.</summary>
    public required double[]? InfluenceShared { get; init; }

    /// <summary>Doubts about the evidence.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}
