using CustomerValue.Strategy.Files;

namespace CustomerValue.Strategy.Costs;

/// <summary>Reads rates.csv and pools.csv.</summary>
internal static class CostRatesReader
{
    public static CostRates Read(string ratesPath, string? poolsPath)
    {
        List<ResourcePool> pools = poolsPath is null ? [] : ReadPools(poolsPath);
        return new CostRates(ReadRates(ratesPath, poolsPath, [.. pools.Select(pool => pool.Name)]), pools);
    }

    private static List<ResourcePool> ReadPools(string path)
    {
        using InputRows rows = new(path);
        int name = rows.Require("pool", "resource_pool"), cost = rows.Require("cost", "cost_of_period", "cost_of_the_period"), capacity = rows.Require("capacity", "practical_capacity");
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        List<ResourcePool> pools = [];
        while (rows.Next())
        {
            Once(rows, name, lines);
            double money = rows.RequiredAmount(cost, "the pool's cost in the period");
            double units = rows.RequiredAmount(capacity, "the pool's practical capacity in the period");
            if (units == 0)
                throw rows.Bad(capacity, "a practical capacity above 0", "give the units that the pool can supply in the period, such as minutes, or remove the pool and give plain rates");
            if (money > (double)CostRates.MaxPoolCost)
                throw rows.Bad(cost, $"a cost of at most {CostRates.MaxPoolCost:0}", "give it in a larger currency unit");
            pools.Add(new ResourcePool(rows.Name(name), Math.Round((decimal)money, 2, MidpointRounding.AwayFromZero), units));
        }
        return pools;
    }

    private static List<ActivityRate> ReadRates(string path, string? poolsPath, HashSet<string> pools)
    {
        using InputRows rows = new(path);
        int activity = rows.Require("activity"), unit = rows.Find("unit"), pool = rows.Find("pool", "resource_pool"), units = rows.Find("minutes", "units");
        int cost = rows.Find("cost", "rate"), unitCost = rows.Find("cost_per_minute", "cost_per_unit");
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        List<ActivityRate> rates = [];
        while (rows.Next())
        {
            Once(rows, activity, lines);
            string? supplier = rows.Text(pool) is { Length: > 0 } text ? text : null;
            double? plain = rows.Amount(cost, "a cost"), each = rows.Amount(unitCost, "a cost");
            if (supplier is not null && !pools.Contains(supplier))
                throw rows.Bad(pool, poolsPath is null ? "plain rates, as no file of pools was given" : $"one of the pools in {poolsPath}",
                    poolsPath is null ? "give the file of pools, or a cost and no pool" : "correct the name or add the pool");
            if (supplier is not null && each > 0)
                throw rows.Bad(unitCost, $"nothing, as the pool {supplier} gives the cost of a unit", "remove one of the two");
            if (supplier is null && plain is null && each is null)
                throw rows.Bad(activity, "a cost, a cost per unit or a pool beside it", "fill one of them in or remove the line");
            rates.Add(new ActivityRate(rows.Name(activity), rows.Text(unit), plain ?? 0, rows.Amount(units, "units of the resource"), supplier, each ?? 0));
        }
        return rates;
    }

    private static void Once(InputRows rows, int column, Dictionary<string, int> lines)
    {
        string name = rows.Name(column);
        if (!lines.TryAdd(name, rows.Line))
            throw rows.Bad(column, $"each name once; it stands on line {lines[name]} already", "remove one of the two");
    }
}
