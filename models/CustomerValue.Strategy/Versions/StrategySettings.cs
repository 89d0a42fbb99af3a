using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Influence;
using CustomerValue.Strategy.Scorecard;
using CustomerValue.Strategy.Values;

namespace CustomerValue.Strategy.Versions;

/// <summary>Everything a house decides before strategy is learnt: lines, margins, rates, referrals, scorecard.</summary>
public sealed record StrategySettings
{
    /// <summary>How lines are drawn, when labels move, how the budget is shared.</summary>
    public StrategyOptions Options { get; init; } = new();

    /// <summary>Margins where transactions carry none.</summary>
    public MarginOptions Margins { get; init; } = new();

    /// <summary>How value flows over referrals.</summary>
    public InfluenceOptions Influence { get; init; } = new();

    /// <summary>What activities cost; null where the cost to serve is unknown. The pools' cost and capacity are those of 365 days.</summary>
    public CostRates? Rates { get; init; }

    /// <summary>The scorecard.</summary>
    public ValueScorecard Scorecard { get; init; } = ValueScorecard.Default;
}
