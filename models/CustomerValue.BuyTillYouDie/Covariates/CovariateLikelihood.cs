using CustomerValue.BuyTillYouDie.Fitting;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Log-likelihood over groups of customers who share covariates: each group is the plain model at shifted parameters.</summary>
/// <remarks>
/// theta holds the plain model's logarithms, then an effect on purchases and one on dropout for each standardised covariate z. A
/// group's parameters are theta with the purchase effect taken from ln alpha and the dropout effect added, with its sign, to the
/// parameter that carries dropout; the gradient follows by the chain rule.
/// </remarks>
internal sealed class CovariateLikelihood(
    IReadOnlyList<(double[] Z, IObjective Likelihood)> groups, int plain, int dropoutIndex, double dropoutSign, double penalty) : IObjective
{
    private const int RateIndex = 1;
    private readonly int _covariates = groups[0].Z.Length;

    public int Dimension => plain + 2 * _covariates;

    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        Span<double> shifted = stackalloc double[plain], slope = stackalloc double[plain];
        gradient.Clear();
        double total = 0;
        foreach ((double[] z, IObjective likelihood) in groups)
        {
            theta[..plain].CopyTo(shifted);
            for (int c = 0; c < z.Length; c++)
            {
                shifted[RateIndex] -= theta[plain + c] * z[c];
                shifted[dropoutIndex] += dropoutSign * theta[plain + _covariates + c] * z[c];
            }
            total += likelihood.Evaluate(shifted, slope);
            for (int i = 0; i < plain; i++) gradient[i] += slope[i];
            for (int c = 0; c < z.Length; c++)
            {
                gradient[plain + c] -= slope[RateIndex] * z[c];
                gradient[plain + _covariates + c] += dropoutSign * slope[dropoutIndex] * z[c];
            }
        }
        for (int i = plain; i < theta.Length; i++)
        {
            total -= penalty * theta[i] * theta[i];
            gradient[i] -= 2 * penalty * theta[i];
        }
        return total;
    }

    /// <summary>What the penalty takes off the log-likelihood at <paramref name="theta"/>.</summary>
    public double Penalty(ReadOnlySpan<double> theta)
    {
        double sum = 0;
        foreach (double effect in theta[plain..]) sum += penalty * effect * effect;
        return sum;
    }
}
