using System.Globalization;

namespace CustomerValue.Boosting;

/// <summary>Objectives that LightGBM knows, too, and how its files name them.</summary>
internal static class LightGbmObjective
{
    /// <summary>What stands behind <c>objective=</c>.</summary>
    /// <exception cref="NotSupportedException">LightGBM has no such objective.</exception>
    public static string NameOf(Objective objective) => objective switch
    {
        SquaredErrorObjective => "regression",
        LogisticObjective => "binary sigmoid:1",
        PoissonObjective => "poisson",
        GammaObjective => "gamma",
        TweedieObjective tweedie => string.Create(CultureInfo.InvariantCulture, $"tweedie tweedie_variance_power:{tweedie.Power}"),
        _ => throw new NotSupportedException($"LightGBM has no objective like '{objective.Name}'; save the model in this library's own format."),
    };

    /// <summary>The objective of a file; null where this library has none like it.</summary>
    public static Objective? Find(string text, double tweediePower)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double Parameter(string name, double otherwise) => Array.Find(words, word => word.StartsWith(name + ":", StringComparison.Ordinal)) is { } found
            && double.TryParse(found[(name.Length + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : otherwise;
        return words.FirstOrDefault() switch
        {
            "regression" or "regression_l2" => Objectives.SquaredError,
            "binary" when Parameter("sigmoid", 1) == 1 => Objectives.Logistic,
            "poisson" => Objectives.Poisson,
            "gamma" => Objectives.Gamma,
            "tweedie" when Parameter("tweedie_variance_power", tweediePower) is > 1 and < 2 and double power => Objectives.Tweedie(power),
            _ => null,
        };
    }
}
