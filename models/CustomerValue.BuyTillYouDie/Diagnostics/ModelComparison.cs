using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>One model's line in a comparison.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="LogLikelihood">Log-likelihood of the histories.</param>
/// <param name="FreeParameters">Number of estimated parameters.</param>
/// <param name="Aic">Akaike's information criterion.</param>
/// <param name="Bic">The Bayesian information criterion.</param>
/// <param name="AkaikeWeight">Share of belief among the models compared, exp(-difference of AIC / 2) to sum 1.</param>
/// <param name="Findings">Doubts about the fit.</param>
public sealed record ComparedModel(
    string Name, double LogLikelihood, int FreeParameters, double Aic, double Bic, double AkaikeWeight, IReadOnlyList<Finding> Findings);

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
        return [.. fits.OrderBy(fit => fit.Aic).Select(fit => new ComparedModel(
            fit.Model.Name, fit.LogLikelihood, fit.FreeParameters, fit.Aic, fit.Bic, Math.Exp((best - fit.Aic) / 2) / total, fit.Findings))];
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
