using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>What the models answer whose customers buy at a rate ~ Gamma(r, alpha) until a lifetime unrelated to it ends.</summary>
internal interface ILifetimeEngine
{
    double Alive(PurchaseHistory h);
    double Expected(PurchaseHistory h, double t);
    void Expected(PurchaseHistory h, ReadOnlySpan<double> t, Span<double> destination);
    double None(PurchaseHistory h, double t);
    double Mass(PurchaseHistory h, double t, int n);
    double ExpectedOfNew(double t);
    double MassOfNew(double t, int n);
    IReadOnlyList<double> SimulateNew(double t, Random random);
    IReadOnlyList<double> SimulateFuture(PurchaseHistory h, double t, Random random);
}

/// <summary>The answers for one kind of lifetime.</summary>
/// <remarks>
/// Who is alive at T after x purchases is a new customer with rate ~ Gamma(r + x, alpha + T) and the remaining lifetime; so every
/// conditional quantity is P(alive) times that of a new customer with these parameters.
/// </remarks>
internal sealed class LifetimeEngine<TLifetime>(double r, double alpha, TLifetime lifetime, double lifetimeExponent) : ILifetimeEngine
    where TLifetime : struct, ILifetime<TLifetime>
{
    public double Alive(PurchaseHistory h)
    {
        if (double.IsPositiveInfinity(lifetime.Scale)) return 1;
        double m = r + h.X, scale = alpha + h.Tx, idle = h.T - h.Tx;
        TLifetime remaining = lifetime.After(h.Tx);
        double stayed = Math.Exp(-m * Scalars.LogOnePlus(idle / scale) + remaining.LogSurvival(idle));
        return stayed / (stayed + LeftWithin(m, scale, remaining, idle));
    }

    public double Expected(PurchaseHistory h, double t) => Alive(h) * (r + h.X) / (alpha + h.T) * lifetime.After(h.T).ExpectedTimeAlive(t);

    public void Expected(PurchaseHistory h, ReadOnlySpan<double> t, Span<double> destination)
    {
        double rate = Alive(h) * (r + h.X) / (alpha + h.T);
        TLifetime remaining = lifetime.After(h.T);
        for (int i = 0; i < t.Length; i++) destination[i] = rate * remaining.ExpectedTimeAlive(t[i]);
    }

    public double None(PurchaseHistory h, double t)
    {
        double alive = Alive(h);
        return 1 - alive + alive * NoneOfNew(r + h.X, alpha + h.T, lifetime.After(h.T), t);
    }

    public double Mass(PurchaseHistory h, double t, int n) => Alive(h) * MassOfNew(r + h.X, alpha + h.T, lifetime.After(h.T), t, n);

    public double ExpectedOfNew(double t) => r / alpha * lifetime.ExpectedTimeAlive(t);

    public double MassOfNew(double t, int n) => MassOfNew(r, alpha, lifetime, t, n);

    public IReadOnlyList<double> SimulateNew(double t, Random random) => Simulate(r, alpha, lifetime, t, random);

    public IReadOnlyList<double> SimulateFuture(PurchaseHistory h, double t, Random random) =>
        random.NextDouble() < Alive(h) ? Simulate(r + h.X, alpha + h.T, lifetime.After(h.T), t, random) : [];

    private static List<double> Simulate(double shape, double rate, TLifetime life, double t, Random random)
    {
        double lambda = Sampling.Gamma(shape, random) / rate, end = Math.Min(t, life.TimeToSurvival(Sampling.Exponential(random)));
        List<double> purchases = [];
        for (double moment = Sampling.Exponential(random) / lambda; moment < end; moment += Sampling.Exponential(random) / lambda)
            purchases.Add(moment);
        return purchases;
    }

    private double NoneOfNew(double shape, double rate, TLifetime life, double t) =>
        Math.Exp(-shape * Scalars.LogOnePlus(t / rate) + life.LogSurvival(t)) + LeftWithin(shape, rate, life, t);

    private double MassOfNew(double shape, double rate, TLifetime life, double t, int n)
    {
        if (n == 0) return NoneOfNew(shape, rate, life, t);
        if (t == 0) return 0;
        double logChoose = GammaFunctions.LogGamma(shape + n) - GammaFunctions.LogGamma(shape) - GammaFunctions.LogGamma(n + 1.0);
        double stayed = Math.Exp(LogMass(t) + life.LogSurvival(t));
        if (double.IsPositiveInfinity(life.Scale)) return stayed;
        double scale = Math.Min(rate, life.Scale);
        double range = Scalars.LogOnePlus(Math.Min(t, life.TimeToSurvival(DropoutGrid.NegligibleSurvival)) / scale);
        return stayed + scale * GaussLegendre.IntegrateAdaptively(0, range, 1e-11, v =>
        {
            double y = scale * Scalars.ExpMinusOne(v);
            return Math.Exp(LogMass(y) + life.LogDensity(y) + v);
        });

        double LogMass(double y) => logChoose - shape * Scalars.LogOnePlus(y / rate) + n * Math.Log(y / (rate + y));
    }

    /// <summary>Integral over [0, end] of (1 + y/a)^-m times the lifetime density: gone by the end, and silent until gone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double LeftWithin(double m, double a, TLifetime life, double end)
    {
        if (end == 0 || double.IsPositiveInfinity(life.Scale)) return 0;
        DropoutGrid grid = new(m, a, life.Scale, lifetimeExponent, life.TimeToSurvival(DropoutGrid.NegligibleSurvival), end);
        ReadOnlySpan<Vector256<double>> nodes = MemoryMarshal.Cast<double, Vector256<double>>(grid.Nodes);
        ReadOnlySpan<Vector256<double>> weights = MemoryMarshal.Cast<double, Vector256<double>>(grid.Weights);
        Vector256<double> sum = Vector256<double>.Zero, one = Vector256<double>.One;
        for (int i = 0; i < nodes.Length; i++)
        {
            Vector256<double> v = nodes[i] * grid.Range, grown = Vector256.Exp(v), y = (grown - one) * grid.Scale;
            sum += weights[i] * Vector256.Exp(life.LogDensity(y) - m * Vector256.Log(one + y / a) + v);
        }
        return Vector256.Sum(sum) * grid.Scale * grid.Range;
    }
}
