using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Strategy.Costs;

/// <summary>What one kind of activity cost.</summary>
/// <param name="Activity">Its name.</param>
/// <param name="Lines">Activities of the period.</param>
/// <param name="Quantity">Their quantity.</param>
/// <param name="Units">Units of the resource they took; 0 where the rate has none.</param>
/// <param name="Cost">Their cost, unknown customers included.</param>
/// <param name="UnknownCustomers">The part of it due to customers who are not known.</param>
public sealed record ActivityCost(string Activity, long Lines, double Quantity, double Units, decimal Cost, decimal UnknownCustomers);

/// <summary>How a pool was used. <c>Assigned + Idle = Cost</c>, to the cent.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Used">Units used.</param>
/// <param name="Assigned">Cost of the units used.</param>
/// <param name="Idle">Cost of the capacity that nobody used; negative where more was used than the practical capacity.</param>
public sealed record PoolUse(ResourcePool Pool, double Used, decimal Assigned, decimal Idle)
{
    /// <summary>Units used over practical capacity.</summary>
    public double Utilisation => Used / Pool.Capacity;
}

/// <summary>Cost to serve by customer and activity, in whole cents that add up: time-driven activity-based costing, or plain rates.</summary>
/// <remarks>
/// A unit of a pool costs its cost over its practical capacity; what is not used stays with the pool as idle capacity, never with customers.
/// Rounding goes from the whole to the parts: pool, activities, customers, each split by largest remainders, so that every sum of parts is the whole.
/// Kaplan and Anderson (2004), Time-driven activity-based costing, Harvard Business Review 82(11); (2007), the book of that name.
/// </remarks>
public sealed class CostToServe
{
    private readonly long[][] _byActivity;
    private readonly long[] _cents;
    private readonly double[] _unrounded;

    internal CostToServe(NameTable customers, NameTable activities, long[][] byActivity, long[] cents, double[] unrounded, IReadOnlyList<ActivityCost> activityCosts, IReadOnlyList<PoolUse> pools, IReadOnlyList<Finding> findings)
    {
        Customers = customers;
        Activities = activities;
        ByActivity = activityCosts;
        Pools = pools;
        Findings = findings;
        _byActivity = byActivity;
        _cents = cents;
        _unrounded = unrounded;
    }

    /// <summary>The customers in the order of <see cref="Cents"/>.</summary>
    public NameTable Customers { get; }

    /// <summary>Activities that have a rate, in the order of the rates.</summary>
    public NameTable Activities { get; }

    /// <summary>Cost in cents by customer.</summary>
    public ReadOnlySpan<long> Cents => _cents.AsSpan(0, Customers.Count);

    /// <summary>Totals by activity, in the order of <see cref="Activities"/>.</summary>
    public IReadOnlyList<ActivityCost> ByActivity { get; }

    /// <summary>Use of each pool.</summary>
    public IReadOnlyList<PoolUse> Pools { get; }

    /// <summary>Cost of all activities, unknown customers included: the sum of <see cref="ByActivity"/>.</summary>
    public decimal Total => ByActivity.Sum(activity => activity.Cost);

    /// <summary>Cost of customers who are not known.</summary>
    public decimal UnknownCustomers => _cents[^1] / 100m;

    /// <summary>Doubts, those of the activities included.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Cost in cents by customer of one activity, by its place in <see cref="Activities"/>.</summary>
    public ReadOnlySpan<long> CentsOf(int activity) => _byActivity[activity].AsSpan(0, Customers.Count);

    /// <summary>Cost in money by customer, for arithmetic with values: not rounded, so that one customer alone costs what they cost among others. It differs from <see cref="Cents"/> by less than a cent an activity and pool.</summary>
    public double[] ToMoney() => [.. _unrounded];

    /// <summary>Costs the activities of a period.</summary>
    /// <param name="activities">The activities.</param>
    /// <param name="rates">Rates and pools; the pools' cost and capacity are those of the period.</param>
    /// <param name="period">The days counted.</param>
    /// <exception cref="BadDataException">An activity takes time of a pool or at a cost a unit, and neither its rate nor its line says how much; or the cost is beyond exact cents.</exception>
    public static CostToServe Compute(ActivityLog activities, CostRates rates, CostPeriod period) => CostAssignment.Compute(activities, rates, period);
}
