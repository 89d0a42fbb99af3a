namespace CustomerValue.Simulation;

/// <summary>Computes <see cref="FutureExpectation"/> exactly, up to a dropout placed at noon of its day.</summary>
/// <remarks>
/// An Erlang k gap is k exponential phases, so the state is a distribution over the phase 0 .. k-1 and a day moves it by a Poisson number
/// of phases with mean k lambda w. Each wrap from phase k-1 to 0 is an order. A lifetime thins day u by exp(-mu (u + 1/2)); a dropout after
/// orders thins the state by 1 - p at each wrap. For k = 1 and no thinning this is lambda times the sum of weights. The noon convention
/// errs by a factor 1 + mu^2/24, under 0.001 % for a mean lifetime of ten weeks or more.
/// </remarks>
internal sealed class FutureCalculator
{
    private readonly double[] _alive = new double[8];
    private readonly double[] _next = new double[8];
    private readonly double[] _quiet = new double[8];
    private readonly PoissonTable _poisson = new();

    /// <summary>Runs over all of <paramref name="weights"/>, the days after the end.</summary>
    /// <param name="phase">Phases of the current gap already passed.</param>
    /// <param name="regularity">Erlang k.</param>
    /// <param name="rate">Orders a day at weight 1.</param>
    /// <param name="lifetimeRate">mu, or 0.</param>
    /// <param name="leaveAfterOrder">p, or 0.</param>
    /// <param name="weights">Rate factor of each day.</param>
    /// <param name="prices">Price level of each day.</param>
    public FutureExpectation Run(
        int phase, int regularity, double rate, double lifetimeRate, double leaveAfterOrder, ReadOnlySpan<double> weights, ReadOnlySpan<double> prices)
    {
        Span<double> alive = _alive.AsSpan(0, regularity);
        Span<double> next = _next.AsSpan(0, regularity);
        Span<double> quiet = _quiet.AsSpan(0, regularity);
        alive.Clear();
        quiet.Clear();
        alive[phase] = 1;
        quiet[phase] = 1;
        double survival = DeterministicMath.Exp(-0.5 * lifetimeRate);
        double step = survival * survival;
        double stay = 1 - leaveAfterOrder;
        FutureExpectation sum = default;
        sum.NoOrder = 1;
        for (int day = 0; day < weights.Length; day++)
        {
            _poisson.Compute(rate * regularity * weights[day]);
            ReadOnlySpan<double> poisson = _poisson.Probabilities;
            double orders = 0;
            double anyOrder = 0;
            next.Clear();
            for (int from = 0; from < regularity; from++)
            {
                double mass = alive[from];
                double kept = 1;
                double made = 0;
                int to = from + _poisson.First;
                for (; to >= regularity; to -= regularity)
                {
                    made += kept;
                    kept *= stay;
                }

                for (int n = 0; n < poisson.Length; n++)
                {
                    double moved = mass * poisson[n];
                    next[to] += moved * kept;
                    orders += moved * made;
                    if (made > 0)
                        anyOrder += moved;
                    if (++to == regularity)
                    {
                        to = 0;
                        made += kept;
                        kept *= stay;
                    }
                }
            }

            next.CopyTo(alive);
            double firstOrder = KeepQuiet(quiet);
            double priced = survival * orders * prices[day];
            sum.Orders += survival * orders;
            sum.PurchaseDays += survival * anyOrder;
            sum.NoOrder -= survival * firstOrder;
            sum.PricedOrders += priced;
            sum.ReturnablePricedOrders += priced * Math.Min(weights.Length - 1 - day, ProductCatalogue.ReturnDays) / ProductCatalogue.ReturnDays;
            survival *= step;
        }

        return sum;
    }

    /// <summary>Moves the phases of those without an order yet, in place, and returns the mass that made its first order.</summary>
    private double KeepQuiet(Span<double> quiet)
    {
        double before = 0;
        double after = 0;
        for (int to = quiet.Length - 1; to >= 0; to--)
        {
            double mass = 0;
            for (int n = 0; n <= to; n++)
                mass += quiet[to - n] * _poisson.At(n);
            before += quiet[to];
            after += mass;
            quiet[to] = mass;
        }

        return before - after;
    }
}
