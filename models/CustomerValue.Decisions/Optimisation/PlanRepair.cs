using System.Numerics;

namespace CustomerValue.Decisions.Optimisation;

/// <summary>A plan on the way: who gets what, what it earns and uses.</summary>
internal sealed class PlanDraft(ulong[] sets, double gain, double[] usage)
{
    public ulong[] Sets { get; } = sets;

    public double Gain { get; set; } = gain;

    public double[] Usage { get; } = usage;
}

/// <summary>Makes the choice at prices keep every limit, at little loss, and then fills what is left.</summary>
/// <remarks>At the best prices few customers hang between two choices; changes are tried in the order of what they lose at these prices.</remarks>
internal sealed class PlanRepair(PlanProblem problem, LimitRows rows, PricedChoices choices)
{
    private const int MostPasses = 12, MostPairPasses = 40, PairCandidates = 700, SmallProblem = 30_000, FewCandidates = 500;

    /// <summary>A plan that keeps every limit, or null where none was found.</summary>
    /// <param name="prices">Prices of the rows.</param>
    /// <param name="pairs">Whether pairs of changes are tried as well, which takes longer.</param>
    public PlanDraft? Repair(double[] prices, bool pairs)
    {
        ulong[] sets = new ulong[problem.Customers];
        PricedChoice choice = choices.Choose(prices, sets);
        PlanDraft draft = new(sets, choice.Gain, choice.Usage);
        double largest = 0;
        foreach (double gain in problem.Gain)
            largest = Math.Max(largest, double.IsNaN(gain) ? 0 : Math.Abs(gain));
        double threshold = Math.Max(1e-9, 10 * largest / Math.Max(10, problem.Customers));
        int before = -1;
        while (true)
        {
            List<Change> changes = Changes(prices, threshold);
            bool all = changes.Count == before && threshold > 100 * largest * Math.Max(1, prices.Sum());
            before = changes.Count;
            if (changes.Count >= (pairs && problem.Gain.Length <= SmallProblem ? SmallProblem : FewCandidates) || all || threshold > 1e12 * Math.Max(1, largest))
            {
                for (int pass = 0; pass < MostPasses && rows.Violation(draft.Usage) > 0 && Pass(draft, changes, mend: true); pass++)
                {
                }
                if (rows.Violation(draft.Usage) == 0)
                {
                    for (int pass = 0; pass < MostPasses && Pass(draft, changes, mend: false); pass++)
                    {
                    }
                    for (int pass = 0; pairs && pass < MostPairPasses && Pairs(draft, changes); pass++)
                    {
                    }
                    return draft;
                }
                if (all || threshold > 1e12 * Math.Max(1, largest))
                    return null;
            }
            threshold *= 8;
        }
    }

    private bool Pass(PlanDraft draft, List<Change> changes, bool mend)
    {
        double[] usage = new double[rows.Count];
        double violation = rows.Violation(draft.Usage);
        bool changed = false;
        foreach (Change change in changes)
        {
            ulong now = draft.Sets[change.Customer];
            if (now == change.Set)
                continue;
            double more = Gain(change.Customer, change.Set) - Gain(change.Customer, now);
            if (!mend && more <= 0)
                continue;
            draft.Usage.CopyTo(usage, 0);
            rows.Add(usage, change.Customer, now, -1);
            rows.Add(usage, change.Customer, change.Set, 1);
            double after = rows.Violation(usage);
            if (mend ? after >= violation - 1e-12 : after > 0)
                continue;
            usage.CopyTo(draft.Usage, 0);
            (draft.Sets[change.Customer], draft.Gain, violation, changed) = (change.Set, draft.Gain + more, after, true);
            if (mend && violation == 0)
                break;
        }
        return changed;
    }

    /// <summary>Two changes at once: one makes room for the other. Every pair among the changes of least loss is tried.</summary>
    private bool Pairs(PlanDraft draft, List<Change> changes)
    {
        int count = Math.Min(PairCandidates, changes.Count), limits = rows.Count;
        double[] more = new double[count], weights = new double[count * limits], room = new double[limits];
        for (int k = 0; k < count; k++)
        {
            Change change = changes[k];
            ulong now = draft.Sets[change.Customer];
            more[k] = Gain(change.Customer, change.Set) - Gain(change.Customer, now);
            Span<double> weight = weights.AsSpan(k * limits, limits);
            rows.Add(weight, change.Customer, now, -1);
            rows.Add(weight, change.Customer, change.Set, 1);
        }
        for (int r = 0; r < limits; r++)
            room[r] = rows.Bound[r] - draft.Usage[r] + rows.Tolerance(r) / 2;
        int first = -1, second = -1;
        double most = 1e-9 * Math.Max(1e-3, Math.Abs(draft.Gain));
        for (int j = 0; j < count; j++)
            for (int k = j + 1; k < count; k++)
            {
                if (more[j] + more[k] <= most || changes[j].Customer == changes[k].Customer)
                    continue;
                bool fits = true;
                for (int r = 0; r < limits && fits; r++)
                    fits = weights[j * limits + r] + weights[k * limits + r] <= room[r];
                if (fits)
                    (first, second, most) = (j, k, more[j] + more[k]);
            }
        if (first < 0)
            return false;
        foreach (int k in (int[])[first, second])
        {
            rows.Add(draft.Usage, changes[k].Customer, draft.Sets[changes[k].Customer], -1);
            rows.Add(draft.Usage, changes[k].Customer, changes[k].Set, 1);
            draft.Sets[changes[k].Customer] = changes[k].Set;
        }
        draft.Gain += most;
        return true;
    }

    private double Gain(int customer, ulong set)
    {
        double sum = 0;
        for (ulong rest = set; rest != 0; rest &= rest - 1)
            sum += problem.Gain[customer * problem.Actions + BitOperations.TrailingZeroCount(rest)];
        return sum;
    }

    /// <summary>Every other choice that loses at most the threshold, the smallest loss first.</summary>
    private List<Change> Changes(double[] prices, double threshold)
    {
        (double[] unit, double[] money) = choices.Table(prices);
        List<Change> changes = [];
        List<(ulong Set, double Worth)> sets = [];
        double[] worth = new double[problem.Actions];
        for (int i = 0; i < problem.Customers; i++)
        {
            int at = i * problem.Actions, cell = rows.ClassOf[i] * problem.Actions;
            double best = 0;
            for (int a = 0; a < worth.Length; a++)
            {
                worth[a] = problem.Gain[at + a] - money[cell + a] * problem.Cost[at + a] - unit[cell + a];
                best = worth[a] > best ? worth[a] : best;
            }
            if (problem.MostActions > 1)
                best = Sets.Best(worth, problem).Worth;
            Sets.Above(worth, problem, best - threshold, sets);
            if (sets.Count > 1)
                foreach ((ulong set, double value) in sets)
                    changes.Add(new Change(best - value, i, set));
        }
        changes.Sort();
        return changes;
    }

    private readonly record struct Change(double Loss, int Customer, ulong Set) : IComparable<Change>
    {
        public int CompareTo(Change other) => Loss != other.Loss ? Loss.CompareTo(other.Loss) : Customer != other.Customer ? Customer.CompareTo(other.Customer) : Set.CompareTo(other.Set);
    }
}
