using System.Runtime.Intrinsics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>How long customers stay: the distribution of the time to dropout over all customers.</summary>
/// <typeparam name="TSelf">The implementing value type, so that calls are resolved when compiled.</typeparam>
internal interface ILifetime<TSelf> where TSelf : struct, ILifetime<TSelf>
{
    /// <summary>The time over which the density changes; sets the scale of quadratures.</summary>
    double Scale { get; }

    /// <summary>The distribution of the remaining lifetime of those who stayed until <paramref name="age"/>.</summary>
    TSelf After(double age);

    double LogSurvival(double t);

    double LogDensity(double t);

    Vector256<double> LogDensity(Vector256<double> t);

    /// <summary>Integral of the survival function over [0, t]: expected time alive within t.</summary>
    double ExpectedTimeAlive(double t);

    /// <summary>Time at which survival falls to exp(-<paramref name="negativeLog"/>).</summary>
    double TimeToSurvival(double negativeLog);
}
