using System.Runtime.Intrinsics;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Gompertz lifetimes with scale ~ Gamma(s, beta): survival (beta / (beta - 1 + exp(b t)))^s, dropout that speeds up with age.</summary>
/// <remarks>Bemmaor and Glady (2012), eq. 3. For b towards 0 with beta / b held, the Pareto lifetime.</remarks>
internal readonly struct GompertzLifetime(double b, double s, double beta) : ILifetime<GompertzLifetime>
{
    public double Scale => Math.Min(1, beta) / b;

    public GompertzLifetime After(double age) => new(b, s, beta * Math.Exp(-b * age) - Scalars.ExpMinusOne(-b * age));

    public double LogSurvival(double t) => s * (Math.Log(beta) - LogAged(b, beta, t));

    public double LogDensity(double t)
    {
        double logAged = LogAged(b, beta, t);
        return s * (Math.Log(beta) - logAged) + Math.Log(s * b) + b * t - logAged;
    }

    public Vector256<double> LogDensity(Vector256<double> t) =>
        Vector256.Create(LogDensity(t[0]), LogDensity(t[1]), LogDensity(t[2]), LogDensity(t[3]));

    public double ExpectedTimeAlive(double t)
    {
        double end = Math.Min(t, TimeToSurvival(45)), scale = Scale;
        GompertzLifetime self = this;
        return GaussLegendre.IntegrateAdaptively(0, Scalars.LogOnePlus(end / scale), 1e-12,
            v => Math.Exp(self.LogSurvival(scale * Scalars.ExpMinusOne(v)) + v)) * scale;
    }

    public double TimeToSurvival(double negativeLog) =>
        negativeLog / s > 600 ? (Math.Log(beta) + negativeLog / s) / b : Scalars.LogOnePlus(beta * Scalars.ExpMinusOne(negativeLog / s)) / b;

    /// <summary>ln(beta - 1 + exp(b t)) without overflow or cancellation.</summary>
    public static double LogAged(double b, double beta, double t)
    {
        double grown = b * t;
        return grown > 1 ? grown + Scalars.LogOnePlus((beta - 1) * Math.Exp(-grown)) : Math.Log(beta + Scalars.ExpMinusOne(grown));
    }
}
