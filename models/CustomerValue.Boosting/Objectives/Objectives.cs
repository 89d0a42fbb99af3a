using System.Globalization;

namespace CustomerValue.Boosting;

/// <summary>The objectives that come with the library.</summary>
public static class Objectives
{
    /// <summary>Half the squared error; the raw score is the mean.</summary>
    public static Objective SquaredError { get; } = new SquaredErrorObjective();

    /// <summary>Log loss of labels 0 and 1; the raw score is the log odds, the response the probability of 1.</summary>
    public static Objective Logistic { get; } = new LogisticObjective();

    /// <summary>Poisson likelihood of counts; the raw score is the log of the mean.</summary>
    public static Objective Poisson { get; } = new PoissonObjective();

    /// <summary>Gamma likelihood of positive amounts; the raw score is the log of the mean.</summary>
    public static Objective Gamma { get; } = new GammaObjective();

    /// <summary>Zero-inflated lognormal likelihood of amounts, many of them 0; three outputs. Wang, Liu and Miao (2019).</summary>
    public static Objective ZeroInflatedLognormal { get; } = new ZeroInflatedLognormalObjective();

    /// <summary>Tweedie quasi-likelihood of amounts, some of them 0; the raw score is the log of the mean.</summary>
    /// <param name="power">Variance power; the variance grows as the mean to this power. Above 1 and below 2.</param>
    public static Objective Tweedie(double power = 1.5) => new TweedieObjective(power);

    /// <summary>Pinball loss; the raw score is the quantile.</summary>
    /// <param name="alpha">The quantile's level, above 0 and below 1.</param>
    public static Objective Quantile(double alpha = 0.5) => new QuantileObjective(alpha);

    /// <summary>The objective of a name as in <see cref="Objective.Name"/>, such as <c>logistic</c> or <c>tweedie(1.5)</c>; null where no such objective is here.</summary>
    public static Objective? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Parameter(name, "tweedie") is { } power)
            return power is > 1 and < 2 ? Tweedie(power) : null;
        if (Parameter(name, "quantile") is { } alpha)
            return alpha is > 0 and < 1 ? Quantile(alpha) : null;
        return Array.Find([SquaredError, Logistic, Poisson, Gamma, ZeroInflatedLognormal], objective => objective.Name == name);
    }

    private static double? Parameter(string name, string family) =>
        name.StartsWith(family + "(", StringComparison.Ordinal) && name.EndsWith(')')
        && double.TryParse(name.AsSpan(family.Length + 1, name.Length - family.Length - 2), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value : null;
}
