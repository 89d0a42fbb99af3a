namespace CustomerValue.Models.Forecasting;

/// <summary>Log-odds and back.</summary>
internal static class Logit
{
    public static double Probability(double logit) => logit >= 0 ? 1 / (1 + Math.Exp(-logit)) : Math.Exp(logit) / (1 + Math.Exp(logit));

    /// <summary>Log-odds, held within what a probability of 1e-9 from either end has.</summary>
    public static double OfInside(double probability) => Of(Math.Clamp(probability, 1e-9, 1 - 1e-9));

    public static double Of(double probability) => Math.Log(probability / (1 - probability));
}
