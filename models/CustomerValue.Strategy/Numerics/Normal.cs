namespace CustomerValue.Strategy.Numerics;

/// <summary>The standard normal distribution.</summary>
public static class Normal
{
    /// <summary>The 90 % point.</summary>
    public const double Z90 = 1.2815515655446004;

    private const double Density0 = 0.39894228040143267794; // 1 / sqrt(2 pi)

    /// <summary>P(Z &lt;= z), to about 1e-15 of it near the middle and 1e-14 of the tail.</summary>
    /// <remarks>The series of Marsaglia (2004), "Evaluating the normal distribution", within 3; beyond, the continued fraction of the tail, Abramowitz and Stegun (1964), 26.2.14.</remarks>
    public static double Cdf(double z) => Math.Abs(z) < 3 ? Middle(z) : z > 0 ? 1 - Tail(z) : Tail(-z);

    /// <summary>The z with P(Z &lt;= z) = p, for p in (0, 1).</summary>
    /// <remarks>Abramowitz and Stegun (1964), 26.2.23, made exact by Newton's method on the smaller tail.</remarks>
    public static double Quantile(double p)
    {
        double small = Math.Min(p, 1 - p), t = Math.Sqrt(-2 * Math.Log(small));
        double z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        for (int i = 0; i < 3; i++)
            z += (Cdf(-z) - small) / Density(z);
        return p >= 0.5 ? z : -z;
    }

    private static double Density(double z) => Density0 * Math.Exp(-z * z / 2);

    private static double Middle(double z)
    {
        double sum = z, term = z;
        for (int i = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); i += 2)
            sum += term *= z * z / i;
        return 0.5 + Density(z) * sum;
    }

    /// <summary>P(Z > z) for z of at least 3.</summary>
    private static double Tail(double z)
    {
        double fraction = z;
        for (int i = 60; i > 0; i--)
            fraction = z + i / fraction;
        return Density(z) / fraction;
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
