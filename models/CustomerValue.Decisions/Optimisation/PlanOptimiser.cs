using System.Numerics;

namespace CustomerValue.Decisions.Optimisation;

/// <summary>
/// Finds who gets what so that the whole earns most within the limits: prices on limits (Lagrangian relaxation), repair of the choices at these prices, and a search that closes the
/// gap where few choices are open. The plan always keeps every limit, the gap to the best is part of the answer, and threads do not change it.
/// </summary>
public static class PlanOptimiser
{
    /// <summary>Solves a problem.</summary>
    /// <param name="problem">Who could get what, and the limits.</param>
    /// <param name="options">How hard to try; the usual where null.</param>
    /// <param name="cancellation">Stops between rounds.</param>
    /// <exception cref="ArgumentException">The problem is not valid; all violations are named.</exception>
    public static PlanSolution Solve(PlanProblem problem, OptimiserOptions? options = null, CancellationToken cancellation = default) => Solve(problem, options, explain: true, cancellation);

    internal static PlanSolution Solve(PlanProblem problem, OptimiserOptions? options, bool explain, CancellationToken cancellation)
    {
        IReadOnlyList<string> violations = problem.Violations();
        if (violations.Count > 0)
            throw new ArgumentException(string.Join(' ', violations), nameof(problem));
        options ??= new OptimiserOptions();
        LimitRows rows = new(problem);
        PricedChoices choices = new(problem, rows, options.Threads, cancellation);
        double[]? start = options.Start is { } given && given.Count == rows.Count ? [.. given] : null;
        FoundPrices prices = new PriceSearch(problem, rows, choices, options.MostRounds, options.Tolerance).Find(start);
        bool impossible = prices.Excess.Where((excess, r) => excess > 1e-6 * rows.Scale[r]).Any();
        PlanDraft? draft = impossible ? null : new PlanRepair(problem, rows, choices).Repair(prices.Prices, options.Effort > 0);

        double bound = Math.Max(prices.Bound, draft?.Gain ?? double.NegativeInfinity);
        bool proven = false;
        ulong[] sets = draft?.Sets ?? new ulong[problem.Customers];
        bool feasible = draft is not null;
        if (!impossible && options.Effort > 0 && (draft is null || bound - draft.Gain > 1e-9 * Math.Max(1e-3, Math.Abs(bound))))
        {
            (proven, feasible) = Close(problem, rows, choices, prices.Prices, bound, options.Effort, draft, sets, cancellation);
        }
        (double gain, double cost) = Sum(problem, sets);
        return new PlanSolution
        {
            Sets = sets,
            Gain = gain,
            Cost = cost,
            Bound = proven && feasible ? gain : Math.Max(bound, gain),
            Feasible = feasible,
            Limits = Uses(problem, rows, prices.Prices, sets),
            Prices = prices.Prices,
            Relaxations = feasible || !explain ? [] : InfeasibleLimits.Find(problem, options, [.. prices.Excess], rows, cancellation),
        };
    }

    /// <summary>Searches with a little effort first: every better plan leaves fewer choices open for the next search.</summary>
    private static (bool Proven, bool Feasible) Close(
        PlanProblem problem, LimitRows rows, PricedChoices choices, double[] prices, double bound, long effort, PlanDraft? draft, ulong[] sets, CancellationToken cancellation)
    {
        const int pieces = 16;
        double known = draft?.Gain ?? double.NegativeInfinity;
        long left = effort;
        long piece = effort / pieces;
        while (true)
        {
            CoreSearch search = new(problem, rows, choices, prices, bound, known, Math.Min(piece, left), cancellation);
            ulong[] better = new ulong[sets.Length];
            choices.Choose(prices, better);
            bool proven = search.Run(prices, sets, better, out bool found);
            left -= piece;
            if (found)
            {
                better.CopyTo(sets, 0);
                known = Sum(problem, sets).Gain;
            }
            if (proven || search.TooLarge || left <= 0)
                return (proven, !double.IsNegativeInfinity(known));
            piece = found ? Math.Min(left, effort / pieces) : left;
        }
    }

    private static (double Gain, double Cost) Sum(PlanProblem problem, ulong[] sets)
    {
        double gain = 0, cost = 0;
        for (int i = 0; i < sets.Length; i++)
            for (ulong rest = sets[i]; rest != 0; rest &= rest - 1)
            {
                int option = i * problem.Actions + BitOperations.TrailingZeroCount(rest);
                gain += problem.Gain[option];
                cost += problem.Cost[option];
            }
        return (gain, cost);
    }

    private static LimitUse[] Uses(PlanProblem problem, LimitRows rows, double[] prices, ulong[] sets)
    {
        LimitUse[] uses = new LimitUse[problem.Limits.Count];
        for (int l = 0; l < uses.Length; l++)
        {
            Limit limit = problem.Limits[l];
            double used = 0;
            for (int i = 0; i < sets.Length; i++)
                for (ulong rest = limit.Members is { } members && !members[i] ? 0 : sets[i]; rest != 0; rest &= rest - 1)
                {
                    int a = BitOperations.TrailingZeroCount(rest);
                    used += (limit.UnitsByAction?[a] ?? 1) * (limit.Measure == LimitMeasure.Money ? problem.Cost[i * problem.Actions + a] : 1);
                }
            double Price(bool floor, bool share) => Enumerable.Range(0, rows.Count).Where(r => rows.LimitOf[r] == l && rows.IsFloor[r] == floor && rows.IsShare[r] == share).Sum(r => prices[r] * rows.PerUnit[r]);
            uses[l] = new LimitUse(limit, used, Price(false, false), Price(true, false), Price(true, true));
        }
        return uses;
    }
}
