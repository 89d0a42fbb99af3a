using System.Runtime.Intrinsics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Nobody ever leaves: the NBD.</summary>
internal readonly struct EternalLifetime : ILifetime<EternalLifetime>
{
    public double Scale => double.PositiveInfinity;

    public EternalLifetime After(double age) => this;

    public double LogSurvival(double t) => 0;

    public double LogDensity(double t) => double.NegativeInfinity;

    public Vector256<double> LogDensity(Vector256<double> t) => Vector256.Create(double.NegativeInfinity);

    public double ExpectedTimeAlive(double t) => t;

    public double TimeToSurvival(double negativeLog) => double.PositiveInfinity;
}
