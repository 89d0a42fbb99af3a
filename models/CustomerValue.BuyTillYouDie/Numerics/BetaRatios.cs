namespace CustomerValue.BuyTillYouDie.Numerics;

/// <summary>Ratios of gamma and beta functions at whole-number distances, as the products they are.</summary>
internal static class BetaRatios
{
    /// <summary>ln Gamma(a + n) - ln Gamma(a).</summary>
    public static double LogRising(double a, int n)
    {
        if (n > 64) return GammaFunctions.LogGamma(a + n) - GammaFunctions.LogGamma(a);
        double product = 1, log = 0;
        for (int i = 0; i < n; i++)
        {
            product *= a + i;
            if (product is > 1e250 or < 1e-250)
            {
                log += Math.Log(product);
                product = 1;
            }
        }
        return log + Math.Log(product);
    }

    /// <summary>psi(a + n) - psi(a).</summary>
    public static double DigammaRising(double a, int n)
    {
        if (n > 64) return GammaFunctions.Digamma(a + n) - GammaFunctions.Digamma(a);
        double sum = 0;
        for (int i = 0; i < n; i++) sum += 1 / (a + i);
        return sum;
    }
}
