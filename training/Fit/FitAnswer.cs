using System.Text.Json.Serialization;
using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Training.Fit;

/// <summary>What <c>fit --json</c> gives for one model, and the comparison for each of all.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Unit">Unit of time of the parameters.</param>
/// <param name="Cutoff">First day not looked at.</param>
/// <param name="Customers">Customers fitted on.</param>
/// <param name="Parameters">Values by the papers' names.</param>
/// <param name="StandardErrors">By the same names; null where unknown.</param>
/// <param name="LogLikelihood">In this unit.</param>
/// <param name="Aic">Akaike's criterion.</param>
/// <param name="Bic">The Bayesian criterion.</param>
/// <param name="FreeParameters">Parameters estimated.</param>
/// <param name="Converged">Whether the optimiser came to rest.</param>
/// <param name="Seconds">How long the fit took.</param>
/// <param name="Warnings">Doubts about data and fit.</param>
internal sealed record FitAnswer(
    string Model,
    string Unit,
    DateOnly Cutoff,
    int Customers,
    IReadOnlyDictionary<string, double> Parameters,
    IReadOnlyDictionary<string, double> StandardErrors,
    double LogLikelihood,
    double Aic,
    double Bic,
    int FreeParameters,
    bool Converged,
    double Seconds,
    IReadOnlyList<Finding> Warnings)
{
    /// <summary>Share of belief among the models compared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AkaikeWeight { get; init; }

    /// <summary>Gamma-Gamma; null where it cannot be fitted, absent within a comparison.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SpendAnswer? Spend { get; init; }

    /// <summary>The plots, where they were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Plot { get; init; }

    public static FitAnswer Of(FitOutcome outcome, FittedModel model, IReadOnlyList<Finding> more) => new(
        model.Name, outcome.Sample.Unit.Name, outcome.Sample.Cutoff, model.Fit.Customers,
        model.Fit.Model.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
        model.Fit.Model.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.StandardError),
        model.Fit.LogLikelihood, model.Fit.Aic, model.Fit.Bic, model.Fit.FreeParameters, model.Fit.Converged, model.Seconds,
        [.. model.Fit.Findings.Select(FitOutcome.Shown), .. more]);
}

/// <summary>Gamma-Gamma spend.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Customers">Customers with repeat purchases and money.</param>
/// <param name="Parameters">Values by name.</param>
/// <param name="StandardErrors">By the same names.</param>
/// <param name="LogLikelihood">Of the mean spends.</param>
/// <param name="PopulationMeanSpend">Mean money of a purchase day over all customers.</param>
/// <param name="Warnings">Doubts about the fit.</param>
internal sealed record SpendAnswer(
    string Model,
    int Customers,
    IReadOnlyDictionary<string, double> Parameters,
    IReadOnlyDictionary<string, double> StandardErrors,
    double LogLikelihood,
    double PopulationMeanSpend,
    IReadOnlyList<Finding> Warnings)
{
    public static SpendAnswer? Of(FitResult<GammaGamma>? fit) => fit is null ? null : new SpendAnswer(
        fit.Model.Name, fit.Customers,
        fit.Model.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
        fit.Model.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.StandardError),
        fit.LogLikelihood, fit.Model.PopulationMeanSpend, [.. fit.Findings.Select(FitOutcome.Shown)]);
}

/// <summary>What <c>fit --model all --json</c> gives.</summary>
/// <param name="Model"><c>all</c>.</param>
/// <param name="Unit">Unit of time of the parameters.</param>
/// <param name="Cutoff">First day not looked at.</param>
/// <param name="Customers">Customers fitted on.</param>
/// <param name="Best">The model of the least AIC.</param>
/// <param name="Models">By AIC, best first.</param>
/// <param name="LikelihoodRatios">Tests of models that contain one another.</param>
/// <param name="Spend">Gamma-Gamma, or null.</param>
/// <param name="Warnings">Doubts about the data.</param>
/// <param name="Plot">The plots, or null.</param>
internal sealed record FitComparisonAnswer(
    string Model,
    string Unit,
    DateOnly Cutoff,
    int Customers,
    string Best,
    IReadOnlyList<FitAnswer> Models,
    IReadOnlyList<LikelihoodRatioAnswer> LikelihoodRatios,
    SpendAnswer? Spend,
    IReadOnlyList<Finding> Warnings,
    string? Plot)
{
    public static FitComparisonAnswer Of(FitOutcome outcome, IReadOnlyList<Finding> warnings, string? plot)
    {
        Dictionary<string, FittedModel> models = outcome.Models.ToDictionary(model => model.Name);
        return new FitComparisonAnswer("all", outcome.Sample.Unit.Name, outcome.Sample.Cutoff, outcome.Sample.Count, outcome.Best.Name,
            [.. ModelComparison.Compare([.. outcome.Models.Select(model => model.Fit)]).Select(line => FitAnswer.Of(outcome, models[line.Name], []) with { AkaikeWeight = line.AkaikeWeight })],
            [.. NestedModels.Tests(outcome.Models).Select(test => new LikelihoodRatioAnswer(test.Restricted, test.General, test.Test.Statistic, test.Test.DegreesOfFreedom, test.Test.PValue))],
            SpendAnswer.Of(outcome.Spend), warnings, plot);
    }
}

/// <summary>A likelihood-ratio test.</summary>
/// <param name="Restricted">The special case.</param>
/// <param name="General">The model that contains it.</param>
/// <param name="Statistic">Twice the gain of log-likelihood.</param>
/// <param name="DegreesOfFreedom">Parameters that the general model has more.</param>
/// <param name="PValue">Probability of such a gain if the special case were true.</param>
internal sealed record LikelihoodRatioAnswer(string Restricted, string General, double Statistic, int DegreesOfFreedom, double PValue);
