using CustomerValue.Boosting;
using CustomerValue.Decisions.Tests.Experiments;
using CustomerValue.Decisions.Uplift;

namespace CustomerValue.Decisions.Tests.Uplift;

/// <summary>Small experiments.</summary>
internal static class Experiments
{
    /// <summary>Customers who buy with probability .3, and all alike with more by an effect.</summary>
    public static UpliftTable Alike(int count, double effect, int seed)
    {
        Random random = new(seed);
        int[] arm = [.. Enumerable.Range(0, count).Select(i => i % 2)];
        return Table(random, arm, i => random.NextDouble() < 0.3 + arm[i] * effect ? 1 : 0);
    }

    public static UpliftTable Table(Random random, int[] arm, Func<int, float> outcome, UpliftOutcome kind = UpliftOutcome.Buying, float[]? first = null) => new(
        new BoostingData([.. Enumerable.Range(0, 3).Select(c => FeatureColumn.Numeric($"x{c}", c == 0 && first is not null ? first : [.. arm.Select(_ => (float)random.Normal())]))]),
        ["none", "call"], arm, [.. Enumerable.Range(0, arm.Length).Select(outcome)], kind);
}
