namespace CustomerValue.Models.Evaluation;

/// <summary>Upper tail of the chi-square distribution.</summary>
public static class ChiSquareTail
{
    private const double Tiny = 1e-300;

    /// <summary>The value that a chi-square variable exceeds with a small probability.</summary>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    /// <param name="tail">Probability of exceeding, above 0 and at most 0.1.</param>
    public static double Quantile(int degrees, double tail)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        if (!(tail is > 0 and <= 0.1))
            throw new ArgumentOutOfRangeException(nameof(tail), tail, "A small tail lies in (0, 0.1].");
        double low = degrees + 1, high = 2 * degrees + 50 - 10 * Math.Log(tail);
        for (int i = 0; i < 100; i++)
        {
            double middle = 0.5 * (low + high);
            if (Exceeding(degrees, middle) > tail)
                low = middle;
            else
                high = middle;
        }
        return 0.5 * (low + high);
    }

    /// <summary>Probability that a chi-square variable exceeds a value.</summary>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    /// <param name="value">The value, not negative.</param>
    /// <remarks>Below <c>degrees + 1</c> by the series of the lower part (DLMF 8.7.1), above by <see cref="Exceeding"/>.</remarks>
    public static double Tail(int degrees, double value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        if (value > degrees + 1)
            return Exceeding(degrees, value);
        if (value == 0)
            return 1;
        double a = 0.5 * degrees, x = 0.5 * value, term = 1 / a, sum = term;
        for (int n = 1; term > 1e-17 * sum; n++)
            sum += term *= x / (a + n);
        return 1 - Math.Exp(a * Math.Log(x) - x - LogGammaOfHalf(degrees)) * sum;
    }

    /// <summary>Probability of exceeding <paramref name="value"/>, which lies above <c>degrees + 1</c>.</summary>
    /// <remarks>Regularised incomplete gamma Q(degrees/2, value/2) by its continued fraction, Lentz's method (DLMF 8.9.2).</remarks>
    private static double Exceeding(int degrees, double value)
    {
        double a = 0.5 * degrees, x = 0.5 * value, b = x + 1 - a, c = 1 / Tiny, d = 1 / b, fraction = d;
        for (int i = 1; i < 1000; i++)
        {
            double numerator = -i * (i - a);
            b += 2;
            d = 1 / NotZero(numerator * d + b);
            c = NotZero(b + numerator / c);
            double change = d * c;
            fraction *= change;
            if (Math.Abs(change - 1) < 1e-15)
                break;
        }
        return Math.Exp(a * Math.Log(x) - x - LogGammaOfHalf(degrees)) * fraction;
    }

    /// <summary>log Gamma(n / 2), from Gamma(1/2) or Gamma(1) upwards.</summary>
    private static double LogGammaOfHalf(int n)
    {
        double z = n % 2 == 0 ? 1 : 0.5, result = n % 2 == 0 ? 0 : 0.5 * Math.Log(Math.PI);
        for (; z < 0.5 * n; z++)
            result += Math.Log(z);
        return result;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
