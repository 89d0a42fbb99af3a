namespace CustomerValue.Decisions.Optimisation;

/// <summary>Sets of actions that one customer may get together, as bits.</summary>
internal static class Sets
{
    /// <summary>The set worth most; ties go to the fewer and then the earlier actions.</summary>
    /// <param name="worth">Worth of each action; NaN where not allowed.</param>
    /// <param name="problem">How many together, and what excludes what.</param>
    public static (ulong Set, double Worth) Best(double[] worth, PlanProblem problem)
    {
        ulong best = 0;
        double most = 0;
        Walk(0, 0, 0, problem.MostActions);
        return (best, most);

        void Walk(int from, ulong set, double sum, int left)
        {
            if (sum > most)
                (best, most) = (set, sum);
            if (left == 0)
                return;
            for (int a = from; a < worth.Length; a++)
                if (worth[a] > 0 && problem.Allowed(set | (1UL << a)))
                    Walk(a + 1, set | (1UL << a), sum + worth[a], left - 1);
        }
    }

    /// <summary>Every allowed set, the empty one too, that is worth at least a given amount.</summary>
    public static void Above(double[] worth, PlanProblem problem, double least, List<(ulong Set, double Worth)> into)
    {
        into.Clear();
        if (problem.MostActions == 1)
        {
            if (least <= 0)
                into.Add((0, 0));
            for (int a = 0; a < worth.Length; a++)
                if (worth[a] >= least)
                    into.Add((1UL << a, worth[a]));
            return;
        }
        Walk(0, 0, 0, problem.MostActions);

        void Walk(int from, ulong set, double sum, int left)
        {
            if (sum >= least)
                into.Add((set, sum));
            for (int a = from; left > 0 && a < worth.Length; a++)
                if (!double.IsNaN(worth[a]) && problem.Allowed(set | (1UL << a)))
                    Walk(a + 1, set | (1UL << a), sum + worth[a], left - 1);
        }
    }
}
