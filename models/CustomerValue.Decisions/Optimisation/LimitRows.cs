using System.Numerics;

namespace CustomerValue.Decisions.Optimisation;

/// <summary>The limits of a problem as rows "sum of weights at most bound". Customers who are alike before every limit are one class, so prices are a small table.</summary>
internal sealed class LimitRows
{
    private readonly PlanProblem _problem;

    public LimitRows(PlanProblem problem)
    {
        const double mostUnits = 500;
        _problem = problem;
        (ClassOf, Classes, ulong[] memberships) = Classify(problem);
        List<(int Limit, double Sign, double Bound, double? Share)> rows = [];
        for (int l = 0; l < problem.Limits.Count; l++)
        {
            Limit limit = problem.Limits[l];
            if (limit.Most is { } most)
                rows.Add((l, 1, most, null));
            if (limit.Least is { } least)
                rows.Add((l, -1, -least, null));
            if (limit.LeastShare is { } share)
                rows.Add((l, -1, 0, share));
        }
        List<(int Limit, double Bound, double[] Unit, double[] Money, bool Floor, bool Share, double PerUnit)> all = [];
        foreach ((int l, double sign, double bound, double? share) in rows)
        {
            Limit limit = problem.Limits[l];
            (double[] unit, double[] money) = (new double[Classes * problem.Actions], new double[Classes * problem.Actions]);
            double[] weight = limit.Measure == LimitMeasure.Money ? money : unit;
            for (int c = 0; c < Classes; c++)
                for (int a = 0; a < problem.Actions; a++)
                    weight[c * problem.Actions + a] = sign * ((((memberships[c] >> l) & 1) != 0 ? 1 : 0) - (share ?? 0)) * (limit.UnitsByAction?[a] ?? 1);
            double whole = RoundingCut.WholeBound(unit, money, bound);
            all.Add((l, whole, unit, money, sign < 0, share is not null, 1));
            if (sign > 0 && whole <= mostUnits)
                foreach (double divisor in RoundingCut.Divisors(unit, money))
                    if (RoundingCut.Of(unit, whole, divisor) is { } cut)
                        all.Add((l, cut.Bound, cut.Weights, money, false, false, 1 / divisor));
        }
        Count = all.Count;
        LimitOf = [.. all.Select(row => row.Limit)];
        IsFloor = [.. all.Select(row => row.Floor)];
        IsShare = [.. all.Select(row => row.Share)];
        PerUnit = [.. all.Select(row => row.PerUnit)];
        Bound = [.. all.Select(row => row.Bound)];
        UnitWeight = [.. all.Select(row => row.Unit)];
        MoneyWeight = [.. all.Select(row => row.Money)];
        Scale = new double[Count];
        for (int r = 0; r < Count; r++)
            Scale[r] = Math.Max(Math.Abs(Bound[r]), LargestWeight(r)) is var scale and > 0 ? scale : 1;
    }

    public int Count { get; }

    public int[] LimitOf { get; }

    public bool[] IsFloor { get; }

    public bool[] IsShare { get; }

    /// <summary>How many units of the row one unit of the limit is: 1, or less for a row that only sharpens the limit.</summary>
    public double[] PerUnit { get; }

    public double[] Bound { get; }

    /// <summary>A usual size of each row, so that violations of different limits compare.</summary>
    public double[] Scale { get; }

    public int Classes { get; }

    public int[] ClassOf { get; }

    /// <summary>Weight by row, at class x actions + action, that does not depend on the cost.</summary>
    public double[][] UnitWeight { get; }

    /// <summary>Weight of a unit of cost, in the same order.</summary>
    public double[][] MoneyWeight { get; }

    /// <summary>Weight of one action of a customer in a row.</summary>
    public double Weight(int row, int customer, int action)
    {
        int at = ClassOf[customer] * _problem.Actions + action;
        return UnitWeight[row][at] + MoneyWeight[row][at] * _problem.Cost[customer * _problem.Actions + action];
    }

    /// <summary>Adds the weights of a set of actions, times a factor.</summary>
    public void Add(Span<double> usage, int customer, ulong set, double factor)
    {
        for (ulong rest = set; rest != 0; rest &= rest - 1)
            for (int r = 0; r < Count; r++)
                usage[r] += factor * Weight(r, customer, BitOperations.TrailingZeroCount(rest));
    }

    /// <summary>Sum over rows of what is used beyond the bound, each by its scale; rounding of sums aside.</summary>
    public double Violation(ReadOnlySpan<double> usage)
    {
        double sum = 0;
        for (int r = 0; r < Count; r++)
            if (usage[r] - Bound[r] is var over && over > Tolerance(r))
                sum += over / Scale[r];
        return sum;
    }

    /// <summary>What sums of many amounts may be off by rounding.</summary>
    public double Tolerance(int row) => 1e-9 * Scale[row];

    private double LargestWeight(int r)
    {
        double largest = 0, dearest = 0;
        foreach (double weight in UnitWeight[r])
            largest = Math.Max(largest, Math.Abs(weight));
        if (Array.Exists(MoneyWeight[r], weight => weight != 0))
        {
            foreach (double cost in _problem.Cost)
                dearest = Math.Max(dearest, double.IsNaN(cost) ? 0 : cost);
            largest = Math.Max(largest, dearest * MoneyWeight[r].Max(Math.Abs));
        }
        return largest;
    }

    private static (int[] ClassOf, int Classes, ulong[] Memberships) Classify(PlanProblem problem)
    {
        if (problem.Limits.Count > 64)
            throw new ArgumentException($"Found {problem.Limits.Count} limits, expected at most 64.");
        int[] classOf = new int[problem.Customers];
        Dictionary<ulong, int> classes = [];
        ulong everybody = 0;
        bool[]?[] members = new bool[]?[problem.Limits.Count];
        for (int l = 0; l < problem.Limits.Count; l++)
        {
            members[l] = problem.Limits[l].Members;
            everybody |= members[l] is null ? 1UL << l : 0;
        }
        for (int i = 0; i < classOf.Length; i++)
        {
            ulong key = everybody;
            for (int l = 0; l < members.Length; l++)
                if (members[l] is { } some && some[i])
                    key |= 1UL << l;
            if (!classes.TryGetValue(key, out classOf[i]))
                classes.Add(key, classOf[i] = classes.Count);
        }
        if (classes.Count == 0)
            classes.Add(everybody, 0);
        return (classOf, classes.Count, [.. classes.OrderBy(pair => pair.Value).Select(pair => pair.Key)]);
    }
}
