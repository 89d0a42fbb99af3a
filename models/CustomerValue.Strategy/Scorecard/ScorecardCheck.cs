using System.Globalization;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Strategy.Scorecard;

/// <summary>Checks what a scorecard says and computes the weights that need no data.</summary>
internal sealed class ScorecardCheck(string source, IndicatorCatalogue catalogue)
{
    private const double WeightTolerance = 0.001;

    /// <summary>Checks the branches and gives them weights that sum to 1, half and half where none are given.</summary>
    public void Run(ScorecardItem current, ScorecardItem potential)
    {
        foreach (ScorecardItem branch in new[] { current, potential })
        {
            Group(branch);
            HashSet<string> seen = new(StringComparer.Ordinal);
            foreach (ScorecardItem leaf in branch.Leaves)
            {
                Leaf(leaf);
                if (!seen.Add(leaf.Name))
                    throw Bad(leaf, $"the indicator '{leaf.Name}' twice under {branch.Name}", "it once", "remove one and add its weight to the other");
            }
        }
        (current.Weight, potential.Weight) = (current.Weight, potential.Weight) switch
        {
            (null, null) => (0.5, 0.5),
            ({ } one, { } other) when Math.Abs(one + other - 1) <= WeightTolerance => (one / (one + other), other / (one + other)),
            _ => throw Bad(current, string.Create(CultureInfo.InvariantCulture, $"weights of the two branches {current.Weight} and {potential.Weight}"), "both or none, with a sum of 1", "correct them"),
        };
    }

    private void Group(ScorecardItem group)
    {
        if (group.Items.Count == 0)
            throw Bad(group, $"no items under '{group.Name}'", "at least one", "add indicators or remove the group");
        foreach (ScorecardItem item in group.Items.Where(item => item.IsGroup))
            Group(item);
        if (group.Weighting != Weighting.Ahp && group.Judgements is not null)
            throw Bad(group, $"judgements under '{group.Name}' that are not used", "\"weights\": \"ahp\" beside them", "add it or remove the judgements");
        if (group.Weighting != Weighting.Direct && group.Items.Find(item => item.Weight is not null) is { } weighted)
            throw Bad(weighted, $"a weight of '{weighted.Name}'", $"none, as the weights under '{group.Name}' are computed", "remove it");
        switch (group.Weighting)
        {
            case Weighting.Direct:
                Direct(group);
                break;
            case Weighting.Ahp:
                Judge(group);
                break;
            default:
                if (group.Items.Find(item => item.IsGroup) is { } inner)
                    throw Bad(inner, $"the group '{inner.Name}' under '{group.Name}'", "indicators only, as entropy weighs columns of values", "weigh the groups directly or by ahp");
                break;
        }
    }

    private void Direct(ScorecardItem group)
    {
        if (group.Items.Find(item => item.Weight is null) is { } without)
            throw Bad(without, $"no weight of '{without.Name}'", "one from 0 to 1", "add \"weight\", or weigh the group by ahp or entropy");
        double sum = group.Items.Sum(item => item.Weight!.Value);
        if (Math.Abs(sum - 1) > WeightTolerance)
            throw Bad(group, string.Create(CultureInfo.InvariantCulture, $"weights under '{group.Name}' with a sum of {sum:0.####}"), "a sum of 1", "change them so that they sum to 1");
        foreach (ScorecardItem item in group.Items)
            item.Weight /= sum;
    }

    private void Judge(ScorecardItem group)
    {
        if (group.Judgements is not { } judgements || judgements.Count != group.Items.Count)
            throw Bad(group, $"{group.Judgements?.Count ?? 0} rows of judgements under '{group.Name}'", $"{group.Items.Count}, one for each item", "compare every item with every other");
        PairwiseComparison weights;
        try
        {
            weights = PairwiseComparison.Of(judgements);
        }
        catch (ArgumentException exception)
        {
            throw new BadDataException($"{source} line {group.Line}: judgements under '{group.Name}', {exception.Message}; correct the judgement.", exception);
        }
        if (weights.ConsistencyRatio > PairwiseComparison.MaxConsistencyRatio)
            throw Bad(group, Inconsistency(group, weights), $"at most {PairwiseComparison.MaxConsistencyRatio.ToString("0.00", CultureInfo.InvariantCulture)}", "think that judgement over");
        for (int i = 0; i < group.Items.Count; i++)
            group.Items[i].Weight = weights.Weights[i];
    }

    private static string Inconsistency(ScorecardItem group, PairwiseComparison weights)
    {
        (int row, int column) = weights.MostInconsistent;
        return string.Create(CultureInfo.InvariantCulture,
            $"judgements under '{group.Name}' with a consistency ratio of {weights.ConsistencyRatio:0.000}, the most inconsistent being '{group.Items[row].Name}' over '{group.Items[column].Name}': {Saaty(weights.Given)} where the others together say about {Saaty(weights.Implied)}");
    }

    /// <summary>As people judge: 3, or 1/3.</summary>
    private static string Saaty(double ratio) =>
        ratio >= 1 ? ratio.ToString("0.#", CultureInfo.InvariantCulture) : "1/" + (1 / ratio).ToString("0.#", CultureInfo.InvariantCulture);

    private void Leaf(ScorecardItem leaf)
    {
        if (catalogue.Find(leaf.Name) is not { } definition)
            throw Bad(leaf, $"the unknown indicator '{leaf.Name}'", $"one of {string.Join(", ", catalogue.Indicators.Select(indicator => indicator.Name))}", "correct the name or add it to the catalogue");
        if (leaf.Winsor is not null && leaf.Method != NormalisationMethod.MinMax)
            throw Bad(leaf, $"\"winsor\" of '{leaf.Name}'", "it with \"method\": \"min-max\" only", "remove it");
        if (leaf.Method == NormalisationMethod.Target)
        {
            if (leaf.Target is not { } target || leaf.Worst is not { } worst || target == worst || !double.IsFinite(target - worst))
                throw Bad(leaf, $"no target and worst value of '{leaf.Name}' that differ", "both", "give the value that scores 1 and the one that scores 0");
            if (leaf.LowIsBetter is not null)
                throw Bad(leaf, $"\"better\" of '{leaf.Name}'", "none, as target and worst say which way is better", "remove it");
            leaf.LowIsBetter = false;
        }
        else if (leaf.Target is not null || leaf.Worst is not null)
            throw Bad(leaf, $"\"target\" or \"worst\" of '{leaf.Name}'", "them with \"method\": \"target\" only", "remove them");
        leaf.LowIsBetter ??= definition.LowIsBetter;
        leaf.Winsor ??= leaf.Method == NormalisationMethod.MinMax ? 0.01 : 0;
    }

    private BadDataException Bad(ScorecardItem item, string found, string expected, string remedy) =>
        new($"{source} line {item.Line}: found {found}, expected {expected}; {remedy}.");
}
