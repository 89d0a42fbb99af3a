using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;
using CustomerValue.Strategy.Costs;

namespace CustomerValue.Strategy.Versions;

/// <summary>Where the activities behind the cost to serve come from.</summary>
public enum CostSource
{
    /// <summary>There are no rates, so costs are unknown.</summary>
    None,

    /// <summary>A log of activities.</summary>
    Activities,

    /// <summary>The transactions themselves.</summary>
    Transactions,
}

/// <summary>Cost to serve of a population, so far and in the last 365 days.</summary>
/// <remarks>Pools' cost and capacity are those of the last 365 days; what came before is costed at the same rate a unit.</remarks>
internal sealed record ServiceCosts(double[]? All, double[]? Year, CostToServe? ByActivity, IReadOnlyList<Finding> Findings)
{
    private static readonly ServiceCosts s_unknown = new(null, null, null, []);

    /// <summary>Which activities the rates are applied to.</summary>
    public static CostSource SourceOf(StrategyPopulation population, CostRates? rates, StrategyEvidence evidence) =>
        rates is null ? CostSource.None
        : evidence.Activities is not null || !TransactionActivities.AreRated(rates, population.Log) ? CostSource.Activities : CostSource.Transactions;

    /// <summary>The costs.</summary>
    /// <param name="population">The customers.</param>
    /// <param name="rates">Rates and pools, or null.</param>
    /// <param name="source">Which activities they are applied to.</param>
    /// <param name="evidence">The log of activities, where there is one.</param>
    /// <param name="assumedRate">Cost as a share of spend where activities are asked for and not known.</param>
    public static ServiceCosts Of(StrategyPopulation population, CostRates? rates, CostSource source, StrategyEvidence evidence, double assumedRate)
    {
        if (rates is null || source == CostSource.None)
            return s_unknown;
        if (source == CostSource.Activities && evidence.Activities is null)
            return Assumed(population, assumedRate);
        ActivityLog activities = source == CostSource.Activities ? evidence.Activities!(population.Log.Customers) : TransactionActivities.Of(population.Log, rates);
        CostToServe all = CostToServe.Compute(activities, WithoutPools(rates), new CostPeriod(DateOnly.MinValue, population.AsOf));
        CostToServe year = CostToServe.Compute(activities, rates, new CostPeriod(population.AsOf.AddDays(-DaysIn.Year), population.AsOf));
        return new ServiceCosts(population.Rows(all.ToMoney()), population.Rows(year.ToMoney()), year,
            [.. all.Findings.Where(finding => finding.Code != "activities-outside-period"), .. year.Findings.Where(finding => finding.Code == "pool-over-capacity")]);
    }

    private static ServiceCosts Assumed(StrategyPopulation population, double rate)
    {
        double[] all = population.Aggregates.TotalSpend.ToArray(), year = population.Aggregates["spend_sum_365d"].ToArray();
        Scale(all, rate);
        Scale(year, rate);
        return new ServiceCosts(all, year, null,
        [
            new Finding("assumed-cost-to-serve", Severity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"No activities are given, so each customer is taken to cost {100 * rate:0.#} % of spend, as the whole base did when the version was trained."),
                "Give the activities to see who costs more and who less."),
        ]);
    }

    private static void Scale(double[] values, double factor)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Max(0, values[i]) * factor;
    }

    private static CostRates WithoutPools(CostRates rates)
    {
        Dictionary<string, double> unitCost = rates.Pools.ToDictionary(pool => pool.Name, pool => (double)pool.Cost / pool.Capacity, StringComparer.Ordinal);
        return new CostRates(rates.Rates.Select(rate => rate.Pool is null ? rate : rate with { Pool = null, UnitCost = unitCost[rate.Pool] }));
    }
}
