using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie.Fitting;

/// <summary>The Hessian of a log-likelihood by central differences of its gradient, and what follows from it.</summary>
internal static class Curvature
{
    /// <summary>Covariance of theta, the inverse of the negative Hessian; null where that is not positive definite.</summary>
    public static double[]? Covariance(IObjective objective, double[] theta)
    {
        int n = objective.Dimension;
        double[] hessian = new double[n * n], shifted = [.. theta], up = new double[n], down = new double[n];
        for (int i = 0; i < n; i++)
        {
            const double Step = 1e-4;
            shifted[i] = theta[i] + Step;
            objective.Evaluate(shifted, up);
            shifted[i] = theta[i] - Step;
            objective.Evaluate(shifted, down);
            shifted[i] = theta[i];
            for (int j = 0; j < n; j++) hessian[i * n + j] = (down[j] - up[j]) / (2 * Step);
        }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++)
                hessian[i * n + j] = hessian[j * n + i] = (hessian[i * n + j] + hessian[j * n + i]) / 2;
        return Cholesky.Factor(hessian, n) is { } factor ? Cholesky.Inverse(factor, n) : null;
    }
}
