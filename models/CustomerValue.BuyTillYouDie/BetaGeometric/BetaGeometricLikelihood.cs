using System.Runtime.CompilerServices;
using CustomerValue.BuyTillYouDie.Fitting;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Log-likelihood of the BG/NBD family with its gradient in (ln r, ln alpha, ln a, ln b).</summary>
/// <remarks>
/// Alive: B(a, b+x+h)/B(a, b) Gamma(r+kx)/Gamma(r) alpha^r (alpha+T)^-(r+kx) S, dropped out: the same with factor a/(b+x+h-1)
/// and alpha+t_x; h is 1 where one can drop out at the first purchase (MBG), S sums the k phases the Erlang clock may be in.
/// Fader, Hardie and Lee (2005), eq. 6; Batislam, Denizel and Filiztekin (2007); Platzer and Reutterer (2016).
/// </remarks>
internal sealed class BetaGeometricLikelihood(CompressedHistories rows, int k, bool dropAtFirst, int threads) : IObjective
{
    private readonly double[] _logGamma = new double[rows.DistinctX.Length];
    private readonly double[] _digamma = new double[rows.DistinctX.Length];
    private readonly double[] _logBeta = new double[rows.DistinctX.Length];
    private readonly double[] _betaA = new double[rows.DistinctX.Length];
    private readonly double[] _betaB = new double[rows.DistinctX.Length];
    private readonly double[] _logDead = new double[rows.DistinctX.Length];
    private readonly double _spacing = k == 1 ? 0 : Spacing(rows, k);

    public int Dimension => 4;

    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        double r = Math.Exp(theta[0]), alpha = Math.Exp(theta[1]), a = Math.Exp(theta[2]), b = Math.Exp(theta[3]);
        Tabulate(r, a, b);
        Span<double> totals = stackalloc double[5];
        ChunkedSum.Over(rows.Rows, threads, totals, (from, to, sums) => Accumulate(from, to, sums, r, alpha, a, b));
        gradient[0] = totals[1] * r;
        gradient[1] = totals[2] * alpha;
        gradient[2] = totals[3] * a;
        gradient[3] = totals[4] * b;
        return totals[0] + _spacing;
    }

    private void Tabulate(double r, double a, double b)
    {
        int h = dropAtFirst ? 1 : 0;
        double gammaR = GammaFunctions.LogGamma(r), psiR = GammaFunctions.Digamma(r);
        double gammaB = GammaFunctions.LogGamma(b), psiB = GammaFunctions.Digamma(b);
        double gammaAb = GammaFunctions.LogGamma(a + b), psiAb = GammaFunctions.Digamma(a + b);
        for (int i = 0; i < _logGamma.Length; i++)
        {
            double x = rows.DistinctX[i], survived = x + h;
            _logGamma[i] = GammaFunctions.LogGamma(r + k * x) - gammaR;
            _digamma[i] = GammaFunctions.Digamma(r + k * x) - psiR;
            double psiAbx = GammaFunctions.Digamma(a + b + survived);
            _logBeta[i] = GammaFunctions.LogGamma(b + survived) - gammaB - (GammaFunctions.LogGamma(a + b + survived) - gammaAb);
            _betaA[i] = psiAb - psiAbx;
            _betaB[i] = GammaFunctions.Digamma(b + survived) - psiB + _betaA[i];
            _logDead[i] = survived > 0 ? Math.Log(a / (b + survived - 1)) : double.NegativeInfinity;
        }
    }

    // Compiled at once with all optimisations: most fits are over before the runtime would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Accumulate(int from, int to, Span<double> sums, double r, double alpha, double a, double b)
    {
        int h = dropAtFirst ? 1 : 0;
        double logAlpha = Math.Log(alpha), total = 0, byR = 0, byAlpha = 0, byA = 0, byB = 0;
        for (int row = from; row < to; row++)
        {
            int index = rows.XIndex[row];
            double x = rows.X[row], shape = r + k * x, weight = rows.Weight[row];
            double atEnd = alpha + rows.Age[row], atLast = alpha + rows.Tx[row];
            double logEnd = Math.Log(atEnd), ratio = logEnd - Math.Log(atLast);
            (double logPhases, double phasesR, double phasesAlpha) = k == 1 ? default : Phases(rows.Age[row] - rows.Tx[row], atEnd, shape);
            double odds = shape * ratio + _logDead[index] - logPhases, dead = Scalars.Logistic(odds), alive = 1 - dead;
            total += weight * (_logGamma[index] + r * logAlpha + _logBeta[index] - shape * logEnd + logPhases + Scalars.SoftPlus(odds));
            byR += weight * (_digamma[index] + logAlpha - logEnd + dead * ratio + alive * phasesR);
            byAlpha += weight * (r / alpha - shape / atEnd + dead * shape * (1 / atEnd - 1 / atLast) + alive * phasesAlpha);
            byA += weight * (_betaA[index] + dead / a);
            byB += weight * (_betaB[index] - (dead > 0 ? dead / (b + x + h - 1) : 0));
        }
        (sums[0], sums[1], sums[2], sums[3], sums[4]) = (total, byR, byAlpha, byA, byB);
    }

    /// <summary>
    /// The share of the log-likelihood that depends on k and the data alone, so that different k compare: the density of the
    /// times between purchases, or where those are not known, that of t_x relative to k = 1.
    /// </summary>
    private static double Spacing(CompressedHistories rows, int k)
    {
        const double SameMoment = 1e-6;
        double sum = 0, logGammaK = GammaFunctions.LogGamma(k);
        for (int i = 0; i < rows.Rows; i++)
        {
            double x = rows.X[i];
            if (x == 0) continue;
            sum += rows.LogIntervals is { } intervals
                ? (k - 1) * intervals[i] - rows.Weight[i] * x * logGammaK
                : rows.Weight[i] * ((k - 1) * x * Math.Log(Math.Max(rows.Tx[i], SameMoment)) - GammaFunctions.LogGamma(k * x) + GammaFunctions.LogGamma(x));
        }
        return sum;
    }

    /// <summary>ln S, S = sum over j below k of (idle/(alpha+T))^j (shape)_j / j!, with its derivatives by r and alpha.</summary>
    private (double Log, double ByR, double ByAlpha) Phases(double idle, double atEnd, double shape)
    {
        double term = 1, sum = 1, harmonic = 0, byR = 0, byAlpha = 0;
        for (int j = 1; j < k; j++)
        {
            term *= idle / atEnd * (shape + j - 1) / j;
            harmonic += 1 / (shape + j - 1);
            sum += term;
            byR += term * harmonic;
            byAlpha -= term * j / atEnd;
        }
        return (Math.Log(sum), byR / sum, byAlpha / sum);
    }
}
