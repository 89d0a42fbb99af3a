using CustomerValue.Decisions.Optimisation;

namespace CustomerValue.Decisions.Tests.Optimisation;

/// <summary>Random problems like those of campaigns: gains around money at stake, costs by action, limits that bind.</summary>
internal static class RandomProblems
{
    /// <summary>Any mixture of budget, capacities, floors, ceilings, shares, exclusions; it may have no solution.</summary>
    public static PlanProblem Any(Random random, int customers, int actions)
    {
        (double[] gain, double[] cost) = Options(random, customers, actions, whole: random.Next(2) == 0);
        List<Limit> limits = [];
        if (random.Next(4) > 0)
            limits.Add(Limit.Budget(random.NextDouble() * 6 * customers));
        for (int i = random.Next(3); i > 0; i--)
            limits.Add(new Limit($"capacity {i}", LimitMeasure.Units) { UnitsByAction = Units(random, actions), Most = random.Next(0, customers + 1) });
        if (random.Next(3) == 0)
        {
            bool[] members = Members(random, customers);
            limits.Add(new Limit("floor", random.Next(2) == 0 ? LimitMeasure.Units : LimitMeasure.Money) { Members = members, Least = random.Next(0, 3) });
        }
        if (random.Next(3) == 0)
            limits.Add(new Limit("ceiling", LimitMeasure.Money) { Members = Members(random, customers), Most = random.NextDouble() * 15 });
        if (random.Next(4) == 0)
            limits.Add(new Limit("share", LimitMeasure.Units) { Members = Members(random, customers), LeastShare = random.Next(1, 6) / 10.0 });
        int most = random.Next(3) == 0 ? 2 : 1;
        return new PlanProblem { Customers = customers, Actions = actions, Gain = gain, Cost = cost, Limits = limits, MostActions = most, Excludes = most > 1 ? Excludes(random, actions) : null };
    }

    /// <summary>A budget, two or five capacities, and on request floors and shares of a segment; always solvable.</summary>
    public static PlanProblem Large(Random random, int customers, int actions, int capacities, bool segments)
    {
        (double[] gain, double[] cost) = Options(random, customers, actions, whole: false);
        List<Limit> limits = [Limit.Budget(customers * (0.1 + 0.3 * random.NextDouble()))];
        for (int i = 0; i < capacities; i++)
        {
            double[] units = new double[actions];
            for (int a = 0; a < actions; a++)
                units[a] = a % capacities == i ? random.Next(1, 4) : 0;
            limits.Add(new Limit($"capacity {i}", LimitMeasure.Units) { UnitsByAction = units, Most = Math.Max(1, customers * (0.02 + 0.1 * random.NextDouble())) });
        }
        if (segments)
        {
            limits.Add(new Limit("floor", LimitMeasure.Units) { Members = Members(random, customers), Least = customers / 100 });
            limits.Add(new Limit("share", LimitMeasure.Money) { Members = Members(random, customers), LeastShare = 0.55 });
        }
        return new PlanProblem { Customers = customers, Actions = actions, Gain = gain, Cost = cost, Limits = limits };
    }

    private static (double[] Gain, double[] Cost) Options(Random random, int customers, int actions, bool whole)
    {
        double[] gain = new double[customers * actions], cost = new double[customers * actions];
        double[] price = new double[actions], lift = new double[actions];
        for (int a = 0; a < actions; a++)
        {
            price[a] = random.NextDouble() * 9 + 0.5;
            lift[a] = 0.5 + random.NextDouble();
        }
        for (int i = 0; i < customers; i++)
        {
            double stake = Math.Exp(random.NextDouble() * 3);
            for (int a = 0; a < actions; a++)
            {
                int o = i * actions + a;
                cost[o] = whole ? Math.Round(price[a]) : price[a] * (0.9 + 0.2 * random.NextDouble());
                gain[o] = random.Next(8) == 0 ? double.NaN : whole ? random.Next(-3, 12) : stake * lift[a] * (0.3 + random.NextDouble()) - cost[o] * 0.5;
            }
        }
        return (gain, cost);
    }

    private static double[] Units(Random random, int actions)
    {
        double[] units = new double[actions];
        for (int a = 0; a < actions; a++)
            units[a] = random.Next(3) == 0 ? 0 : random.Next(1, 4);
        return units;
    }

    private static bool[] Members(Random random, int customers)
    {
        bool[] members = new bool[customers];
        for (int i = 0; i < customers; i++)
            members[i] = random.Next(2) == 0;
        return members;
    }

    private static ulong[] Excludes(Random random, int actions)
    {
        ulong[] excludes = new ulong[actions];
        for (int n = random.Next(actions); n > 0; n--)
        {
            int a = random.Next(actions), b = random.Next(actions);
            if (a == b)
                continue;
            excludes[a] |= 1UL << b;
            excludes[b] |= 1UL << a;
        }
        return excludes;
    }
}
