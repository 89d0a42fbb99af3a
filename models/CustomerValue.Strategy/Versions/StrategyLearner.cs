using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Scorecard;

namespace CustomerValue.Strategy.Versions;

/// <summary>Learns <see cref="StrategyOfVersion"/>: base rates first, with them the influence, with that the scorecard, and where the axes are indices the lines last.</summary>
internal static class StrategyLearner
{
    public static StrategyOfVersion Learn(StrategyPopulation population, StrategySettings settings, StrategyEvidence evidence)
    {
        CostSource source = ServiceCosts.SourceOf(population, settings.Rates, evidence);
        if (source == CostSource.Activities && evidence.Activities is null)
            throw new ArgumentException("Rates are given and no activities, and no rate is for what transactions tell (order, line, return, a product's name). Give the activities too, or leave out the rates.", nameof(settings));
        EvidenceColumns columns = EvidenceColumns.Of(population, evidence, settings, source, assumedCostRate: 0);
        StrategyRecipe money = CustomerStrategist.Learn(columns.Input, settings.Options with { Axes = ValueAxes.Money });
        columns = columns.WithInfluence(population, evidence, money, settings.Influence, threads: 1);
        IndicatorTable indicators = columns.Indicators(population);
        FittedScorecard scorecard = settings.Scorecard.Fit(indicators);
        StrategyRecipe recipe = settings.Options.Axes == ValueAxes.Money ? money
            : CustomerStrategist.Learn(columns.WithIndices(scorecard.Score(indicators)).Input, settings.Options);
        return new StrategyOfVersion(settings, recipe, source, scorecard, [.. columns.Findings, .. scorecard.Findings]);
    }
}
