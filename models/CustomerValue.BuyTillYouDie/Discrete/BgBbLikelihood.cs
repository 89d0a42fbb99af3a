using CustomerValue.BuyTillYouDie.Fitting;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Log-likelihood of the BG/BB with its gradient in (ln alpha, ln beta, ln gamma, ln delta).</summary>
/// <remarks>Fader, Hardie and Shang (2010), eq. 5: alive at the last opportunity, or gone after opportunity t_x + i.</remarks>
internal sealed class BgBbLikelihood(OpportunityHistories histories) : IObjective
{
    public int Dimension => 4;

    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        double alpha = Math.Exp(theta[0]), beta = Math.Exp(theta[1]), gamma = Math.Exp(theta[2]), delta = Math.Exp(theta[3]), total = 0;
        gradient.Clear();
        Span<double> by = stackalloc double[4];
        foreach ((OpportunityHistory history, double customers) in histories.Rows)
        {
            total += customers * LogLikelihood(history, alpha, beta, gamma, delta, by);
            gradient[0] += customers * by[0] * alpha;
            gradient[1] += customers * by[1] * beta;
            gradient[2] += customers * by[2] * gamma;
            gradient[3] += customers * by[3] * delta;
        }
        return total;
    }

    /// <summary>One history's log-likelihood and its derivatives by the parameters.</summary>
    public static double LogLikelihood(OpportunityHistory h, double alpha, double beta, double gamma, double delta, Span<double> by)
    {
        by.Clear();
        double reference = LogAlive(h, alpha, beta, gamma, delta), sum = 0;
        Add(h.N, false, by);
        for (int last = h.Tx; last < h.N; last++) Add(last, true, by);
        for (int i = 0; i < 4; i++) by[i] /= sum;
        return reference + Math.Log(sum);

        // Used x of `seen` opportunities while alive; then alive to the end, or gone right after.
        void Add(int seen, bool gone, Span<double> by)
        {
            int misses = seen - h.X, one = gone ? 1 : 0;
            double log = BetaRatios.LogRising(alpha, h.X) + BetaRatios.LogRising(beta, misses) - BetaRatios.LogRising(alpha + beta, seen)
                + BetaRatios.LogRising(gamma, one) + BetaRatios.LogRising(delta, seen) - BetaRatios.LogRising(gamma + delta, seen + one);
            double share = Math.Exp(log - reference);
            double usesAll = BetaRatios.DigammaRising(alpha + beta, seen), leavesAll = BetaRatios.DigammaRising(gamma + delta, seen + one);
            sum += share;
            by[0] += share * (BetaRatios.DigammaRising(alpha, h.X) - usesAll);
            by[1] += share * (BetaRatios.DigammaRising(beta, misses) - usesAll);
            by[2] += share * (BetaRatios.DigammaRising(gamma, one) - leavesAll);
            by[3] += share * (BetaRatios.DigammaRising(delta, seen) - leavesAll);
        }
    }

    /// <summary>Logarithm of the probability of the history together with being alive at the last opportunity.</summary>
    public static double LogAlive(OpportunityHistory h, double alpha, double beta, double gamma, double delta) =>
        BetaRatios.LogRising(alpha, h.X) + BetaRatios.LogRising(beta, h.N - h.X) - BetaRatios.LogRising(alpha + beta, h.N)
        + BetaRatios.LogRising(delta, h.N) - BetaRatios.LogRising(gamma + delta, h.N);
}
