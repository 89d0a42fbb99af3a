using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CustomerValue.BuyTillYouDie.Fitting;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Log-likelihood of the Pareto/NBD with its gradient in (ln r, ln alpha, ln s, ln beta).</summary>
/// <remarks>
/// Gamma(r+x)/Gamma(r) alpha^r beta^s [(alpha+T)^-(r+x) (beta+T)^-s + integral over y from t_x to T of (alpha+y)^-(r+x) s (beta+y)^-(s+1)]:
/// Fader and Hardie (2005), A Note on Deriving the Pareto/NBD Model, eq. 14, before the integral is written as two 2F1. Kept as an
/// integral it has no cancellation, and its gradient is the same integral with logarithms as weights.
/// </remarks>
internal sealed class ParetoNbdLikelihood(CompressedHistories rows, int threads) : IObjective
{
    private readonly double[] _logGamma = new double[rows.DistinctX.Length];
    private readonly double[] _digamma = new double[rows.DistinctX.Length];

    public int Dimension => 4;

    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        double r = Math.Exp(theta[0]), alpha = Math.Exp(theta[1]), s = Math.Exp(theta[2]), beta = Math.Exp(theta[3]);
        GammaFunctions.TabulateRising(r, rows.DistinctX, _logGamma, _digamma);
        Span<double> totals = stackalloc double[5];
        ChunkedSum.Over(rows.Rows, threads, totals, (from, to, sums) => Accumulate(from, to, sums, r, alpha, s, beta));
        gradient[0] = totals[1] * r;
        gradient[1] = totals[2] * alpha;
        gradient[2] = totals[3] * s;
        gradient[3] = totals[4] * beta;
        return totals[0];
    }

    private void Accumulate(int from, int to, Span<double> sums, double r, double alpha, double s, double beta)
    {
        double logAlpha = Math.Log(alpha), logBeta = Math.Log(beta), total = 0, byR = 0, byAlpha = 0, byS = 0, byBeta = 0;
        for (int row = from; row < to; row++)
        {
            double m = r + rows.X[row], atLast = alpha + rows.Tx[row], lifeAtLast = beta + rows.Tx[row], idle = rows.Age[row] - rows.Tx[row];
            Departed gone = Gone(m, atLast, s, lifeAtLast, idle);
            double fallA = Scalars.LogOnePlus(idle / atLast), fallB = Scalars.LogOnePlus(idle / lifeAtLast);
            double stayed = Math.Exp(-m * fallA - s * fallB), both = stayed + gone.Mass;
            double weight = rows.Weight[row], here = weight / both, logA = Math.Log(atLast), logB = Math.Log(lifeAtLast);
            int index = rows.XIndex[row];
            total += weight * (_logGamma[index] + r * logAlpha - m * logA + s * (logBeta - logB) + Math.Log(both));
            byR += weight * (_digamma[index] + logAlpha - logA) - here * (stayed * fallA + gone.FallA);
            byAlpha += weight * r / alpha - here * m * (stayed / (atLast + idle) + gone.InverseA);
            byS += weight * (logBeta - logB) - here * (stayed * fallB + gone.FallB - gone.Mass / s);
            byBeta += weight * s / beta - here * (s * stayed / (lifeAtLast + idle) + (s + 1) * gone.InverseB);
        }
        (sums[0], sums[1], sums[2], sums[3], sums[4]) = (total, byR, byAlpha, byS, byBeta);
    }

    /// <summary>Those gone since the last purchase, and their means of ln(1+y/a), 1/(a+y), ln(1+y/b), 1/(b+y), each times the mass.</summary>
    private readonly record struct Departed(double Mass, double FallA, double InverseA, double FallB, double InverseB);

    // Compiled at once with all optimisations: most fits are over before the runtime would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Departed Gone(double m, double a, double s, double b, double idle)
    {
        if (idle == 0) return default;
        DropoutGrid grid = new(m, a, b, s, b * Scalars.ExpMinusOne(DropoutGrid.NegligibleSurvival / s), idle);
        ReadOnlySpan<Vector256<double>> nodes = MemoryMarshal.Cast<double, Vector256<double>>(grid.Nodes);
        ReadOnlySpan<Vector256<double>> weights = MemoryMarshal.Cast<double, Vector256<double>>(grid.Weights);
        Vector256<double> one = Vector256<double>.One, mass = Vector256<double>.Zero;
        Vector256<double> fallA = mass, inverseA = mass, fallB = mass, inverseB = mass;
        for (int i = 0; i < nodes.Length; i++)
        {
            Vector256<double> v = nodes[i] * grid.Range, y = (Vector256.Exp(v) - one) * grid.Scale;
            Vector256<double> logA = Vector256.Log(one + y / a), logB = Vector256.Log(one + y / b);
            Vector256<double> here = weights[i] * Vector256.Exp(v - m * logA - (s + 1) * logB);
            mass += here;
            fallA += here * logA;
            fallB += here * logB;
            inverseA += here / (y + Vector256.Create(a));
            inverseB += here / (y + Vector256.Create(b));
        }
        double unit = grid.Scale * grid.Range * s / b;
        return new Departed(unit * Vector256.Sum(mass), unit * Vector256.Sum(fallA), unit * Vector256.Sum(inverseA), unit * Vector256.Sum(fallB), unit * Vector256.Sum(inverseB));
    }
}
