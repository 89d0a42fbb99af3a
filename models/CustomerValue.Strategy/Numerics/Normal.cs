namespace CustomerValue.Strategy.Numerics;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>The 90 % point.</summary>
    public const double Z90 = 1.2815515655446004;

    /// <summary>P(Z &lt;= z), to 1.5e-7.</summary>
    /// <remarks>Abramowitz and Stegun (1964), 26.2.17.</remarks>
    public static double Cdf(double z)
    {
        double t = 1 / (1 + 0.2316419 * Math.Abs(z));
        double tail = 0.3989422804014327 * Math.Exp(-z * z / 2)
            * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z >= 0 ? 1 - tail : tail;
    }

    /// <summary>The z with P(Z &lt;= z) = p, for p in (0, 1), to 4.5e-4.</summary>
    /// <remarks>Abramowitz and Stegun (1964), 26.2.23.</remarks>
    public static double Quantile(double p)
    {
        double t = Math.Sqrt(-2 * Math.Log(Math.Min(p, 1 - p)));
        double z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        return p >= 0.5 ? z : -z;
    }

    /// <summary>P(X >= x) for a gamma variable of a mean and a squared coefficient of variation.</summary>
    /// <remarks>Wilson and Hilferty (1931): the cube root is nearly normal.</remarks>
    public static double GammaAtLeast(double x, double mean, double squaredVariation)
    {
        if (mean <= 0)
            return x <= 0 ? 1 : 0;
        if (x <= 0)
            return 1;
        double ninth = Math.Max(squaredVariation, 1e-9) / 9;
        return 1 - Cdf((Math.Cbrt(x / mean) - (1 - ninth)) / Math.Sqrt(ninth));
    }
}
