namespace CustomerValue.Decisions.Optimisation;

/// <summary>Names the limits that no plan can keep together, and the smallest change that would do.</summary>
internal static class InfeasibleLimits
{
    /// <summary>For every side of a limit: is it alone in the way, and how far would it have to give? Where none alone is, those that would have to give together.</summary>
    public static IReadOnlyList<Relaxation> Find(PlanProblem problem, OptimiserOptions options, double[] excess, LimitRows rows, CancellationToken cancellation)
    {
        List<Relaxation> found = [];
        for (int l = 0; l < problem.Limits.Count; l++)
        {
            Limit limit = problem.Limits[l];
            if (limit.Most is { } most && Extreme(problem, l, limit with { Most = null }, -1, options, cancellation) is { } least && least > most)
                found.Add(new Relaxation(limit, "ceiling", most, least, true));
            if (limit.Least is { } floor && Extreme(problem, l, limit with { Least = null }, 1, options, cancellation) is { } largest && largest < floor)
                found.Add(new Relaxation(limit, "floor", floor, largest, true));
            if (limit.LeastShare is { } share && Extreme(problem, l, limit with { LeastShare = null }, 1, options, cancellation) is not null)
                found.Add(new Relaxation(limit, "share", share, excess.Where((_, r) => rows.LimitOf[r] == l && rows.IsShare[r]).Sum(), true));
        }
        if (found.Count > 0)
            return found;
        for (int r = 0; r < rows.Count; r++)
        {
            if (excess[r] <= rows.Tolerance(r) || rows.PerUnit[r] != 1)
                continue;
            Limit limit = problem.Limits[rows.LimitOf[r]];
            found.Add(rows.IsShare[r] ? new Relaxation(limit, "share", limit.LeastShare!.Value, excess[r], false)
                : rows.IsFloor[r] ? new Relaxation(limit, "floor", limit.Least!.Value, limit.Least.Value - excess[r], false)
                : new Relaxation(limit, "ceiling", limit.Most!.Value, limit.Most.Value + excess[r], false));
        }
        return found;
    }

    /// <summary>Least (sign -1) or most (sign 1) that can be used of a limit while all others hold; null where they cannot.</summary>
    private static double? Extreme(PlanProblem problem, int which, Limit without, double sign, OptimiserOptions options, CancellationToken cancellation)
    {
        Limit limit = problem.Limits[which];
        double[] gain = new double[problem.Gain.Length];
        for (int i = 0; i < problem.Customers; i++)
            for (int a = 0; a < problem.Actions; a++)
            {
                int option = i * problem.Actions + a;
                double used = limit.Members is { } members && !members[i] ? 0 : (limit.UnitsByAction?[a] ?? 1) * (limit.Measure == LimitMeasure.Money ? problem.Cost[option] : 1);
                gain[option] = double.IsNaN(problem.Gain[option]) ? double.NaN : sign * used;
            }
        PlanProblem part = new()
        {
            Customers = problem.Customers,
            Actions = problem.Actions,
            Gain = gain,
            Cost = problem.Cost,
            Limits = [.. problem.Limits.Select((other, l) => l == which ? without : other)],
            MostActions = problem.MostActions,
            Excludes = problem.Excludes,
        };
        PlanSolution solution = PlanOptimiser.Solve(part, options with { Start = null }, explain: false, cancellation);
        return solution.Feasible ? sign * solution.Gain : null;
    }
}
