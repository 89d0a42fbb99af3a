using CustomerValue.BuyTillYouDie.Fitting;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Log-likelihood of the NBD in continuous time with its gradient in (ln r, ln alpha).</summary>
/// <remarks>Gamma(r+x)/Gamma(r) alpha^r (alpha+T)^-(r+x): the purchase times of a mixed Poisson process; Ehrenberg (1959).</remarks>
internal sealed class NbdLikelihood(CompressedHistories rows, int threads) : IObjective
{
    private readonly double[] _logGamma = new double[rows.DistinctX.Length];
    private readonly double[] _digamma = new double[rows.DistinctX.Length];

    public int Dimension => 2;

    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        double r = Math.Exp(theta[0]), alpha = Math.Exp(theta[1]);
        GammaFunctions.TabulateRising(r, rows.DistinctX, _logGamma, _digamma);
        Span<double> totals = stackalloc double[3];
        ChunkedSum.Over(rows.Rows, threads, totals, (from, to, sums) =>
        {
            for (int row = from; row < to; row++)
            {
                double weight = rows.Weight[row], m = r + rows.X[row], atEnd = alpha + rows.Age[row], fall = Math.Log(alpha / atEnd);
                int index = rows.XIndex[row];
                sums[0] += weight * (_logGamma[index] + r * fall - rows.X[row] * Math.Log(atEnd));
                sums[1] += weight * (_digamma[index] + fall);
                sums[2] += weight * (r / alpha - m / atEnd);
            }
        });
        gradient[0] = totals[1] * r;
        gradient[1] = totals[2] * alpha;
        return totals[0];
    }
}
