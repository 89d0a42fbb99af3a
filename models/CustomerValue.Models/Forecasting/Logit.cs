namespace CustomerValue.Models.Forecasting;

/// <summary>Log-odds and back.</summary>
internal static class Logit
{
    /// <summary>How near to 0 or 1 a probability may come where its log-odds are mixed.</summary>
    public const double Inside = 1e-9;

    public static double Probability(double logit) => logit >= 0 ? 1 / (1 + Math.Exp(-logit)) : Math.Exp(logit) / (1 + Math.Exp(logit));

    /// <summary>Log-odds, held within what a probability of <see cref="Inside"/> from either end has.</summary>
    public static double OfInside(double probability) => Of(Math.Clamp(probability, Inside, 1 - Inside));

    public static double Of(double probability) => Math.Log(probability / (1 - probability));
}
