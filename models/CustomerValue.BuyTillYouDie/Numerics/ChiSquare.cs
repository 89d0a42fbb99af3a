namespace CustomerValue.BuyTillYouDie.Numerics;

/// <summary>The chi-square distribution.</summary>
internal static class ChiSquare
{
    /// <summary>P(chi-square with <paramref name="degrees"/> degrees of freedom > <paramref name="value"/>).</summary>
    public static double Above(double value, int degrees)
    {
        if (value <= 0) return 1;
        double shape = degrees / 2.0, x = value / 2, scale = Math.Exp(shape * Math.Log(x) - x - GammaFunctions.LogGamma(shape));
        if (x < shape + 1)
        {
            double term = 1 / shape, sum = term;
            for (int n = 1; term > 1e-17 * sum; n++) sum += term *= x / (shape + n);
            return Math.Max(0, 1 - scale * sum);
        }
        // Lentz's method on the continued fraction of the upper incomplete gamma function.
        double b = x + 1 - shape, c = 1e300, d = 1 / b, product = d;
        for (int n = 1; n < 10_000; n++)
        {
            double a = -n * (n - shape);
            b += 2;
            d = 1 / (a * d + b);
            c = b + a / c;
            product *= c * d;
            if (Math.Abs(c * d - 1) < 1e-16) break;
        }
        return scale * product;
    }
}
