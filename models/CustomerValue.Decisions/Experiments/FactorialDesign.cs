namespace CustomerValue.Decisions.Experiments;

/// <summary>
/// Two or three factors whose levels are all tried with each other, an arm for each combination. An effect is a contrast: a weight for each arm, which sum to 0. Combinations count alike, however
/// many customers each has, so that effects of factors do not mix.
/// </summary>
/// <remarks>Box, Hunter and Hunter (2005), Statistics for Experimenters, chapter 5; here differences of means, not halves of them.</remarks>
public sealed class FactorialDesign
{
    private readonly int[] _levels, _step;

    /// <summary>A design.</summary>
    /// <param name="levels">Number of levels of each factor, 2 or more.</param>
    public FactorialDesign(IReadOnlyList<int> levels)
    {
        _levels = [.. levels];
        _step = new int[levels.Count];
        for (int f = levels.Count - 1, step = 1; f >= 0; f--)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(levels[f], 2);
            _step[f] = step;
            step *= levels[f];
        }
    }

    /// <summary>Number of combinations.</summary>
    public int Count => _levels.Aggregate(1, (product, levels) => product * levels);

    /// <summary>Level of a factor in a combination; the last factor changes fastest.</summary>
    public int Level(int combination, int factor) => combination / _step[factor] % _levels[factor];

    /// <summary>Main effect: mean of the combinations with a level less mean of those with the first level.</summary>
    /// <returns>Weights by combination.</returns>
    public double[] Main(int factor, int level) => [.. Marginal(factor, level).Zip(Marginal(factor, 0), (one, other) => one - other)];

    /// <summary>Interaction of two factors: how much more a level changes beside the other factor's level than beside its first one.</summary>
    /// <returns>Weights by combination.</returns>
    public double[] Interaction(int factor, int level, int other, int otherLevel)
    {
        double cells = Count / (_levels[factor] * _levels[other]);
        return [.. Enumerable.Range(0, Count).Select(combination => Sign(Level(combination, factor), level) * Sign(Level(combination, other), otherLevel) / cells)];

        static int Sign(int found, int wanted) => found == wanted ? 1 : found == 0 ? -1 : 0;
    }

    /// <summary>The mean over combinations with a level.</summary>
    /// <returns>Weights by combination.</returns>
    public double[] Marginal(int factor, int level)
    {
        double share = (double)_levels[factor] / Count;
        return [.. Enumerable.Range(0, Count).Select(combination => Level(combination, factor) == level ? share : 0)];
    }
}
