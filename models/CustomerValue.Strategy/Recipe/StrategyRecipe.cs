using CustomerValue.Strategy.Headroom;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Values;

namespace CustomerValue.Strategy;

/// <summary>All that was learnt on the whole base and is needed to give one customer alone the answer of the batch; serialises as JSON and travels with a promoted version.</summary>
/// <param name="LearntAt">The day it was learnt at.</param>
/// <param name="Options">The choices it was learnt with.</param>
/// <param name="Thresholds">The lines between low and high.</param>
/// <param name="Base">What the base teaches about one customer.</param>
/// <param name="Peers">Groups of look-alikes and what their top quarter brings.</param>
public sealed record StrategyRecipe(DateOnly LearntAt, StrategyOptions Options, Thresholds Thresholds, BaseRates Base, PeerGroups Peers);
