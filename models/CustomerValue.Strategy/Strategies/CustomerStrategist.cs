using CustomerValue.Strategy.Headroom;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Values;

namespace CustomerValue.Strategy;

/// <summary>Learns a recipe on a base and gives every customer values, quadrant, stage and strategy by it.</summary>
internal static class CustomerStrategist
{
    /// <summary>Learns lines, base rates and peer groups on the whole base.</summary>
    /// <exception cref="ArgumentException">Options or columns are not valid; the message lists all violations.</exception>
    public static StrategyRecipe Learn(StrategyInput input, StrategyOptions options)
    {
        IReadOnlyList<string> violations = [.. options.Validate(), .. StrategyInputCheck.Violations(input, options)];
        if (violations.Count > 0)
            throw new ArgumentException(string.Join(' ', violations), nameof(options));
        BaseRates rates = BaseRates.Learn(input);
        FourValues values = new(rates);
        double[] current = new double[input.Count], potential = new double[input.Count];
        for (int i = 0; i < input.Count; i++)
        {
            double net = values.NetRate(input, i);
            current[i] = values.Current(input, i, net);
            potential[i] = input.FutureSpend[i] * net;
        }
        bool indices = options.Axes == ValueAxes.Indices;
        return new StrategyRecipe(input.AsOf, options,
            Thresholds.Learn(indices ? input.CurrentIndex! : current, indices ? input.PotentialIndex! : potential, options),
            rates, PeerGroupsBuilder.Learn(PeerGroups.MeasuresOf(input), potential, options.LeastPeers));
    }

    /// <summary>Values, quadrants, stages and strategies by a recipe; one customer alone gets what they get among others.</summary>
    /// <param name="input">The customers.</param>
    /// <param name="recipe">What was learnt on the whole base.</param>
    /// <param name="previous">Labels of an earlier day, held unless a value moved clearly past its line; or null.</param>
    /// <param name="threads">Threads to use, at least 1; results do not depend on it.</param>
    /// <param name="cancellation">Stops between blocks of customers.</param>
    /// <exception cref="ArgumentException">Columns are not valid, or differ from those the recipe was learnt on.</exception>
    public static CustomerStrategies Apply(
        StrategyInput input, StrategyRecipe recipe, EarlierStrategies? previous = null, int threads = 1, CancellationToken cancellation = default)
    {
        IReadOnlyList<string> violations = StrategyInputCheck.Violations(input, recipe.Options);
        double[][] measures = PeerGroups.MeasuresOf(input);
        if (measures.Length != recipe.Peers.Measures)
            violations = [.. violations, $"Found {measures.Length} measures of likeness, expected the {recipe.Peers.Measures} that the recipe was learnt on."];
        if (violations.Count > 0)
            throw new ArgumentException(string.Join(' ', violations), nameof(input));
        CustomerStrategies result = new(input, recipe, previous is null ? null : PreviousRows(input.Ids, previous.Ids));
        StrategyBlock block = new(input, recipe, measures, result, previous);
        const int size = 8192;
        int blocks = (input.Count + size - 1) / size;
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, blocks, options, b => block.Fill(b * size, Math.Min((b + 1) * size, input.Count)));
        return result;
    }

    /// <summary>Row of each customer on the earlier day, or -1: both lists are in ordinal order.</summary>
    private static int[] PreviousRows(string[] ids, string[] earlier)
    {
        int[] rows = new int[ids.Length];
        int at = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            while (at < earlier.Length && string.CompareOrdinal(earlier[at], ids[i]) < 0)
                at++;
            rows[i] = at < earlier.Length && earlier[at] == ids[i] ? at : -1;
        }
        return rows;
    }
}
