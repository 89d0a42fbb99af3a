using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Strategy.Costs;

/// <summary>What one activity costs: a plain amount a piece, and units of a resource at the pool's or a plain cost a unit.</summary>
/// <param name="Activity">Name as in the activities.</param>
/// <param name="Unit">What its quantity counts, such as parcel or call; for people to read.</param>
/// <param name="Cost">Money for a piece, 0 or more: postage, material, a fee.</param>
/// <param name="Units">Standard units of the resource for a piece, such as minutes; null where activities carry measured units.</param>
/// <param name="Pool">The pool that supplies the units, or null.</param>
/// <param name="UnitCost">Money for a unit where no pool is known; 0 with a pool.</param>
public sealed record ActivityRate(string Activity, string Unit, double Cost, double? Units = null, string? Pool = null, double UnitCost = 0);

/// <summary>A pool of resources: people, vehicles, a warehouse.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cost">Its cost in the period, 0 or more, rounded to cents.</param>
/// <param name="Capacity">Practical capacity in the period in units, such as minutes, above 0; usually 80 to 85 % of the theoretical one.</param>
public sealed record ResourcePool(string Name, decimal Cost, double Capacity);

/// <summary>What activities cost: rates and the pools behind them.</summary>
public sealed class CostRates
{
    /// <summary>Largest cost of a pool, so that cents are exact.</summary>
    internal const decimal MaxPoolCost = 10_000_000_000_000m;

    /// <summary>Rates, with pools where they are known.</summary>
    /// <exception cref="ArgumentException">A name stands twice, a pool is unknown, a cost is negative, a capacity is not above 0, or a rate has both a pool and a plain cost a unit.</exception>
    public CostRates(IEnumerable<ActivityRate> rates, IEnumerable<ResourcePool>? pools = null)
    {
        Rates = [.. rates];
        Pools = [.. pools ?? []];
        HashSet<string> activities = new(StringComparer.Ordinal), names = new(StringComparer.Ordinal);
        foreach (ResourcePool pool in Pools)
            if (!names.Add(pool.Name) || pool.Cost is < 0 or > MaxPoolCost || !(pool.Capacity > 0 && double.IsFinite(pool.Capacity)))
                throw new ArgumentException($"A pool has a name of its own, a cost of 0 or more and a capacity above 0; found {pool}.", nameof(pools));
        foreach (ActivityRate rate in Rates)
            if (!activities.Add(rate.Activity) || !IsAmount(rate.Cost) || !IsAmount(rate.UnitCost) || !IsAmount(rate.Units ?? 0)
                || (rate.Pool is not null && (rate.UnitCost > 0 || !names.Contains(rate.Pool))))
                throw new ArgumentException($"A rate has an activity of its own, costs of 0 or more, and a known pool or a cost a unit, not both; found {rate}.", nameof(rates));
    }

    /// <summary>Rates in the order given.</summary>
    public IReadOnlyList<ActivityRate> Rates { get; }

    /// <summary>Pools in the order given.</summary>
    public IReadOnlyList<ResourcePool> Pools { get; }

    /// <summary>
    /// Reads <c>rates.csv</c> (<c>activity</c>, and of <c>unit, cost, minutes</c> or <c>units, pool, cost_per_minute</c> or <c>cost_per_unit</c> those that are known)
    /// and <c>pools.csv</c> (<c>pool, cost, capacity</c>).
    /// </summary>
    /// <param name="ratesPath">The rates.</param>
    /// <param name="poolsPath">The pools; null where only plain rates are known.</param>
    /// <exception cref="BadDataException">A column is absent, a cost is negative, a capacity is 0, a pool is unknown, or a name stands twice.</exception>
    public static CostRates Read(string ratesPath, string? poolsPath = null) => CostRatesReader.Read(ratesPath, poolsPath);

    private static bool IsAmount(double value) => value >= 0 && double.IsFinite(value);
}
