using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Strategy.Costs;

/// <summary>Assigns the cost of a period's activities to customers.</summary>
/// <remarks>Arrays by customer have one more slot at the end for all customers who are not known.</remarks>
internal sealed class CostAssignment
{
    private const double MostCents = 1L << 53;
    private readonly ActivityLog _log;
    private readonly CostRates _rates;
    private readonly int _slots;
    private readonly double[]?[] _money, _units;
    private readonly long[] _lines;
    private readonly double[] _quantities;
    private readonly List<Finding> _findings;

    private CostAssignment(ActivityLog log, CostRates rates)
    {
        int count = rates.Rates.Count;
        _log = log;
        _rates = rates;
        _slots = log.Customers.Count + 1;
        (_money, _units, _lines, _quantities) = (new double[count][], new double[count][], new long[count], new double[count]);
        _findings = [.. log.Findings];
    }

    public static CostToServe Compute(ActivityLog log, CostRates rates, CostPeriod period)
    {
        CostAssignment assignment = new(log, rates);
        assignment.Gather(period);
        return assignment.Assign();
    }

    /// <summary>Sums money and units by activity and customer, in one pass over the rows.</summary>
    private void Gather(CostPeriod period)
    {
        for (int rate = 0; rate < _rates.Rates.Count; rate++)
        {
            ActivityRate known = _rates.Rates[rate];
            _money[rate] = known.Cost > 0 || known.UnitCost > 0 ? new double[_slots] : null;
            _units[rate] = known.Pool is not null ? new double[_slots] : null;
        }
        Dictionary<string, int> places = Enumerable.Range(0, _rates.Rates.Count).ToDictionary(i => _rates.Rates[i].Activity, i => i, StringComparer.Ordinal);
        int[] rateOf = [.. _log.Names.Names.Select(name => places.GetValueOrDefault(name, -1))];
        long[] unrated = new long[rateOf.Length], unmeasured = new long[rateOf.Length];
        (int from, int until) = (period.From.DayNumber, period.Until.DayNumber);
        ActivityColumns rows = _log.Columns;
        long outside = 0;
        for (int row = 0; row < rows.Days.Length; row++)
        {
            int kind = rows.Kinds[row], rate = rateOf[kind];
            if (rows.Days[row] < from || rows.Days[row] >= until)
            {
                outside++;
                continue;
            }
            if (rate < 0)
            {
                unrated[kind]++;
                continue;
            }
            ActivityRate known = _rates.Rates[rate];
            int slot = rows.Customers[row] < 0 ? _slots - 1 : rows.Customers[row];
            double quantity = rows.Quantities[row];
            _lines[rate]++;
            _quantities[rate] += quantity;
            double units = double.IsNaN(rows.Units[row]) ? quantity * (known.Units ?? double.NaN) : rows.Units[row];
            if (double.IsNaN(units) && (known.Pool is not null || known.UnitCost > 0))
            {
                unmeasured[kind]++;
                continue;
            }
            if (_money[rate] is { } money)
                money[slot] += quantity * known.Cost + (known.UnitCost > 0 ? units * known.UnitCost : 0);
            if (_units[rate] is { } taken)
                taken[slot] += units;
        }
        Report(unrated, unmeasured, outside, period);
    }

    private void Report(long[] unrated, long[] unmeasured, long outside, CostPeriod period)
    {
        for (int kind = 0; kind < unmeasured.Length; kind++)
            if (unmeasured[kind] > 0)
                throw new BadDataException($"Activity '{_log.Names[kind]}': found neither standard units in its rate nor measured units on {unmeasured[kind]} line(s), expected one of them; add minutes (or units) to the rates or to the activities.");
        string[] missing = [.. Enumerable.Range(0, unrated.Length).Where(kind => unrated[kind] > 0).Select(kind => string.Create(CultureInfo.InvariantCulture, $"{_log.Names[kind]} ({unrated[kind]})"))];
        if (missing.Length > 0)
            _findings.Add(new Finding("unrated-activities", Severity.Error,
                $"{missing.Length} kind(s) of activity have no rate and cost nothing here: {string.Join(", ", missing.Take(10))}.", "Add a rate for each, or a rate of 0 where it really costs nothing."));
        string[] unused = [.. Enumerable.Range(0, _lines.Length).Where(rate => _lines[rate] == 0).Select(rate => _rates.Rates[rate].Activity)];
        if (unused.Length > 0)
            _findings.Add(new Finding("unused-rates", Severity.Warning,
                $"{unused.Length} rate(s) have no activity in {period}: {string.Join(", ", unused.Take(10))}.", "Check that the names of activities and rates agree and that the period is meant."));
        if (outside > 0)
            _findings.Add(new Finding("activities-outside-period", Severity.Information,
                string.Create(CultureInfo.InvariantCulture, $"{outside} activities lie outside {period} and are not costed."), "Nothing, if the period is meant."));
    }

    private CostToServe Assign()
    {
        int count = _rates.Rates.Count;
        long[][] cents = new long[count][];
        long[] total = new long[_slots];
        for (int rate = 0; rate < count; rate++)
        {
            cents[rate] = new long[_slots];
            if (_money[rate] is { } money)
                Apportionment.Add(Cents(money.Sum() * 100), money, cents[rate]);
        }
        PoolUse[] pools = [.. _rates.Pools.Select(pool => Assign(pool, cents))];
        ActivityCost[] costs = new ActivityCost[count];
        for (int rate = 0; rate < count; rate++)
        {
            long[] own = cents[rate];
            long sum = 0;
            for (int slot = 0; slot < own.Length; slot++)
            {
                total[slot] += own[slot];
                sum += own[slot];
            }
            costs[rate] = new ActivityCost(_rates.Rates[rate].Activity, _lines[rate], _quantities[rate], _units[rate]?.Sum() ?? 0, sum / 100m, own[^1] / 100m);
        }
        return new CostToServe(_log.Customers, new NameTable([.. _rates.Rates.Select(rate => rate.Activity)]), cents, total, Unrounded(), costs, pools, _findings);
    }

    /// <summary>Cost by customer before anything is rounded, so that nobody's depends on who else is reckoned.</summary>
    private double[] Unrounded()
    {
        double[] cost = new double[_slots - 1];
        for (int rate = 0; rate < _rates.Rates.Count; rate++)
        {
            ResourcePool? pool = _rates.Pools.FirstOrDefault(pool => pool.Name == _rates.Rates[rate].Pool);
            double perUnit = pool is null ? 0 : (double)pool.Cost / pool.Capacity;
            for (int customer = 0; customer < cost.Length; customer++)
                cost[customer] += (_money[rate]?[customer] ?? 0) + (perUnit * (_units[rate]?[customer] ?? 0));
        }
        return cost;
    }

    /// <summary>Cost of the units used to activities, and of each activity to its customers; the rest is idle.</summary>
    private PoolUse Assign(ResourcePool pool, long[][] cents)
    {
        int[] own = [.. Enumerable.Range(0, cents.Length).Where(rate => _rates.Rates[rate].Pool == pool.Name)];
        double[] taken = Array.ConvertAll(own, rate => _units[rate]!.Sum());
        double used = taken.Sum();
        decimal cost = Math.Round(pool.Cost, 2, MidpointRounding.AwayFromZero);
        long assigned = Cents((double)cost * 100 * (used / pool.Capacity));
        long[] shares = new long[own.Length];
        Apportionment.Add(assigned, taken, shares);
        for (int i = 0; i < own.Length; i++)
            Apportionment.Add(shares[i], _units[own[i]], cents[own[i]]);
        if (used > pool.Capacity)
            _findings.Add(new Finding("pool-over-capacity", Severity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"The pool {pool.Name} was used for {used:0.##} units, {used / pool.Capacity:0.0%} of its practical capacity: more is assigned than it cost, and its idle cost is negative."),
                "Check the capacity and the units of the activities; both must be of the same period."));
        return new PoolUse(pool, used, assigned / 100m, cost - (assigned / 100m));
    }

    private static long Cents(double value)
    {
        return value <= MostCents ? (long)Math.Round(value, MidpointRounding.AwayFromZero)
            : throw new BadDataException($"Found a cost of {value / 100:g4}, expected at most {MostCents / 100:g4} so that cents are exact; check quantities and rates, or use a larger currency unit.");
    }
}
