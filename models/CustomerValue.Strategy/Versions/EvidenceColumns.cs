using CustomerValue.Data.Diagnostics;
using CustomerValue.Strategy.Experience;
using CustomerValue.Strategy.Influence;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Scorecard;

namespace CustomerValue.Strategy.Versions;

/// <summary>A population's columns with what the evidence adds, one step after another: costs, influence, indices.</summary>
internal sealed record EvidenceColumns(StrategyInput Input, ServiceCosts Costs, double[]? PerceivedValue, IReadOnlyList<Finding> Findings)
{
    public int[]? DirectReferrals { get; private init; }

    public double[]? Shared { get; private init; }

    public ReferralGraph? Referrals { get; private init; }

    /// <summary>The columns with costs; perceived value is read along.</summary>
    public static EvidenceColumns Of(StrategyPopulation population, StrategyEvidence evidence, StrategySettings settings, CostSource source, double assumedCostRate)
    {
        StrategyInput input = StrategyInput.From(population.Log, population.Aggregates, population.Scored, population.ModelMargins, settings.Margins);
        ServiceCosts costs = ServiceCosts.Of(population, settings.Rates, source, evidence, assumedCostRate);
        PerceivedValue? perceived = evidence.Experience?.Invoke(new ExperienceScope(population.Log.Customers, Until: population.AsOf));
        input = input with { CostToServe = costs.All, YearCostToServe = costs.Year, StepsTaken = Steps(input.Ids, evidence.StepsTaken?.Invoke(population.AsOf)) };
        return new EvidenceColumns(input, costs, perceived is null ? null : population.Rows(perceived.AgainstSegment.ToArray()), [.. costs.Findings, .. perceived?.Findings ?? []]);
    }

    /// <summary>The columns with what customers brought through others: own value is realised + potential.</summary>
    public EvidenceColumns WithInfluence(StrategyPopulation population, StrategyEvidence evidence, StrategyRecipe recipe, InfluenceOptions options, int threads)
    {
        if (evidence.Referrals is null)
            return this;
        CustomerStrategies own = CustomerStrategist.Apply(Input, recipe with { Options = recipe.Options with { Axes = ValueAxes.Money } }, threads: threads);
        ReferralGraph graph = evidence.Referrals(new ReferralScope(population.Log.Customers, FirstDays(population), population.AsOf));
        double[] values = new double[population.Log.CustomerCount];
        ReadOnlySpan<int> customers = population.Aggregates.Population;
        for (int i = 0; i < customers.Length; i++)
            values[customers[i]] = own.Realised[i] + own.Potential[i];
        InfluenceValues influence = InfluenceValues.Compute(graph, values, options);
        int[] referrals = graph.DirectReferrals.ToArray();
        return this with
        {
            Input = Input with { Influence = population.Rows(influence.Credited.ToArray()) },
            Referrals = graph,
            Shared = population.Rows(influence.Shared.ToArray()),
            DirectReferrals = Array.ConvertAll(customers.ToArray(), customer => referrals[customer]),
            Findings = [.. Findings, .. graph.Findings],
        };
    }

    /// <summary>The indicators of these columns.</summary>
    public IndicatorTable Indicators(StrategyPopulation population) => ScorecardIndicators.Of(Input, population, PerceivedValue);

    /// <summary>The columns with the scorecard's indices; a side of which nothing is known counts as 0.</summary>
    public EvidenceColumns WithIndices(ScorecardResult indices) => this with
    {
        Input = Input with { CurrentIndex = Known(indices.Current), PotentialIndex = Known(indices.Potential) },
    };

    private static double[] Known(ReadOnlySpan<double> index)
    {
        double[] known = index.ToArray();
        for (int i = 0; i < known.Length; i++)
            known[i] = double.IsNaN(known[i]) ? 0 : Math.Clamp(known[i], 0, 100);
        return known;
    }

    private static DateOnly[] FirstDays(StrategyPopulation population)
    {
        DateOnly[] days = new DateOnly[population.Log.CustomerCount];
        for (int customer = 0; customer < days.Length; customer++)
            days[customer] = population.Log.FirstDay.AddDays(population.Log.Days[population.Log.Offsets.Span[customer]]);
        for (int row = 0; row < population.Aggregates.Count; row++)
            days[population.Aggregates.Population[row]] = population.Aggregates.FirstPurchaseDay(row);
        return days;
    }

    private static GentleSteps[]? Steps(string[] ids, IReadOnlyDictionary<string, GentleSteps>? taken) =>
        taken is null ? null : Array.ConvertAll(ids, id => taken.GetValueOrDefault(id));
}
