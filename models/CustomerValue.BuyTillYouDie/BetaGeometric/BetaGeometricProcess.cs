using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>
/// Future purchases of a customer who is alive, under rate ~ Gamma(r, alpha), dropout chance at each purchase ~ Beta(a, b)
/// and a purchase at every k-th event of the customer's Poisson process, <c>phase</c> events having passed since the last one.
/// </summary>
/// <remarks>
/// With N the events in a window of length t, N is negative binomial and purchase n happens if N >= n k - phase and the customer
/// survived n - 1 purchases. All sums have positive terms, so nothing cancels, also where a is near 1 and the 2F1 form of
/// Fader, Hardie and Lee (2005), eq. 10, is singular.
/// </remarks>
internal static class BetaGeometricProcess
{
    // The sum takes about (r + 35) t / alpha terms, the quadrature as long as some 400 of them.
    private const double TailTerms = 35;
    private const double ManyTerms = 400;
    private const double LeastShape = 0.02;
    private const int Lanes = 4;

    /// <summary>Expected purchases within <paramref name="t"/>: sum over n of P(N >= n k - phase) E[(1 - p)^(n - 1)].</summary>
    public static double Expected(double r, double alpha, double a, double b, int k, int phase, double t)
    {
        if (t == 0) return 0;
        return k == 1 && IsLong(r, alpha, a, b, t)
            ? ExpectedOverLongWindow(r, alpha, a, b, t)
            : ExpectedBySum(r, alpha, a, b, k, phase, t);
    }

    /// <summary>The same for k = 1 within each of several times, to the last bit: four sums side by side.</summary>
    public static void Expected(double r, double alpha, double a, double b, ReadOnlySpan<double> t, Span<double> destination)
    {
        Span<int> places = stackalloc int[Lanes];
        Span<double> z = stackalloc double[Lanes], logNone = stackalloc double[Lanes], sums = stackalloc double[Lanes];
        int waiting = 0;
        for (int i = 0; i < t.Length; i++)
        {
            double none = -r * Scalars.LogOnePlus(t[i] / alpha);
            if (t[i] == 0 || none <= NegativeBinomialWalk.LeastLogNone || IsLong(r, alpha, a, b, t[i]))
                destination[i] = Expected(r, alpha, a, b, 1, 0, t[i]);
            else
                (places[waiting], z[waiting], logNone[waiting++]) = (i, t[i] / (alpha + t[i]), none);
            if (waiting == Lanes || (waiting > 0 && i == t.Length - 1))
            {
                // Lanes without a time repeat the first one's.
                z[waiting..].Fill(z[0]);
                logNone[waiting..].Fill(logNone[0]);
                SumSideBySide(r, a, b, z, logNone, sums);
                for (int lane = 0; lane < waiting; lane++) destination[places[lane]] = sums[lane];
                waiting = 0;
            }
        }
    }

    private static bool IsLong(double r, double alpha, double a, double b, double t) => (r + TailTerms) * t / alpha > ManyTerms && Math.Min(a, b) > LeastShape;

    /// <summary><see cref="ExpectedBySum"/> for k = 1 from walks that start at 0: each lane takes the same steps, and keeps its sum where it would have ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumSideBySide(double r, double a, double b, ReadOnlySpan<double> z, ReadOnlySpan<double> logNone, Span<double> sums)
    {
        Vector256<double> zs = Vector256.Create(z), mass = Vector256.Create(Math.Exp(logNone[0]), Math.Exp(logNone[1]), Math.Exp(logNone[2]), Math.Exp(logNone[3]));
        Vector256<double> tail = Vector256.Create(-Scalars.ExpMinusOne(logNone[0]), -Scalars.ExpMinusOne(logNone[1]), -Scalars.ExpMinusOne(logNone[2]), -Scalars.ExpMinusOne(logNone[3]));
        Vector256<double> one = Vector256<double>.One, sum = Vector256<double>.Zero, kept = sum, open = Vector256<double>.AllBitsSet;
        double survived = 1;
        for (int n = 1; ; n++)
        {
            if (n > 1) tail = Vector256.Max(Vector256<double>.Zero, tail - mass);
            mass *= zs * (r + (n - 1)) / Vector256.Create((double)n);
            sum += tail * survived;
            if ((n & 3) == 0)
            {
                Vector256<double> ratio = zs * Math.Max(1, (r + n) / (n + 1)), rest = mass * ratio / ((one - ratio) * (one - ratio));
                Vector256<double> ended = open & Vector256.LessThan(ratio, one) & Vector256.LessThanOrEqual(rest * survived, sum * 1e-15);
                kept = Vector256.ConditionalSelect(ended, sum, kept);
                open = Vector256.AndNot(open, ended);
                if (open == Vector256<double>.Zero)
                {
                    kept.CopyTo(sums);
                    return;
                }
            }
            survived *= (b + n - 1) / (a + b + n - 1);
        }
    }

    internal static double ExpectedBySum(double r, double alpha, double a, double b, int k, int phase, double t)
    {
        double z = t / (alpha + t), logOff = -Scalars.LogOnePlus(t / alpha);
        NegativeBinomialWalk walk = new(r, z, logOff);
        double survived = 1, sum = 0;
        for (long n = 1; ; n++)
        {
            walk.AdvanceTo(n * k - phase);
            double term = walk.Tail * survived;
            sum += term;
            // Whether the rest counts costs two divisions to find out: every fourth term asks.
            if ((n & 3) == 0 && walk.Remaining * survived <= 1e-15 * sum) return sum;
            survived *= (b + n - 1) / (a + b + n - 1);
        }
    }

    /// <summary>
    /// The same for k = 1 where the sum would be long: E[(1 - (1 + p t/alpha)^-r) / p] over p ~ Beta(a, b), by the trapezoidal rule in
    /// w = ln(p / (1 - p)), whose error falls as exp(-2 pi^2 / step) since the nearest singularities lie at distance pi.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double ExpectedOverLongWindow(double r, double alpha, double a, double b, double t)
    {
        const double Negligible = 1e-17, Leftmost = -600;
        double step = 0.5 / Math.Sqrt(Math.Max(1, Math.Min(a, b))), mode = Math.Log(a / b);
        Vector256<double> one = Vector256<double>.One, lanes = Vector256.Create(0.0, 1, 2, 3) * step;
        Vector256<double> logBeta = Vector256.Create(GammaFunctions.LogGamma(a) + GammaFunctions.LogGamma(b) - GammaFunctions.LogGamma(a + b));
        double sum = 0;
        // Outwards from the weight's mode, to the right with it and to the left without, until what comes counts no more.
        foreach (int direction in new[] { 1, -1 })
        {
            double largest = 0;
            for (int i = direction == 1 ? 0 : 1; ; i += 4)
            {
                Vector256<double> w = Vector256.Create(mode + direction * i * step) + lanes * direction;
                Vector256<double> logP = -Vector256.Log(one + Vector256.Exp(-w)), p = Vector256.Exp(logP), events = p * (t / alpha);
                // ln(1 + events) and 1 - exp(-silence) by their series where the plain forms would cancel.
                Vector256<double> grown = Vector256.ConditionalSelect(Vector256.LessThan(events, Vector256.Create(1e-5)),
                    events * (one - events * (Vector256.Create(0.5) - events / 3)), Vector256.Log(one + events));
                Vector256<double> silence = grown * r;
                Vector256<double> buys = Vector256.ConditionalSelect(Vector256.LessThan(silence, Vector256.Create(1e-4)),
                    silence * (one - silence * (Vector256.Create(0.5) - silence / 6)), one - Vector256.Exp(-silence));
                double term = Vector256.Sum(Vector256.Exp(logP * a + (logP - w) * b - logBeta) * buys / p);
                sum += term;
                largest = Math.Max(largest, term);
                if (term <= Negligible * largest) break;
                if (w[0] >= Leftmost) continue;
                // From here to the left the terms are a geometric series: everything but p^a has become constant.
                sum += term / Scalars.ExpMinusOne(4 * a * step);
                break;
            }
        }
        return sum * step;
    }

    /// <summary>P(X >= n) for n of 1 or more: enough events in the window and no dropout at the first n - 1 purchases.</summary>
    public static double AtLeast(int n, double r, double alpha, double a, double b, int k, int phase, double t)
    {
        if (t == 0) return 0;
        NegativeBinomialWalk walk = new(r, t / (alpha + t), -Scalars.LogOnePlus(t / alpha));
        walk.AdvanceTo((long)n * k - phase);
        return walk.Tail * Surviving(n - 1, a, b);
    }

    /// <summary>P(X = n) for n of 1 or more.</summary>
    public static double Mass(int n, double r, double alpha, double a, double b, int k, int phase, double t)
    {
        if (t == 0) return 0;
        NegativeBinomialWalk walk = new(r, t / (alpha + t), -Scalars.LogOnePlus(t / alpha));
        walk.AdvanceTo((long)n * k - phase);
        double survived = Surviving(n - 1, a, b), reached = walk.Tail, between = 0;
        // Exactly n: either the n-th purchase was the last for good, or the events fall short of the next one.
        double leaves = a / (a + b + n - 1);
        for (int passed = 1; passed <= k; passed++)
        {
            between += walk.Mass;
            walk.AdvanceTo((long)n * k - phase + passed);
        }
        return survived * (reached * leaves + between * (1 - leaves));
    }

    /// <summary>E[(1 - p)^n] = B(a, b + n) / B(a, b).</summary>
    private static double Surviving(int n, double a, double b)
    {
        double product = 1;
        for (int i = 0; i < n; i++) product *= (b + i) / (a + b + i);
        return product;
    }
}
