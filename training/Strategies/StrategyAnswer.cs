using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Training.Strategies;

/// <summary>What a strategy was learnt with, in short.</summary>
/// <param name="LearntAt">The day it was learnt at.</param>
/// <param name="Axes">Money or indices.</param>
/// <param name="ThresholdRule">How lines were drawn.</param>
/// <param name="CurrentLine">Line of current value, in the unit of the axes.</param>
/// <param name="PotentialLine">Line of potential value.</param>
/// <param name="HysteresisBand">How far past a line a customer must move before an earlier label is given up.</param>
/// <param name="MarginRate">Margin as a share of spend over the base.</param>
/// <param name="CostRate">Cost to serve as a share of spend over the base.</param>
/// <param name="CostSource">Which activities costs come from.</param>
/// <param name="Scorecard">Name of the scorecard.</param>
internal sealed record StrategyAnswer(
    DateOnly LearntAt,
    ValueAxes Axes,
    ThresholdRule ThresholdRule,
    double CurrentLine,
    double PotentialLine,
    double HysteresisBand,
    double MarginRate,
    double CostRate,
    CostSource CostSource,
    string Scorecard)
{
    public static StrategyAnswer Of(StrategyOfVersion strategy) => new(
        strategy.Recipe.LearntAt,
        strategy.Recipe.Options.Axes,
        strategy.Recipe.Options.ThresholdRule,
        strategy.Recipe.Thresholds.Current,
        strategy.Recipe.Thresholds.Potential,
        strategy.Recipe.Options.HysteresisBand,
        strategy.Recipe.Base.Margin.Base,
        strategy.Recipe.Base.CostRate,
        strategy.CostSource,
        strategy.Scorecard.Name);
}
