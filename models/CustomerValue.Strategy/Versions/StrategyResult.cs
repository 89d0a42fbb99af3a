using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Scoring;
using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Scorecard;

namespace CustomerValue.Strategy.Versions;

/// <summary>Values, quadrants, strategies and what they rest on. Rows are the same everywhere: the customers of <see cref="Strategies"/>.</summary>
/// <param name="Strategies">Values, quadrant, stage and strategy of every customer.</param>
/// <param name="Scored">The forecast.</param>
/// <param name="Scorecard">Indices with the contribution of each indicator.</param>
/// <param name="YearCosts">Cost to serve by activity and pool in the 365 days before the day; null where unknown or assumed.</param>
/// <param name="Costs">Cost to serve so far by row, assumed at the base's rate where no activity is known; null where unknown.</param>
/// <param name="YearCost">Cost to serve in the 365 days before the day, likewise.</param>
/// <param name="DirectReferrals">Customers that each brought; null without referrals.</param>
/// <param name="InfluenceShared">What of each customer's own value is credited to others; null without referrals.</param>
/// <param name="Findings">Doubts about the evidence.</param>
public sealed record StrategyResult(
    CustomerStrategies Strategies,
    ScoredCustomers Scored,
    ScorecardResult Scorecard,
    CostToServe? YearCosts,
    double[]? Costs,
    double[]? YearCost,
    int[]? DirectReferrals,
    double[]? InfluenceShared,
    IReadOnlyList<Finding> Findings);
