using CustomerValue.BuyTillYouDie.Fitting;

namespace CustomerValue.BuyTillYouDie;

/// <summary>The Gamma-Gamma likelihood with q tied to 1 + p gamma, so that the population mean p gamma / (q - 1) is the observed one (1 in scaled money).</summary>
internal sealed class MeanHeldGammaGamma(IObjective free) : IObjective
{
    public int Dimension => 2;

    public static double[] Full(ReadOnlySpan<double> theta) => [theta[0], Math.Log(1 + Math.Exp(theta[0] + theta[1])), theta[1]];

    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        Span<double> slope = stackalloc double[3];
        double value = free.Evaluate(Full(theta), slope), product = Math.Exp(theta[0] + theta[1]), share = product / (1 + product);
        gradient[0] = slope[0] + slope[1] * share;
        gradient[1] = slope[2] + slope[1] * share;
        return value;
    }
}
