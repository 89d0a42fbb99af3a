using System.Runtime.Intrinsics;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Exponential lifetimes with dropout rates ~ Gamma(s, beta): Pareto of the second kind, survival (beta / (beta + t))^s.</summary>
internal readonly struct ParetoLifetime(double s, double beta) : ILifetime<ParetoLifetime>
{
    public double Scale => beta;

    public ParetoLifetime After(double age) => new(s, beta + age);

    public double LogSurvival(double t) => -s * Scalars.LogOnePlus(t / beta);

    public double LogDensity(double t) => Math.Log(s / beta) - (s + 1) * Scalars.LogOnePlus(t / beta);

    public Vector256<double> LogDensity(Vector256<double> t) =>
        Vector256.Create(Math.Log(s / beta)) - (s + 1) * Vector256.Log(Vector256<double>.One + t / beta);

    public double ExpectedTimeAlive(double t)
    {
        double log = Scalars.LogOnePlus(t / beta), power = (1 - s) * log;
        return beta * (Math.Abs(power) < 1e-300 ? log : log * Scalars.ExpMinusOne(power) / power);
    }

    public double TimeToSurvival(double negativeLog) => beta * Scalars.ExpMinusOne(negativeLog / s);
}
