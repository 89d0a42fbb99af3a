using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Values;

namespace CustomerValue.Strategy;

/// <summary>Fills the rows of a result; blocks of customers are independent of each other.</summary>
internal sealed class StrategyBlock(StrategyInput input, StrategyRecipe recipe, double[][] measures, CustomerStrategies result, EarlierStrategies? previous)
{
    private readonly FourValues _values = new(recipe.Base);
    private readonly QuadrantRule _quadrants = new(recipe);
    private readonly StageRule _stages = new(recipe.Options.Lifecycle, recipe.Base);

    public void Fill(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            double net = _values.NetRate(input, i);
            Values(i, net);
            int before = result.PreviousRow is { } rows ? rows[i] : -1;
            Quadrant fresh = _quadrants.Label(result.CurrentAxis[i], result.PotentialAxis[i], null);
            Quadrant label = before < 0 ? fresh : _quadrants.Label(result.CurrentAxis[i], result.PotentialAxis[i], previous!.Quadrant[before]);
            (result.Quadrant[i], result.Held[i]) = (label, label != fresh);
            Probabilities(i, net);
            (result.Stage[i], result.Lateness[i]) = _stages.Of(input, i);
            Recommendation byQuadrant = _quadrants.Recommend(label, result.Current[i], result.Potential[i], result.Influence[i], input.StepsTaken?[i] ?? GentleSteps.None);
            result.Recommendation[i] = StrategyPairs.Settle(byQuadrant, result.Stage[i], result.Potential[i]);
        }
    }

    private void Values(int i, double net)
    {
        result.Realised[i] = FourValues.Realised(input, i);
        result.Current[i] = _values.Current(input, i, net);
        double potential = result.Potential[i] = input.FutureSpend[i] * net;
        if (input.FutureSpendP10.Length > 0)
        {
            double low = input.FutureSpendP10[i] * net, high = input.FutureSpendP90[i] * net;
            (result.PotentialP10[i], result.PotentialP90[i]) = (Math.Min(low, high), Math.Max(low, high));
        }
        double influence = result.Influence[i] = input.Influence?[i] ?? 0;
        result.Total[i] = result.Realised[i] + potential + influence;
        int group = recipe.Peers.GroupOf(measures, i);
        result.Headroom[i] = recipe.Peers.Headroom(group, potential);
        result.Peers[i] = recipe.Peers.Peers[group];
    }

    private void Probabilities(int i, double net)
    {
        (double high, double low) = (result.PotentialP90.Length > 0 ? result.PotentialP90[i] : 0, result.PotentialP10.Length > 0 ? result.PotentialP10[i] : 0);
        double potential = PotentialBelief.AtLeast(
            _quadrants.PotentialLine(result.Potential[i], result.PotentialAxis[i]), result.Potential[i], low, high, 1 - input.ProbabilityAlive[i], input.ChurnProbability[i]);
        (double mean, double variation) = _values.CurrentBelief(input, i, net);
        double current = _quadrants.CurrentAtLeast(result.Current[i], result.CurrentAxis[i], mean, variation);
        double both = _quadrants.Both(current, potential);
        result.DevelopProbability[i] = both;
        result.RetainProbability[i] = current - both;
        result.CultivateProbability[i] = potential - both;
        result.MaintainProbability[i] = 1 - current - potential + both;
    }
}
