namespace CustomerValue.BuyTillYouDie.Fitting;

/// <summary>BFGS with a dense inverse Hessian and a backtracking line search, inside a box; maximises.</summary>
/// <remarks>Nocedal and Wright (2006), Numerical Optimization, algorithm 6.1, updates skipped where the curvature has the wrong sign.</remarks>
internal static class QuasiNewton
{
    /// <summary>Parameters stay within exp(-Bound)..exp(Bound) in units of the data's own scale.</summary>
    public const double Bound = 16;

    private const double LongestStep = 3;
    private const int RidgeIterations = 10;
    private const double RidgeGain = 1e-5;

    /// <summary>Gains below this share of the log-likelihood drown in the rounding of a sum over many rows.</summary>
    private const double RoundingShare = 1e-13;

    /// <summary>Maximises from <paramref name="start"/> until the expected gain of a step is below <paramref name="tolerance"/>.</summary>
    public static Optimum Maximise(
        IObjective objective, double[] start, double[]? inverseHessian, int iterations, double tolerance, CancellationToken cancellation)
    {
        int n = objective.Dimension;
        double[] theta = [.. start], gradient = new double[n], step = new double[n], trial = new double[n], trialGradient = new double[n];
        double[] inverse = inverseHessian is null ? new double[n * n] : [.. inverseHessian];
        double value = objective.Evaluate(theta, gradient);
        tolerance = Math.Max(tolerance, RoundingShare * Math.Abs(value));
        bool fresh = inverseHessian is null;
        if (fresh) Reset(inverse, n, gradient);
        double anchor = value;
        for (int iteration = 1; iteration <= iterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            double slope = Direction(inverse, gradient, theta, step);
            if (slope <= tolerance)
            {
                if (fresh) return new Optimum(theta, value, inverse, iteration, true);
                Reset(inverse, n, gradient);
                fresh = true;
                slope = Direction(inverse, gradient, theta, step);
                if (slope <= tolerance * 1e-2) return new Optimum(theta, value, inverse, iteration, true);
            }
            double length = 1, gain = double.NegativeInfinity, trialValue = value;
            for (int halving = 0; halving < 40; halving++, length *= halving < 4 ? 0.4 : 0.1)
            {
                for (int i = 0; i < n; i++) trial[i] = Math.Clamp(theta[i] + length * step[i], -Bound, Bound);
                trialValue = objective.Evaluate(trial, trialGradient);
                gain = trialValue - value;
                if (gain >= 1e-4 * length * slope) break;
                if (length * slope < 1e-13 * Math.Abs(value)) { gain = double.NegativeInfinity; break; }
            }
            if (!(gain >= 0))
            {
                if (fresh) return new Optimum(theta, value, inverse, iteration, false);
                Reset(inverse, n, gradient);
                fresh = true;
                continue;
            }
            Update(inverse, theta, trial, gradient, trialGradient, ref fresh);
            (theta, trial) = (trial, theta);
            (gradient, trialGradient) = (trialGradient, gradient);
            value = trialValue;
            if (iteration % RidgeIterations != 0) continue;
            // On a flat ridge towards a bound the parameters wander on while nothing is gained: that is rest, too.
            if (value - anchor < RidgeGain) return new Optimum(theta, value, inverse, iteration, true);
            anchor = value;
        }
        return new Optimum(theta, value, inverse, iterations, false);
    }

    private static void Reset(double[] inverse, int n, double[] gradient)
    {
        Array.Clear(inverse);
        for (int i = 0; i < n; i++) inverse[i * n + i] = 0.5 / Steepest(gradient);
    }

    private static double Steepest(double[] gradient)
    {
        double largest = 1e-300;
        foreach (double g in gradient) largest = Math.Max(largest, Math.Abs(g));
        return largest;
    }

    /// <summary>step = inverse * gradient, without the components that would leave the box; returns the slope along it.</summary>
    private static double Direction(double[] inverse, double[] gradient, double[] theta, double[] step)
    {
        int n = gradient.Length;
        double largest = 0, slope = 0;
        for (int i = 0; i < n; i++)
        {
            double sum = 0;
            for (int j = 0; j < n; j++)
                if (!Blocked(theta[j], gradient[j])) sum += inverse[i * n + j] * gradient[j];
            step[i] = Blocked(theta[i], gradient[i]) ? 0 : sum;
            largest = Math.Max(largest, Math.Abs(step[i]));
        }
        double shrink = largest > LongestStep ? LongestStep / largest : 1;
        for (int i = 0; i < n; i++) slope += (step[i] *= shrink) * gradient[i];
        return slope;

        static bool Blocked(double theta, double gradient) =>
            (theta >= Bound && gradient > 0) || (theta <= -Bound && gradient < 0);
    }

    private static void Update(double[] inverse, double[] theta, double[] next, double[] gradient, double[] nextGradient, ref bool fresh)
    {
        int n = theta.Length;
        Span<double> s = stackalloc double[n], y = stackalloc double[n], hy = stackalloc double[n];
        double sy = 0, yhy = 0, yy = 0;
        for (int i = 0; i < n; i++)
        {
            s[i] = next[i] - theta[i];
            y[i] = gradient[i] - nextGradient[i];
            sy += s[i] * y[i];
            yy += y[i] * y[i];
        }
        if (!(sy > 1e-12 * Math.Sqrt(yy))) return;
        if (fresh)
        {
            Array.Clear(inverse);
            for (int i = 0; i < n; i++) inverse[i * n + i] = sy / yy;
            fresh = false;
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++) hy[i] += inverse[i * n + j] * y[j];
            yhy += y[i] * hy[i];
        }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                inverse[i * n + j] += (1 + yhy / sy) * s[i] * s[j] / sy - (hy[i] * s[j] + s[i] * hy[j]) / sy;
    }
}
