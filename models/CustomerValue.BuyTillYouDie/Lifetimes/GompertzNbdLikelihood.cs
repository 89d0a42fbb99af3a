using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CustomerValue.BuyTillYouDie.Fitting;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Log-likelihood of the Gamma-Gompertz/NBD with its gradient in (ln r, ln alpha, ln b, ln s, ln beta).</summary>
/// <remarks>Bemmaor and Glady (2012), eq. 8, as an integral over the moment of dropout like <see cref="ParetoNbdLikelihood"/>.</remarks>
internal sealed class GompertzNbdLikelihood(CompressedHistories rows, int threads) : IObjective
{
    private readonly double[] _logGamma = new double[rows.DistinctX.Length];
    private readonly double[] _digamma = new double[rows.DistinctX.Length];

    public int Dimension => 5;

    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        double r = Math.Exp(theta[0]), alpha = Math.Exp(theta[1]), b = Math.Exp(theta[2]), s = Math.Exp(theta[3]), beta = Math.Exp(theta[4]);
        GammaFunctions.TabulateRising(r, rows.DistinctX, _logGamma, _digamma);
        Span<double> totals = stackalloc double[6];
        ChunkedSum.Over(rows.Rows, threads, totals, (from, to, sums) => Accumulate(from, to, sums, r, alpha, b, s, beta));
        for (int i = 0; i < 5; i++) gradient[i] = totals[i + 1] * Math.Exp(theta[i]);
        return totals[0];
    }

    private void Accumulate(int from, int to, Span<double> sums, double r, double alpha, double b, double s, double beta)
    {
        double logAlpha = Math.Log(alpha), logBeta = Math.Log(beta);
        for (int row = from; row < to; row++)
        {
            double m = r + rows.X[row], tx = rows.Tx[row], age = rows.Age[row], atLast = alpha + tx, logLast = Math.Log(atLast), weight = rows.Weight[row];
            Departed gone = Gone(m, atLast, tx, age - tx, b, s, beta);
            double fall = Scalars.LogOnePlus((age - tx) / atLast), logAged = GompertzLifetime.LogAged(b, beta, age), hazard = Math.Exp(b * age - logAged);
            double stayed = Math.Exp(-m * fall + s * (logBeta - logAged)), here = weight / (stayed + gone.Mass);
            int index = rows.XIndex[row];
            sums[0] += weight * (_logGamma[index] + r * logAlpha - m * logLast + Math.Log(stayed + gone.Mass));
            sums[1] += weight * (_digamma[index] + logAlpha - logLast) - here * (stayed * fall + gone.Fall);
            sums[2] += weight * r / alpha - here * m * (stayed / (alpha + age) + gone.Inverse);
            sums[3] += here * (gone.Mass / b + gone.Time - (s + 1) * gone.Growth - stayed * s * age * hazard);
            sums[4] += here * (gone.Mass / s + stayed * (logBeta - logAged) + gone.LogShare);
            sums[5] += here * (s / beta * (stayed + gone.Mass) - stayed * s * Math.Exp(-logAged) - (s + 1) * gone.InverseAged);
        }
    }

    /// <summary>
    /// Those gone since the last purchase, and their means, each times the mass, of ln(1 + (y - t_x)/a), 1/(alpha + y), y,
    /// y exp(b y)/D, ln(beta/D) and 1/D, where D = beta - 1 + exp(b y).
    /// </summary>
    private readonly record struct Departed
    {
        public required double Mass { get; init; }

        public required double Fall { get; init; }

        public required double Inverse { get; init; }

        public required double Time { get; init; }

        public required double Growth { get; init; }

        public required double LogShare { get; init; }

        public required double InverseAged { get; init; }
    }

    // Compiled at once with all optimisations: most fits are over before the runtime would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Departed Gone(double m, double atLast, double tx, double idle, double b, double s, double beta)
    {
        if (idle == 0) return default;
        GompertzLifetime remaining = new GompertzLifetime(b, s, beta).After(tx);
        DropoutGrid grid = new(m, atLast, remaining.Scale, s, remaining.TimeToSurvival(DropoutGrid.NegligibleSurvival), idle);
        ReadOnlySpan<Vector256<double>> nodes = MemoryMarshal.Cast<double, Vector256<double>>(grid.Nodes);
        ReadOnlySpan<Vector256<double>> weights = MemoryMarshal.Cast<double, Vector256<double>>(grid.Weights);
        Vector256<double> one = Vector256<double>.One, mass = Vector256<double>.Zero, logBeta = Vector256.Create(Math.Log(beta));
        Vector256<double> falls = mass, inverse = mass, time = mass, growth = mass, logShare = mass, inverseAged = mass;
        for (int i = 0; i < nodes.Length; i++)
        {
            Vector256<double> v = nodes[i] * grid.Range, passed = (Vector256.Exp(v) - one) * grid.Scale, y = passed + Vector256.Create(tx);
            Vector256<double> decay = Vector256.Exp(y * -b), aged = one + decay * (beta - 1), share = logBeta - y * b - Vector256.Log(aged);
            Vector256<double> fall = Vector256.Log(one + passed / atLast);
            // Density of leaving: s b exp(b y)/D (beta/D)^s; exp(b y)/D is 1/aged and 1/D is decay/aged.
            Vector256<double> here = weights[i] * Vector256.Exp(v - fall * m + share * s) / aged;
            mass += here;
            falls += here * fall;
            inverse += here / (passed + Vector256.Create(atLast));
            time += here * y;
            growth += here * y / aged;
            logShare += here * share;
            inverseAged += here * decay / aged;
        }
        double unit = grid.Scale * grid.Range * s * b;
        return new Departed
        {
            Mass = unit * Vector256.Sum(mass),
            Fall = unit * Vector256.Sum(falls),
            Inverse = unit * Vector256.Sum(inverse),
            Time = unit * Vector256.Sum(time),
            Growth = unit * Vector256.Sum(growth),
            LogShare = unit * Vector256.Sum(logShare),
            InverseAged = unit * Vector256.Sum(inverseAged),
        };
    }
}
