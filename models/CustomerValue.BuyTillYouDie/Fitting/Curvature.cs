using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie.Fitting;

/// <summary>The Hessian of a log-likelihood by central differences of its gradient, and what follows from it.</summary>
internal static class Curvature
{
    /// <summary>Covariance of theta, the inverse of the negative Hessian; null where that is not positive definite.</summary>
    public static double[]? Covariance(IObjective objective, double[] theta) => Inverse(NegativeHessian(objective, theta), theta.Length);

    /// <summary>The inverse of the negative Hessian plus 1 on the diagonal: steps that a flat ridge cannot carry away.</summary>
    public static double[]? DampedInverse(IObjective objective, double[] theta)
    {
        double[] hessian = NegativeHessian(objective, theta);
        for (int i = 0; i < theta.Length; i++) hessian[i * theta.Length + i] += 1;
        return Inverse(hessian, theta.Length);
    }

    private static double[]? Inverse(double[] matrix, int n) => Cholesky.Factor(matrix, n) is { } factor ? Cholesky.Inverse(factor, n) : null;

    private static double[] NegativeHessian(IObjective objective, double[] theta)
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
        return hessian;
    }
}
