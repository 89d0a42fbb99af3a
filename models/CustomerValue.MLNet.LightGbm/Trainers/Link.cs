using CustomerValue.Boosting;
using CustomerValue.MLNet.LightGbm.Trees;

namespace CustomerValue.MLNet.LightGbm.Trainers;

/// <summary>From the scale of the labels to raw scores and back, here and in an expression of ML.NET.</summary>
/// <param name="Margin">The raw score of a prior.</param>
/// <param name="MarginText">The same as text.</param>
/// <param name="ResponseText">The answer of a raw score, as text.</param>
internal sealed record Link(Func<double, double> Margin, Func<string, string> MarginText, Func<string, string> ResponseText)
{
    /// <summary>As near to nothing, or to certainty, as a prior may come.</summary>
    private const double Least = 1e-6;

    private static readonly string s_least = Text.Double(Least), s_most = Text.Double(1 - Least);

    private static Link Identity { get; } = new(prior => prior, prior => prior, raw => raw);

    private static Link Log { get; } = new(prior => Math.Log(Math.Max(prior, Least)), prior => $"log(max({prior}, {s_least}))", raw => $"exp({raw})");

    private static Link Logit { get; } = new(prior => Math.Log(Inside(prior) / (1 - Inside(prior))), prior => $"log(max(min({prior}, {s_most}), {s_least}) / (1d - max(min({prior}, {s_most}), {s_least})))", raw => $"1d / (1d + exp(-({raw})))");

    /// <exception cref="ArgumentException">The objective has another link, or several outputs.</exception>
    public static Link Of(Objective objective) => objective.Name.Split('(')[0] switch
    {
        "squared-error" => Identity,
        "logistic" => Logit,
        "poisson" or "gamma" or "tweedie" => Log,
        _ => throw new ArgumentException($"Found objective '{objective.Name}', expected squared error, logistic, Poisson, gamma or Tweedie: ML.NET's model holds one sum of leaves.", nameof(objective)),
    };

    private static double Inside(double prior) => Math.Clamp(prior, Least, 1 - Least);
}
