using System.Numerics;
using CustomerValue.Decisions.Optimisation;

namespace CustomerValue.Decisions.Tests.Optimisation;

/// <summary>Reckons a plan anew, from the problem's words and not from the optimiser's rows.</summary>
internal static class Checks
{
    public static bool Allowed(PlanProblem problem, int customer, ulong set)
    {
        if (BitOperations.PopCount(set) > problem.MostActions)
            return false;
        for (int a = 0; a < problem.Actions; a++)
        {
            if ((set >> a & 1) == 0)
                continue;
            if (double.IsNaN(problem.Gain[customer * problem.Actions + a]) || (problem.Excludes is { } excludes && (excludes[a] & set) != 0))
                return false;
        }
        return true;
    }

    public static bool Keeps(PlanProblem problem, ulong[] sets) =>
        problem.Limits.All(limit => Keeps(limit, Used(problem, limit, sets, limit.Members), Used(problem, limit, sets, null)));

    private static bool Keeps(Limit limit, double members, double all)
    {
        const double rounding = 1e-6;
        return !(limit.Most is { } most && members > most + rounding || limit.Least is { } least && members < least - rounding || limit.LeastShare is { } share && members < share * all - rounding);
    }

    public static double Used(PlanProblem problem, Limit limit, ulong[] sets, bool[]? members)
    {
        double used = 0;
        for (int i = 0; i < problem.Customers; i++)
            for (int a = 0; a < problem.Actions; a++)
                if ((sets[i] >> a & 1) != 0 && members?[i] != false)
                    used += (limit.UnitsByAction?[a] ?? 1) * (limit.Measure == LimitMeasure.Money ? problem.Cost[i * problem.Actions + a] : 1);
        return used;
    }

    public static double Gain(PlanProblem problem, ulong[] sets)
    {
        double gain = 0;
        for (int i = 0; i < problem.Customers; i++)
            for (int a = 0; a < problem.Actions; a++)
                if ((sets[i] >> a & 1) != 0)
                    gain += problem.Gain[i * problem.Actions + a];
        return gain;
    }

    /// <summary>The most that any plan within the limits earns, by trying all of them; null where there is none.</summary>
    public static double? BruteForce(PlanProblem problem)
    {
        List<ulong>[] options = new List<ulong>[problem.Customers];
        for (int i = 0; i < problem.Customers; i++)
            options[i] = [.. Enumerable.Range(0, 1 << problem.Actions).Select(set => (ulong)set).Where(set => Allowed(problem, i, set))];
        int limits = problem.Limits.Count;
        double[][][] weights = [.. options.Select((sets, i) => sets.Select(set => problem.Limits.SelectMany(limit => Weights(problem, limit, i, set)).ToArray()).ToArray())];
        double[][] gains = [.. options.Select((sets, i) => sets.Select(set => Enumerable.Range(0, problem.Actions).Where(a => (set >> a & 1) != 0).Sum(a => problem.Gain[i * problem.Actions + a])).ToArray())];
        double? best = null;
        Walk(0, 0, new double[2 * limits]);
        return best;

        void Walk(int customer, double gain, double[] used)
        {
            if (customer == problem.Customers)
            {
                if (!(gain <= best) && Within(used))
                    best = gain;
                return;
            }
            double[] next = new double[used.Length];
            for (int k = 0; k < options[customer].Count; k++)
            {
                for (int u = 0; u < used.Length; u++)
                    next[u] = used[u] + weights[customer][k][u];
                Walk(customer + 1, gain + gains[customer][k], next);
            }
        }

        bool Within(double[] used)
        {
            for (int l = 0; l < limits; l++)
                if (!Keeps(problem.Limits[l], used[2 * l], used[2 * l + 1]))
                    return false;
            return true;
        }
    }

    private static double[] Weights(PlanProblem problem, Limit limit, int customer, ulong set)
    {
        double all = 0;
        for (int a = 0; a < problem.Actions; a++)
            if ((set >> a & 1) != 0)
                all += (limit.UnitsByAction?[a] ?? 1) * (limit.Measure == LimitMeasure.Money ? problem.Cost[customer * problem.Actions + a] : 1);
        return [limit.Members?[customer] == false ? 0 : all, all];
    }
}
