namespace CustomerValue.Decisions.Optimisation;

/// <summary>The prices found and what they say.</summary>
/// <param name="Prices">Price of a unit of each row.</param>
/// <param name="Bound">No plan earns more.</param>
/// <param name="Excess">How far even the best mixture of plans exceeds each row, in the row's own unit; above 0 no plan can keep them all.</param>
/// <param name="Rounds">How often customers chose.</param>
internal sealed record FoundPrices(double[] Prices, double Bound, double[] Excess, int Rounds);

/// <summary>Finds the prices of the limits at which the bound is lowest (the Lagrangian dual), by mixing plans and smoothing the prices between rounds.</summary>
/// <remarks>Geoffrion (1974), Lagrangean relaxation for integer programming; smoothing after Wentges (1997), Weighted Dantzig-Wolfe decomposition, International Transactions in Operational Research 4(2).</remarks>
internal sealed class PriceSearch
{
    private const int MostIdle = 20;

    private readonly LimitRows _rows;
    private readonly PricedChoices _choices;
    private readonly MasterProgram _master;
    private readonly int _mostRounds;
    private readonly double _tolerance;
    private readonly double _least;

    public PriceSearch(PlanProblem problem, LimitRows rows, PricedChoices choices, int mostRounds, double tolerance)
    {
        (_rows, _choices, _mostRounds, _tolerance) = (rows, choices, mostRounds, tolerance);
        double largest = 0;
        foreach (double gain in problem.Gain)
            largest = Math.Max(largest, double.IsNaN(gain) ? 0 : Math.Abs(gain));
        double[] scaled = new double[rows.Count], penalty = new double[rows.Count];
        for (int r = 0; r < rows.Count; r++)
        {
            scaled[r] = rows.Bound[r] / rows.Scale[r];
            penalty[r] = 4 * (rows.Count + 1) * Math.Max(largest, 1e-9) * problem.MostActions * rows.Scale[r] / SmallestWeight(problem, rows, r);
        }
        _least = 1e-3 * largest;
        _master = new MasterProgram(scaled, penalty);
    }

    public FoundPrices Find(double[]? start)
    {
        int count = _rows.Count, round = 0, idle = 0;
        double[] best = start ?? new double[count], asked = (double[])best.Clone();
        double bound = double.PositiveInfinity, smoothing = 0.5;
        if (start is not null)
            Try(new double[count]); // the plan without prices, a corner every mixture needs
        while (true)
        {
            bool better = Try(asked);
            smoothing = better ? Math.Min(0.8, smoothing + 0.1) : smoothing < 0.05 ? 0 : smoothing / 2;
            double before = _master.Value;
            _master.Solve();
            idle = better || _master.Value > before ? 0 : idle + 1;
            if (idle > MostIdle || count == 0 || round >= _mostRounds || bound - _master.Value <= _tolerance * Math.Max(_least, Math.Abs(bound)))
                break;
            for (int r = 0; r < count; r++)
                asked[r] = smoothing * best[r] + (1 - smoothing) * _master.Prices[r] / _rows.Scale[r];
        }
        return new FoundPrices(best, bound, [.. _master.Excess().Select((excess, r) => excess * _rows.Scale[r])], round);

        bool Try(double[] prices)
        {
            PricedChoice choice = _choices.Choose(prices, null);
            round++;
            double[] usage = new double[count];
            for (int r = 0; r < count; r++)
                usage[r] = choice.Usage[r] / _rows.Scale[r];
            _master.Add(choice.Gain, usage);
            if (!(choice.Bound < bound))
                return false;
            (bound, best) = (choice.Bound, (double[])prices.Clone());
            return true;
        }
    }

    private static double SmallestWeight(PlanProblem problem, LimitRows rows, int r)
    {
        double smallest = double.PositiveInfinity;
        foreach (double weight in rows.UnitWeight[r])
            if (weight != 0)
                smallest = Math.Min(smallest, Math.Abs(weight));
        if (Array.Exists(rows.MoneyWeight[r], weight => weight != 0))
        {
            double factor = rows.MoneyWeight[r].Where(weight => weight != 0).Min(Math.Abs);
            foreach (double cost in problem.Cost)
                if (cost > 0)
                    smallest = Math.Min(smallest, cost * factor);
        }
        return double.IsFinite(smallest) ? Math.Max(smallest, 1e-6 * rows.Scale[r]) : rows.Scale[r];
    }
}
