using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Strategy.Scorecard;

/// <summary>Fits the curves of a scorecard's indicators and resolves the weights of its tree.</summary>
internal static class ScorecardFit
{
    public static FittedScorecard Fit(ValueScorecard scorecard, IndicatorTable table)
    {
        List<Finding> findings = [];
        ScorecardItem[] leaves = [.. scorecard.Current.Leaves, .. scorecard.Potential.Leaves];
        ScoreCurve?[] curves = new ScoreCurve?[leaves.Length];
        Parallel.For(0, leaves.Length, i => curves[i] = Fit(leaves[i], table));
        Dictionary<ScorecardItem, ScoreCurve?> byLeaf = [];
        for (int i = 0; i < leaves.Length; i++)
        {
            byLeaf.Add(leaves[i], curves[i]);
            if (curves[i] is { Values.Length: 1 } && IsKnown(leaves[i], table))
                findings.Add(new Finding("flat-indicator", Severity.Warning, $"The indicator '{leaves[i].Name}' is alike for nearly all customers and tells none apart; all score one half.", "Leave it out of the scorecard, or cut off less with winsor."));
        }
        string[] missing = [.. leaves.Where(leaf => !IsKnown(leaf, table)).Select(leaf => leaf.Name)];
        if (missing.Length > 0)
            findings.Add(new Finding("missing-indicators", Severity.Information, $"No customer has a value of {string.Join(", ", missing)}; the scorecard's other indicators weigh more.", "Nothing, or give the data that they come from."));
        FittedIndicator[] indicators = [
            .. Resolve(scorecard.Current, 1).Select(leaf => new FittedIndicator(leaf.Item.Name, ValueBranch.Current, leaf.Weight, byLeaf[leaf.Item])),
            .. Resolve(scorecard.Potential, 1).Select(leaf => new FittedIndicator(leaf.Item.Name, ValueBranch.Potential, leaf.Weight, byLeaf[leaf.Item]))];
        return new FittedScorecard(new ScorecardState(ScorecardState.FormatName, scorecard.Name, scorecard.Current.Weight!.Value, indicators), findings);

        IEnumerable<(ScorecardItem Item, double Weight)> Resolve(ScorecardItem item, double weight)
        {
            if (!item.IsGroup)
                return [(item, weight)];
            double[] weights = item.Weighting == Weighting.Entropy ? Entropy(item) : [.. item.Items.Select(child => child.Weight!.Value)];
            return item.Items.Zip(weights).SelectMany(pair => Resolve(pair.First, weight * pair.Second));
        }

        double[] Entropy(ScorecardItem group)
        {
            if (group.Items.Exists(item => item.Method == NormalisationMethod.Rank))
                findings.Add(new Finding("entropy-of-ranks", Severity.Warning,
                    $"Under '{group.Name}' weights come from entropy, but ranks are spread evenly whatever the indicator says, so that they weigh nearly alike.", "Normalise these indicators by min-max or target."));
            return EntropyWeights.Of([.. group.Items.Select(item => byLeaf[item]?.Score(table.Column(item.Name)) ?? [])]);
        }
    }

    private static ScoreCurve? Fit(ScorecardItem leaf, IndicatorTable table) =>
        new Normalisation(leaf.Method, leaf.Winsor ?? 0, leaf.Target ?? 0, leaf.Worst ?? 0, leaf.LowIsBetter ?? false).Fit(table.Column(leaf.Name));

    private static bool IsKnown(ScorecardItem leaf, IndicatorTable table)
    {
        foreach (double value in table.Column(leaf.Name))
            if (!double.IsNaN(value))
                return true;
        return false;
    }
}
