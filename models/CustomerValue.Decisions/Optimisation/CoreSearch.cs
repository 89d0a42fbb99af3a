using System.Numerics;

namespace CustomerValue.Decisions.Optimisation;

/// <summary>
/// Closes the gap: branch and bound over the customers whose choice is open. A choice that loses more at the prices than the gap is wide is in no better plan, so most customers
/// are settled; the rest is searched depth first with prices moved at every node.
/// </summary>
/// <remarks>
/// Fisher (1981), The Lagrangian relaxation method for solving integer programming problems, Management Science 27(1): bounds by Polyak's step towards the best plan known.
/// Where that does not finish, a few customers at a time choose anew while all others keep what they have (Shaw 1998, Using constraint programming and local search methods: large
/// neighbourhoods, drawn here among those whose choice hangs most by the prices), which the proof lacks and the plan gains by.
/// </remarks>
internal sealed class CoreSearch
{
    private const int MostOpen = 4_000, MostSets = 60_000, RootSteps = 60, NodeSteps = 20;
    private const int Neighbourhood = 16, MostNeighbourhoods = 2_000;
    private const double LeastPace = 1.0 / 256, NeighbourhoodShare = 0.5;

    private readonly LimitRows _rows;
    private readonly int _limits;
    private readonly List<int> _customers = [];
    private readonly List<Choice[]> _choices = [];
    private readonly List<double[]> _least = [];
    private readonly double[] _bound;
    private readonly int[] _taken;
    private readonly bool[] _fixed;
    private readonly int[] _best;
    private long _effort;
    private readonly CancellationToken _cancellation;
    private readonly bool _tooLarge;
    private readonly double[] _settledUsage;
    private readonly double _settledGain;
    private double _incumbent;
    private bool _foundHere;

    public CoreSearch(PlanProblem problem, LimitRows rows, PricedChoices choices, double[] prices, double bound, double incumbent, long effort, CancellationToken cancellation)
    {
        (_rows, _limits, _effort, _incumbent, _cancellation) = (rows, rows.Count, effort, incumbent, cancellation);
        _bound = [.. rows.Bound.Select((value, r) => value / rows.Scale[r])];
        _settledUsage = new double[_limits];
        (double[] unit, double[] money) = choices.Table(prices);
        double gap = double.IsNegativeInfinity(incumbent) ? double.PositiveInfinity : (bound - incumbent) * (1 + 1e-9) + 1e-9 * Math.Abs(bound);
        List<(ulong Set, double Worth)> sets = [];
        double[] worth = new double[problem.Actions];
        int total = 0;
        for (int i = 0; i < problem.Customers; i++)
        {
            int at = i * problem.Actions, cell = rows.ClassOf[i] * problem.Actions;
            for (int a = 0; a < worth.Length; a++)
                worth[a] = problem.Gain[at + a] - money[cell + a] * problem.Cost[at + a] - unit[cell + a];
            (ulong first, double best) = Sets.Best(worth, problem);
            Sets.Above(worth, problem, double.IsInfinity(gap) ? double.NegativeInfinity : best - gap, sets);
            if (sets.Count > 1)
            {
                total += sets.Count;
                if (_customers.Count >= MostOpen || total > MostSets)
                {
                    _tooLarge = true;
                    break;
                }
                _customers.Add(i);
                _choices.Add([.. sets.Select(pair => Make(problem, i, pair.Set))]);
                double[] least = new double[_limits];
                for (int r = 0; r < _limits; r++)
                    least[r] = _choices[^1].Min(choice => choice.Usage[r]);
                _least.Add(least);
            }
            else
            {
                Choice only = Make(problem, i, first);
                _settledGain += only.Gain;
                for (int r = 0; r < _limits; r++)
                    _settledUsage[r] += only.Usage[r];
            }
        }
        (_taken, _fixed, _best) = (new int[_customers.Count], new bool[_customers.Count], new int[_customers.Count]);
    }

    /// <summary>Whether too many choices are open to search at all.</summary>
    public bool TooLarge => _tooLarge;

    /// <summary>Searches; true where the search is complete, so that the plan left is the best there is (or none exists).</summary>
    /// <param name="prices">Prices at which it begins.</param>
    /// <param name="known">The best plan known; not read where there is none.</param>
    /// <param name="sets">Everybody's best choice at the prices; what a better plan takes is put into it.</param>
    /// <param name="found">Whether a better one was found.</param>
    public bool Run(double[] prices, ulong[] known, ulong[] sets, out bool found)
    {
        double before = _incumbent;
        found = false;
        if (_tooLarge)
            return false;
        double[] scaled = [.. prices.Select((price, r) => price * _rows.Scale[r])], least = (double[])_settledUsage.Clone();
        foreach (double[] usage in _least)
            for (int r = 0; r < _limits; r++)
                least[r] += usage[r];
        long forNeighbours = (long)(NeighbourhoodShare * _effort);
        _effort -= forNeighbours;
        bool complete = Node(_settledGain, (double[])_settledUsage.Clone(), least, scaled, RootSteps, _customers.Count);
        if (!complete)
            Exchange(scaled, known, forNeighbours);
        found = _incumbent > before;
        if (found)
        {
            // Customers who are settled take their best choice at the prices, which the caller has put into the plan already.
            for (int c = 0; c < _customers.Count; c++)
                sets[_customers[c]] = _choices[c][_best[c]].Set;
        }
        return complete;
    }

    private bool Node(double gain, double[] usage, double[] least, double[] prices, int steps, int open)
    {
        for (int r = 0; r < _limits; r++)
            if (least[r] > _bound[r] + 1e-9)
                return true;
        if (_effort < 0)
            return false;
        double lowest = double.PositiveInfinity;
        double[] at = prices, trial = (double[])prices.Clone(), used = new double[_limits], slope = new double[_limits];
        double pace = 1;
        for (int step = 0; step < steps && pace > LeastPace; step++)
        {
            double bound = Choose(gain, usage, trial, used, out double value);
            Offer(value, used);
            if (bound < lowest)
            {
                (lowest, at) = (bound, (double[])trial.Clone());
                used.CopyTo(slope, 0);
            }
            else
                pace /= 2;
            if (lowest <= _incumbent + Slack())
                return true;
            double length = 0;
            for (int r = 0; r < _limits; r++)
                if (at[r] > 0 || slope[r] > _bound[r])
                    length += (slope[r] - _bound[r]) * (slope[r] - _bound[r]);
            if (length < 1e-18 || open == 0)
                break;
            double target = double.IsNegativeInfinity(_incumbent) ? lowest - 0.05 * Math.Abs(lowest) - 1e-6 : _incumbent;
            for (int r = 0; r < _limits; r++)
                trial[r] = Math.Max(0, at[r] + pace * (lowest - target) / length * (slope[r] - _bound[r]));
        }
        if (open > 0)
            Fill(gain, usage, at, used);
        return open == 0 || Branch(gain, usage, least, at, open, lowest);
    }

    /// <summary>Lets a few customers at a time choose anew beside the best plan known, most often those who stand near to another choice at the prices.</summary>
    private void Exchange(double[] prices, ulong[] known, long effort)
    {
        int count = _customers.Count;
        if (double.IsNegativeInfinity(_incumbent) || count < 2 || !Recall(known))
            return;
        int[] order = [.. Enumerable.Range(0, count).OrderBy(c => Regret(c, prices))];
        Random random = new(count);
        int size = Math.Min(Neighbourhood, count);
        double[] usage = new double[_limits], least = new double[_limits];
        for (int k = 0; k < MostNeighbourhoods && effort > 0; k++)
        {
            Array.Fill(_fixed, true);
            for (int left = size; left > 0;)
            {
                // The square of a uniform draw comes twice as often from the first quarter.
                double draw = random.NextDouble();
                int c = order[(int)(draw * draw * count)];
                if (!_fixed[c])
                    continue;
                _fixed[c] = false;
                left--;
            }
            _settledUsage.CopyTo(usage, 0);
            double gain = _settledGain;
            for (int c = 0; c < count; c++)
                if (_fixed[c])
                {
                    Choice kept = _choices[c][_taken[c] = _best[c]];
                    gain += kept.Gain;
                    for (int r = 0; r < _limits; r++)
                        usage[r] += kept.Usage[r];
                }
            usage.CopyTo(least, 0);
            for (int c = 0; c < count; c++)
                for (int r = 0; !_fixed[c] && r < _limits; r++)
                    least[r] += _least[c][r];
            _effort = effort / 8;
            long before = _effort;
            Node(gain, usage, least, prices, NodeSteps, size);
            effort -= before - _effort;
        }
        Array.Fill(_fixed, false);
    }

    /// <summary>Puts the plan known into the choices where the search has not found a better one; false where it takes what is not among them, or does not fit beside those who are settled.</summary>
    private bool Recall(ulong[] known)
    {
        if (_foundHere)
            return true;
        for (int c = 0; c < _customers.Count; c++)
            if ((_best[c] = Array.FindIndex(_choices[c], choice => choice.Set == known[_customers[c]])) < 0)
                return false;
        return Enumerable.Range(0, _limits).All(r => _settledUsage[r] + Enumerable.Range(0, _customers.Count).Sum(c => _choices[c][_best[c]].Usage[r]) <= _bound[r] + 1e-9);
    }

    /// <summary>How much better a customer's best choice is than the second at the prices.</summary>
    private double Regret(int customer, double[] prices)
    {
        double first = double.NegativeInfinity, second = first;
        foreach (Choice choice in _choices[customer])
        {
            double worth = Worth(choice, prices);
            if (worth > first)
                (first, second) = (worth, first);
            else if (worth > second)
                second = worth;
        }
        return first - second;
    }

    private bool Branch(double gain, double[] usage, double[] least, double[] prices, int open, double bound)
    {
        int customer = -1;
        double nearest = double.PositiveInfinity;
        for (int c = 0; c < _customers.Count; c++)
        {
            if (_fixed[c])
                continue;
            if (Regret(c, prices) is var regret && regret < nearest)
                (customer, nearest) = (c, regret);
        }
        Choice[] choices = _choices[customer];
        double[] worths = [.. choices.Select(choice => Worth(choice, prices))];
        int[] order = [.. Enumerable.Range(0, choices.Length).OrderByDescending(k => worths[k])];
        double best = worths[order[0]];
        _fixed[customer] = true;
        bool complete = true;
        double[] childUsage = new double[_limits], childLeast = new double[_limits];
        foreach (int k in order)
        {
            if (bound - (best - worths[k]) <= _incumbent + Slack())
                break;
            _cancellation.ThrowIfCancellationRequested();
            for (int r = 0; r < _limits; r++)
            {
                childUsage[r] = usage[r] + choices[k].Usage[r];
                childLeast[r] = least[r] - _least[customer][r] + choices[k].Usage[r];
            }
            _taken[customer] = k;
            complete &= Node(gain + choices[k].Gain, childUsage, childLeast, prices, NodeSteps, open - 1);
            if (_effort < 0)
                break;
        }
        _fixed[customer] = false;
        return complete && _effort >= 0;
    }

    /// <summary>Every open customer takes the best at the prices; gives the bound, the value and the usage of what they take.</summary>
    private double Choose(double gain, double[] usage, double[] prices, double[] used, out double value)
    {
        usage.CopyTo(used, 0);
        value = gain;
        for (int c = 0; c < _customers.Count; c++)
        {
            if (_fixed[c])
                continue;
            Choice[] choices = _choices[c];
            int best = 0;
            double most = Worth(choices[0], prices);
            for (int k = 1; k < choices.Length; k++)
                if (Worth(choices[k], prices) is var worth && worth > most)
                    (best, most) = (k, worth);
            _effort -= choices.Length;
            _taken[c] = best;
            value += choices[best].Gain;
            for (int r = 0; r < _limits; r++)
                used[r] += choices[best].Usage[r];
        }
        double bound = value;
        for (int r = 0; r < _limits; r++)
            bound += prices[r] * (_bound[r] - used[r]);
        return bound;
    }

    /// <summary>A plan by priority: who would lose most without their choice comes first and takes the best that still fits.</summary>
    private void Fill(double gain, double[] usage, double[] prices, double[] used)
    {
        usage.CopyTo(used, 0);
        double value = gain;
        List<(double Loss, int Customer)> order = [];
        for (int c = 0; c < _customers.Count; c++)
        {
            if (_fixed[c])
                continue;
            double best = double.NegativeInfinity, nothing = double.PositiveInfinity;
            foreach (Choice choice in _choices[c])
            {
                double worth = Worth(choice, prices);
                best = Math.Max(best, worth);
                nothing = choice.Set == 0 ? worth : Math.Min(nothing, double.IsPositiveInfinity(nothing) ? worth : nothing);
            }
            order.Add((nothing - best, c));
        }
        order.Sort();
        foreach ((_, int c) in order)
        {
            int taken = -1;
            double most = double.NegativeInfinity;
            Choice[] choices = _choices[c];
            _effort -= choices.Length;
            for (int k = 0; k < choices.Length; k++)
            {
                double worth = Worth(choices[k], prices);
                if (worth <= most)
                    continue;
                bool fits = true;
                for (int r = 0; r < _limits && fits; r++)
                    fits = choices[k].Usage[r] <= 0 || used[r] + choices[k].Usage[r] <= _bound[r] + 1e-9;
                if (fits)
                    (taken, most) = (k, worth);
            }
            if (taken < 0)
                return;
            _taken[c] = taken;
            value += choices[taken].Gain;
            for (int r = 0; r < _limits; r++)
                used[r] += choices[taken].Usage[r];
        }
        Offer(value, used);
    }

    private void Offer(double value, double[] used)
    {
        if (value <= _incumbent + Slack() && !double.IsNegativeInfinity(_incumbent))
            return;
        for (int r = 0; r < _limits; r++)
            if (used[r] > _bound[r] + 1e-9)
                return;
        (_incumbent, _foundHere) = (value, true);
        _taken.CopyTo(_best, 0);
    }

    private double Slack() => double.IsNegativeInfinity(_incumbent) ? 0 : 1e-10 * Math.Max(1e-3, Math.Abs(_incumbent));

    private static double Worth(Choice choice, double[] prices)
    {
        double worth = choice.Gain;
        for (int r = 0; r < prices.Length; r++)
            worth -= prices[r] * choice.Usage[r];
        return worth;
    }

    private Choice Make(PlanProblem problem, int customer, ulong set)
    {
        double gain = 0;
        for (ulong rest = set; rest != 0; rest &= rest - 1)
            gain += problem.Gain[customer * problem.Actions + BitOperations.TrailingZeroCount(rest)];
        double[] usage = new double[_limits];
        _rows.Add(usage, customer, set, 1);
        for (int r = 0; r < _limits; r++)
            usage[r] /= _rows.Scale[r];
        return new Choice(set, gain, usage);
    }

    private readonly record struct Choice(ulong Set, double Gain, double[] Usage);
}
