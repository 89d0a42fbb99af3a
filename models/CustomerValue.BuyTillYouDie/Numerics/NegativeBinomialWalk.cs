namespace CustomerValue.BuyTillYouDie.Numerics;

/// <summary>Walks up the negative binomial P(N = m) = C(r + m - 1, m) (1 - z)^r z^m with its upper tail.</summary>
/// <remarks>Starts far below the mean instead of at 0 where P(N = 0) would underflow.</remarks>
internal ref struct NegativeBinomialWalk
{
    /// <summary>ln P(N = 0) above which a walk starts at 0.</summary>
    public const double LeastLogNone = -600;

    private readonly double _r;
    private readonly double _z;
    private readonly double _logNone;
    private double _mass;
    private long _m;

    /// <param name="r">Shape.</param>
    /// <param name="z">Success share, in [0, 1).</param>
    /// <param name="logOff">ln(1 - z), given since the caller often knows it to more digits.</param>
    public NegativeBinomialWalk(double r, double z, double logOff)
    {
        (_r, _z, _logNone) = (r, z, r * logOff);
        Tail = 1;
        if (_logNone > LeastLogNone)
        {
            _mass = Math.Exp(_logNone);
            return;
        }
        // N is Poisson with a Gamma(r) mean: start 10 deviations below the mean at the gamma's 1e-19 quantile (Wilson and Hilferty).
        double share = Math.Max(0, 1 - 1 / (9 * r) - 9 / (3 * Math.Sqrt(r)));
        double low = r * z / (1 - z) * share * share * share;
        _m = (long)Math.Max(0, low - 10 * Math.Sqrt(low));
        _mass = Math.Exp(GammaFunctions.LogGamma(r + _m) - GammaFunctions.LogGamma(r) - GammaFunctions.LogGamma(_m + 1.0)
            + _logNone + _m * Math.Log(z));
    }

    /// <summary>P(N = current m).</summary>
    public readonly double Mass => _mass;

    /// <summary>P(N >= current m).</summary>
    public double Tail { get; private set; }

    /// <summary>A bound on the sum of the tails beyond the current one; infinite before the mode.</summary>
    public readonly double Remaining
    {
        get
        {
            double ratio = _z * Math.Max(1, (_r + _m) / (_m + 1));
            return ratio < 1 ? _mass * ratio / ((1 - ratio) * (1 - ratio)) : double.PositiveInfinity;
        }
    }

    /// <summary>Moves on to <paramref name="m"/>; below the start the tail is 1.</summary>
    public void AdvanceTo(long m)
    {
        for (; _m < m; _m++)
        {
            Tail = _m == 0 ? -Scalars.ExpMinusOne(_logNone) : Math.Max(0, Tail - _mass);
            _mass *= _z * (_r + _m) / (_m + 1);
        }
    }
}
