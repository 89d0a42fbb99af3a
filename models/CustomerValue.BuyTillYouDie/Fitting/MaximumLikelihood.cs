namespace CustomerValue.BuyTillYouDie.Fitting;

/// <summary>Finds the most likely parameters: several starts on a sample, the best one polished on all rows.</summary>
internal static class MaximumLikelihood
{
    /// <summary>Logarithms of parameters beyond this, in the data's own scale, suggest a degenerate optimum.</summary>
    private const double UnusualLogarithm = 6;

    /// <summary>An optimum in theta with its covariance (null where the likelihood is flat) and without the prior's share.</summary>
    public sealed record Result(double[] Theta, double LogLikelihood, double[]? Covariance, int Iterations, bool Converged);

    /// <summary>The best optimum over several starts on a sample that holds <paramref name="Share"/> of the weight.</summary>
    public sealed record Draft(Optimum Optimum, double[]? Covariance, double Share, int Iterations);

    /// <summary>Converges from the best start; tries the others too where that ends far from the data's own scale.</summary>
    public static Draft Converge(IObjective sample, double share, double[][] starts, FitOptions options, CancellationToken cancellation)
    {
        IObjective target = WithPenalty(sample, options.Penalty * share);
        double[] scratch = new double[sample.Dimension];
        Optimum? best = null;
        int iterations = 0;
        foreach (double[] start in starts.OrderByDescending(start => target.Evaluate(start, scratch)))
        {
            Optimum found = QuasiNewton.Maximise(target, start, null, options.MaximumIterations, 1e-9, cancellation);
            iterations += found.Iterations;
            if (best is null || found.Value > best.Value) best = found;
            if (Array.TrueForAll(best.Theta, static theta => Math.Abs(theta) < UnusualLogarithm)) break;
        }
        return new Draft(best!, Curvature.Covariance(target, best!.Theta), share, iterations);
    }

    /// <summary>Goes on from a draft with all rows, using the draft's curvature.</summary>
    public static Result Polish(IObjective all, Draft draft, bool draftSawAll, FitOptions options, CancellationToken cancellation)
    {
        IObjective target = WithPenalty(all, options.Penalty);
        Optimum best = draft.Optimum;
        double[]? covariance = draft.Covariance;
        int iterations = draft.Iterations;
        if (!draftSawAll)
        {
            double[]? inverse = covariance is null ? null : [.. covariance.Select(v => v * draft.Share)];
            best = QuasiNewton.Maximise(target, best.Theta, inverse, options.MaximumIterations, 1e-9, cancellation);
            covariance = Curvature.Covariance(target, best.Theta);
            iterations += best.Iterations;
        }
        (double[] theta, bool settled) = NewtonStep(target, best, covariance);
        return new Result(theta, all.Evaluate(theta, new double[theta.Length]), covariance, iterations, best.Converged || settled);
    }

    /// <summary>A last step with the true curvature; says whether it had nothing left to gain.</summary>
    private static (double[] Theta, bool Settled) NewtonStep(IObjective target, Optimum best, double[]? covariance)
    {
        double nothingToGain = covariance is null ? 1e-3 : 1e-6;
        covariance ??= Curvature.DampedInverse(target, best.Theta);
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
        bool better = target.Evaluate(theta, gradient) >= value - nothingToGain && gain < 1;
        return (better ? theta : best.Theta, gain < nothingToGain);
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
