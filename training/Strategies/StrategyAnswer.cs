using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Training.Strategies;

/// <summary>What a strategy was learnt with, in short.</summary>
internal sealed record StrategyAnswer
{
    /// <summary>The day it was learnt at.</summary>
    public required DateOnly LearntAt { get; init; }

    /// <summary>Money or indices.</summary>
    public required ValueAxes Axes { get; init; }

    /// <summary>How lines were drawn.</summary>
    public required ThresholdRule ThresholdRule { get; init; }

    /// <summary>Line of current value, in the unit of the axes.</summary>
    public required double CurrentLine { get; init; }

    /// <summary>Line of potential value.</summary>
    public required double PotentialLine { get; init; }

    /// <summary>How far past a line a customer must move before an earlier label is given up.</summary>
    public required double HysteresisBand { get; init; }

    /// <summary>Margin as a share of spend over the base.</summary>
    public required double MarginRate { get; init; }

    /// <summary>Cost to serve as a share of spend over the base.</summary>
    public required double CostRate { get; init; }

    /// <summary>Which activities costs come from.</summary>
    public required CostSource CostSource { get; init; }

    /// <summary>Name of the scorecard.</summary>
    public required string Scorecard { get; init; }

    public static StrategyAnswer Of(StrategyOfVersion strategy) => new()
    {
        LearntAt = strategy.Recipe.LearntAt,
        Axes = strategy.Recipe.Options.Axes,
        ThresholdRule = strategy.Recipe.Options.ThresholdRule,
        CurrentLine = strategy.Recipe.Thresholds.Current,
        PotentialLine = strategy.Recipe.Thresholds.Potential,
        HysteresisBand = strategy.Recipe.Options.HysteresisBand,
        MarginRate = strategy.Recipe.Base.Margin.Base,
        CostRate = strategy.Recipe.Base.CostRate,
        CostSource = strategy.CostSource,
        Scorecard = strategy.Scorecard.Name,
    };
}
