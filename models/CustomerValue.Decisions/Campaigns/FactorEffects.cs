using CustomerValue.Decisions.Experiments;

namespace CustomerValue.Decisions.Campaigns;

/// <summary>Main effects and interactions of the factors of a campaign, as contrasts of its arms; the control group takes no part.</summary>
internal sealed class FactorEffects
{
    private readonly IReadOnlyList<CampaignFactor> _factors;
    private readonly FactorialDesign _design;

    public FactorEffects(IReadOnlyList<CampaignFactor> factors) => (_factors, _design) = (factors, DesignOf(factors));

    public static FactorialDesign DesignOf(IReadOnlyList<CampaignFactor> factors) => new([.. factors.Select(factor => factor.Levels.Count)]);

    /// <summary>All main effects, then all interactions.</summary>
    /// <param name="outcomes">Names, columns and forecasts of the outcomes.</param>
    /// <param name="comparison">The draw; arm 0 is the control group.</param>
    /// <param name="interval">Interval of an estimate, by outcome and weights of the arms.</param>
    /// <param name="whole">Whether the result is whole.</param>
    public IEnumerable<FactorEffect> Measure(IReadOnlyList<(string Name, double[] Column, double[]? Forecast)> outcomes, StratifiedComparison comparison, Func<string, double[], Estimate, (double Low, double High)> interval, bool whole)
    {
        (int Factor, int Level, int Other, int OtherLevel)[] mains = [.. Mains()], interactions = [.. Interactions()];
        foreach ((int Factor, int Level, int Other, int OtherLevel)[] family in new[] { mains, interactions })
        {
            double[][] weights = [.. family.Select(one => WithControl(one.Other < 0 ? _design.Main(one.Factor, one.Level) : _design.Interaction(one.Factor, one.Level, one.Other, one.OtherLevel)))];
            Estimate?[][] estimates = [.. outcomes.Select(outcome => weights.Select(weight => comparison.Contrast(outcome.Column, weight, outcome.Forecast)).ToArray())];
            double[][] probabilities = [.. estimates.Select(row => ManyArms.Holm([.. row.Select(one => one?.PValue ?? 1)]))];
            for (int k = 0; k < family.Length; k++)
            {
                (int f, int level, int g, int other) = family[k];
                double[] before = WithControl(g < 0 ? _design.Marginal(f, 0) : Beside(f, level, g));
                yield return new FactorEffect
                {
                    Factor = _factors[f].Name,
                    Level = _factors[f].Levels[level].Id,
                    Beside = _factors[f].Levels[0].Id,
                    OtherFactor = g < 0 ? null : _factors[g].Name,
                    OtherLevel = g < 0 ? null : _factors[g].Levels[other].Id,
                    OtherBeside = g < 0 ? null : _factors[g].Levels[0].Id,
                    Outcomes = [.. outcomes.Select((outcome, o) => Effect(outcome.Name, comparison.Contrast(outcome.Column, before)?.Difference ?? double.NaN, estimates[o][k], weights[k], probabilities[o][k]))],
                };
            }
        }

        OutcomeEffect Effect(string outcome, double control, Estimate? estimate, double[] weight, double probability) =>
            OutcomeEffect.Of(outcome, control, estimate, estimate is { } known ? interval(outcome, weight, known) : default, whole ? probability : null);
    }

    /// <summary>The smallest effects that a design shows.</summary>
    /// <param name="figures">What outcomes vary by, an entry for each outcome.</param>
    /// <param name="sizes">Customers of the combinations.</param>
    /// <param name="size">Confidence and power wanted.</param>
    public IEnumerable<FactorFigure> Smallest(IReadOnlyList<DesignFigure> figures, IReadOnlyList<int> sizes, SampleSize size)
    {
        SampleSize corrected = size with { Confidence = ManyArms.Confidence(size.Confidence, Mains().Count()) }, interactions = size with { Confidence = ManyArms.Confidence(size.Confidence, Interactions().Count()) };
        foreach ((int f, int level, _, _) in Mains())
            foreach (DesignFigure figure in figures)
            {
                double smallest = corrected.SmallestContrast(figure.Deviation, _design.Main(f, level), sizes);
                double together = Interactions().Where(one => one.Factor == f && one.Level == level || one.Other == f && one.OtherLevel == level)
                    .Max(one => interactions.SmallestContrast(figure.Deviation, _design.Interaction(one.Factor, one.Level, one.Other, one.OtherLevel), sizes));
                yield return new FactorFigure
                {
                    Factor = _factors[f].Name,
                    Level = _factors[f].Levels[level].Id,
                    Beside = _factors[f].Levels[0].Id,
                    Outcome = figure.Outcome,
                    Smallest = smallest,
                    Relative = figure.Mean > 0 ? smallest / figure.Mean : null,
                    SmallestInteraction = together,
                };
            }
    }

    private IEnumerable<(int Factor, int Level, int Other, int OtherLevel)> Mains() =>
        Enumerable.Range(0, _factors.Count).SelectMany(f => Enumerable.Range(1, _factors[f].Levels.Count - 1).Select(level => (f, level, -1, 0)));

    private IEnumerable<(int Factor, int Level, int Other, int OtherLevel)> Interactions() =>
        from f in Enumerable.Range(0, _factors.Count)
        from g in Enumerable.Range(f + 1, _factors.Count - f - 1)
        from level in Enumerable.Range(1, _factors[f].Levels.Count - 1)
        from other in Enumerable.Range(1, _factors[g].Levels.Count - 1)
        select (f, level, g, other);

    /// <summary>What a level changes where the other factor is at its first level.</summary>
    private double[] Beside(int factor, int level, int other)
    {
        double[] weights = new double[_design.Count];
        int cells = Enumerable.Range(0, weights.Length).Count(one => _design.Level(one, factor) == level && _design.Level(one, other) == 0);
        for (int one = 0; one < weights.Length; one++)
            if (_design.Level(one, other) == 0)
                weights[one] = _design.Level(one, factor) == level ? 1.0 / cells : _design.Level(one, factor) == 0 ? -1.0 / cells : 0;
        return weights;
    }

    private static double[] WithControl(double[] weights) => [0, .. weights];
}
