using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>One model's line in a comparison.</summary>
public sealed record ComparedModel
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Log-likelihood of the histories.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Number of estimated parameters.</summary>
    public required int FreeParameters { get; init; }

    /// <summary>Akaike's information criterion.</summary>
    public required double Aic { get; init; }

    /// <summary>The Bayesian information criterion.</summary>
    public required double Bic { get; init; }

    /// <summary>Share of belief among the models compared, exp(-difference of AIC / 2) to sum 1.</summary>
    public required double AkaikeWeight { get; init; }

    /// <summary>Doubts about the fit.</summary>
    public required IReadOnlyList<FitFinding> Findings { get; init; }
}

/// <summary>A likelihood-ratio test of a model against a more general one that contains it.</summary>
/// <param name="Statistic">Twice the gain of log-likelihood.</param>
/// <param name="DegreesOfFreedom">Parameters that the general model has more.</param>
/// <param name="PValue">Probability of a gain at least as large if the restricted model were true; conservative where the restriction is a bound.</param>
public sealed record LikelihoodRatio(double Statistic, int DegreesOfFreedom, double PValue);

/// <summary>Compares fits of several models to the same histories.</summary>
public static class ModelComparison
{
    /// <summary>The models by AIC, best first.</summary>
    /// <param name="fits">Fits to the same histories.</param>
    public static IReadOnlyList<ComparedModel> Compare(IReadOnlyCollection<FitResult<ITransactionModel>> fits)
    {
        ArgumentNullException.ThrowIfNull(fits);
        if (fits.Select(fit => fit.Customers).Distinct().Count() > 1)
            throw new ArgumentException("The fits are to different numbers of customers; only fits to the same histories compare.", nameof(fits));
        if (fits.Count == 0) return [];
        double best = fits.Min(fit => fit.Aic), total = fits.Sum(fit => Math.Exp((best - fit.Aic) / 2));
        return [.. fits.OrderBy(fit => fit.Aic).Select(fit => new ComparedModel
        {
            Name = fit.Model.Name,
            LogLikelihood = fit.LogLikelihood,
            FreeParameters = fit.FreeParameters,
            Aic = fit.Aic,
            Bic = fit.Bic,
            AkaikeWeight = Math.Exp((best - fit.Aic) / 2) / total,
            Findings = fit.Findings,
        })];
    }

    /// <summary>Tests a model against a more general one: nbd in any other, pareto-nbd in ggompertz-nbd, bg-nbd in bg-cnbd-k.</summary>
    /// <param name="restricted">The fit of the special case.</param>
    /// <param name="general">The fit of the model that contains it.</param>
    /// <exception cref="ArgumentException">The general model has no more parameters than the restricted one.</exception>
    public static LikelihoodRatio Test(FitResult<ITransactionModel> restricted, FitResult<ITransactionModel> general)
    {
        ArgumentNullException.ThrowIfNull(restricted);
        ArgumentNullException.ThrowIfNull(general);
        int degrees = general.FreeParameters - restricted.FreeParameters;
        if (degrees <= 0)
            throw new ArgumentException($"Model {general.Model.Name} has no more parameters than {restricted.Model.Name}; the second argument is the more general model.", nameof(general));
        double statistic = Math.Max(0, 2 * (general.LogLikelihood - restricted.LogLikelihood));
        return new LikelihoodRatio(statistic, degrees, ChiSquare.Above(statistic, degrees));
    }
}
