namespace CustomerValue.BuyTillYouDie.Fitting;

/// <summary>Finds the most likely parameters: several starts on a sample, the best one polished on all rows.</summary>
internal static class MaximumLikelihood
{
    /// <summary>An optimum in theta with its covariance (null where the likelihood is flat) and without the prior's share.</summary>
    public sealed record Result(double[] Theta, double LogLikelihood, double[]? Covariance, int Iterations, bool Converged);

    /// <param name="all">The log-likelihood of all rows.</param>
    /// <param name="sample">That of a sample; the same object when the data are small.</param>
    /// <param name="sampleShare">Share of the weight that the sample holds.</param>
    /// <param name="starts">Starting points; the best one first tried.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="cancellation">Stops the fit.</param>
    public static Result Fit(
        IObjective all, IObjective sample, double sampleShare, double[][] starts, FitOptions options, CancellationToken cancellation)
    {
        IObjective target = WithPenalty(all, options.Penalty), draft = ReferenceEquals(all, sample) ? target : WithPenalty(sample, options.Penalty * sampleShare);
        double[] scratch = new double[all.Dimension];
        double[][] ordered = [.. starts.OrderByDescending(start => draft.Evaluate(start, scratch))];
        Optimum? best = null;
        int iterations = 0;
        foreach (double[] start in ordered)
        {
            Optimum found = QuasiNewton.Maximise(draft, start, null, options.MaximumIterations, 1e-9, cancellation);
            iterations += found.Iterations;
            if (best is null || found.Value > best.Value) best = found;
            if (Array.TrueForAll(best.Theta, static theta => Math.Abs(theta) < 6)) break;
        }
        if (!ReferenceEquals(all, sample))
        {
            double[] inverse = [.. (Curvature.Covariance(draft, best!.Theta) ?? best.InverseHessian).Select(v => v * sampleShare)];
            best = QuasiNewton.Maximise(target, best.Theta, inverse, options.MaximumIterations, 1e-9, cancellation);
            iterations += best.Iterations;
        }
        double[]? covariance = Curvature.Covariance(target, best!.Theta);
        (double[] theta, bool settled) = NewtonStep(target, best, covariance);
        return new Result(theta, all.Evaluate(theta, scratch), covariance, iterations, best.Converged || settled);
    }

    /// <summary>A last step with the true curvature; says whether it had nothing left to gain.</summary>
    private static (double[] Theta, bool Settled) NewtonStep(IObjective target, Optimum best, double[]? covariance)
    {
        const double NothingToGain = 1e-6;
        if (covariance is null) return (best.Theta, false);
        int n = best.Theta.Length;
        double[] gradient = new double[n], theta = [.. best.Theta];
        double value = target.Evaluate(best.Theta, gradient), gain = 0;
        for (int i = 0; i < n; i++)
        {
            double step = 0;
            for (int j = 0; j < n; j++) step += covariance[i * n + j] * gradient[j];
            theta[i] += step;
            gain += step * gradient[i] / 2;
        }
        bool better = target.Evaluate(theta, gradient) >= value - NothingToGain && gain < 1;
        return (better ? theta : best.Theta, gain < NothingToGain);
    }

    private static IObjective WithPenalty(IObjective objective, double penalty) =>
        penalty == 0 ? objective : new Penalised(objective, penalty);

    private sealed class Penalised(IObjective objective, double penalty) : IObjective
    {
        public int Dimension => objective.Dimension;

        public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
        {
            double value = objective.Evaluate(theta, gradient);
            for (int i = 0; i < theta.Length; i++)
            {
                value -= penalty * theta[i] * theta[i];
                gradient[i] -= 2 * penalty * theta[i];
            }
            return value;
        }
    }
}
