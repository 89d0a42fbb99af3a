namespace CustomerValue.BuyTillYouDie.Numerics;

/// <summary>Gamma function and its kin for positive arguments, by recurrence into Stirling's range.</summary>
internal static class GammaFunctions
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>ln Gamma(x), x > 0; absolute error about 1e-15 times the larger of 1 and the result.</summary>
    public static double LogGamma(double x)
    {
        double product = 1;
        while (x < 10) product *= x++;
        double inverse = 1 / x, square = inverse * inverse;
        double series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680
            - square * (1.0 / 1188 - square * (691.0 / 360360 - square / 156))))));
        double stirling = (x - 0.5) * Math.Log(x) - x + HalfLogTwoPi + series;
        return product == 1 ? stirling : stirling - Math.Log(product);
    }

    /// <summary>psi(x), the derivative of ln Gamma, x > 0.</summary>
    public static double Digamma(double x)
    {
        double sum = 0;
        while (x < 10) sum -= 1 / x++;
        double square = 1 / (x * x);
        return sum + Math.Log(x) - 0.5 / x - square * (1.0 / 12 - square * (1.0 / 120 - square * (1.0 / 252
            - square * (1.0 / 240 - square * (1.0 / 132 - square * (691.0 / 32760 - square / 12))))));
    }

    /// <summary>ln Gamma(r + x) - ln Gamma(r) and its derivative by r, for each x.</summary>
    public static void TabulateRising(double r, ReadOnlySpan<double> x, Span<double> logGamma, Span<double> digamma)
    {
        double logGammaR = LogGamma(r), digammaR = Digamma(r);
        for (int i = 0; i < x.Length; i++)
        {
            logGamma[i] = LogGamma(r + x[i]) - logGammaR;
            digamma[i] = Digamma(r + x[i]) - digammaR;
        }
    }
}
