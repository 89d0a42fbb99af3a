using CustomerValue.BuyTillYouDie.Fitting;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Log-likelihood of the Gamma-Gamma model with its gradient in (ln p, ln q, ln gamma).</summary>
/// <remarks>Fader and Hardie (2013), eq. 1a: the density of a customer's mean spend over x purchases.</remarks>
internal sealed class GammaGammaLikelihood(SpendSample sample, int threads) : IObjective
{
    public int Dimension => 3;

    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        double p = Math.Exp(theta[0]), q = Math.Exp(theta[1]), gamma = Math.Exp(theta[2]);
        Span<double> totals = stackalloc double[4];
        ChunkedSum.Over(sample.Count, threads, totals, (from, to, sums) => Accumulate(from, to, sums, p, q, gamma));
        gradient[0] = totals[1] * p;
        gradient[1] = totals[2] * q;
        gradient[2] = totals[3] * gamma;
        return totals[0];
    }

    private void Accumulate(int from, int to, Span<double> sums, double p, double q, double gamma)
    {
        double logGamma = Math.Log(gamma), gammaQ = GammaFunctions.LogGamma(q), psiQ = GammaFunctions.Digamma(q);
        double total = 0, byP = 0, byQ = 0, byGamma = 0;
        for (int i = from; i < to; i++)
        {
            double x = sample.X[i], mean = sample.Mean[i], px = p * x, shape = px + q, scale = gamma + mean * x;
            double logX = Math.Log(x), logMean = Math.Log(mean), logScale = Math.Log(scale), psi = GammaFunctions.Digamma(shape);
            total += GammaFunctions.LogGamma(shape) - GammaFunctions.LogGamma(px) - gammaQ
                + q * logGamma + (px - 1) * logMean + px * logX - shape * logScale;
            byP += x * (psi - GammaFunctions.Digamma(px) + logMean + logX - logScale);
            byQ += psi - psiQ + logGamma - logScale;
            byGamma += q / gamma - shape / scale;
        }
        (sums[0], sums[1], sums[2], sums[3]) = (total, byP, byQ, byGamma);
    }
}
