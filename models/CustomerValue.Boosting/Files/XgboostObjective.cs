using System.Globalization;

namespace CustomerValue.Boosting;

/// <summary>Objectives that XGBoost knows, too, and how it names and parametrises them.</summary>
internal static class XgboostObjective
{
    /// <summary>The name there and, where it has one, its block of parameters: block name, parameter name, value.</summary>
    /// <exception cref="NotSupportedException">XGBoost has no such objective.</exception>
    public static (string Name, (string Block, string Parameter, string Value)? Parameters) NameOf(Objective objective) => objective switch
    {
        SquaredErrorObjective => ("reg:squarederror", ("reg_loss_param", "scale_pos_weight", "1")),
        LogisticObjective => ("binary:logistic", ("reg_loss_param", "scale_pos_weight", "1")),
        PoissonObjective => ("count:poisson", ("poisson_regression_param", "max_delta_step", "0.699999988")),
        GammaObjective => ("reg:gamma", null),
        TweedieObjective tweedie => ("reg:tweedie", ("tweedie_regression_param", "tweedie_variance_power", tweedie.Power.ToString(CultureInfo.InvariantCulture))),
        _ => throw new NotSupportedException($"XGBoost 1.7 has no objective like '{objective.Name}'; save the model in this library's own format."),
    };

    /// <summary>The objective of a name there; null where this library has none like it.</summary>
    public static Objective? Find(string name, double tweediePower) => name switch
    {
        "reg:squarederror" or "reg:linear" => Objectives.SquaredError,
        "binary:logistic" or "reg:logistic" => Objectives.Logistic,
        "count:poisson" => Objectives.Poisson,
        "reg:gamma" => Objectives.Gamma,
        "reg:tweedie" when tweediePower is > 1 and < 2 => Objectives.Tweedie(tweediePower),
        _ => null,
    };

    /// <summary>XGBoost keeps the start on the scale of the labels.</summary>
    public static double BaseScore(Objective objective, double start) => objective.Response([start]);

    /// <summary>The raw score of a <c>base_score</c>, or NaN where it has none.</summary>
    public static double Start(Objective objective, double baseScore) => objective switch
    {
        SquaredErrorObjective => baseScore,
        LogisticObjective => baseScore is > 0 and < 1 ? Math.Log(baseScore / (1 - baseScore)) : double.NaN,
        _ => baseScore > 0 ? Math.Log(baseScore) : double.NaN,
    };
}
