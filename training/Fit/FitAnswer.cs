using System.Text.Json.Serialization;
using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Training.Fit;

/// <summary>What <c>fit --json</c> gives for one model, and the comparison for each of all.</summary>
internal sealed record FitAnswer
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Unit of time of the parameters.</summary>
    public required string Unit { get; init; }

    /// <summary>First day not looked at.</summary>
    public required DateOnly Cutoff { get; init; }

    /// <summary>Customers fitted on.</summary>
    public required int Customers { get; init; }

    /// <summary>Values by the papers' names.</summary>
    public required IReadOnlyDictionary<string, double> Parameters { get; init; }

    /// <summary>By the same names; null where unknown.</summary>
    public required IReadOnlyDictionary<string, double> StandardErrors { get; init; }

    /// <summary>In this unit.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Akaike's criterion.</summary>
    public required double Aic { get; init; }

    /// <summary>The Bayesian criterion.</summary>
    public required double Bic { get; init; }

    /// <summary>Parameters estimated.</summary>
    public required int FreeParameters { get; init; }

    /// <summary>Whether the optimiser came to rest.</summary>
    public required bool Converged { get; init; }

    /// <summary>How long the fit took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Doubts about data and fit.</summary>
    public required IReadOnlyList<Finding> Warnings { get; init; }

    /// <summary>Share of belief among the models compared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AkaikeWeight { get; init; }

    /// <summary>Gamma-Gamma; null where it cannot be fitted, absent within a comparison.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SpendAnswer? Spend { get; init; }

    /// <summary>The plots, where they were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Plot { get; init; }

    public static FitAnswer Of(FitOutcome outcome, FittedModel model, IReadOnlyList<Finding> more) => new()
    {
        Model = model.Name,
        Unit = outcome.Sample.Unit.Name,
        Cutoff = outcome.Sample.Cutoff,
        Customers = model.Fit.Customers,
        Parameters = model.Fit.Model.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
        StandardErrors = model.Fit.Model.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.StandardError),
        LogLikelihood = model.Fit.LogLikelihood,
        Aic = model.Fit.Aic,
        Bic = model.Fit.Bic,
        FreeParameters = model.Fit.FreeParameters,
        Converged = model.Fit.Converged,
        Seconds = model.Seconds,
        Warnings = [.. model.Fit.Findings.Select(FitOutcome.Shown), .. more],
    };
}

/// <summary>Gamma-Gamma spend.</summary>
internal sealed record SpendAnswer
{
    /// <summary>Its name.</summary>
    public required string Model { get; init; }

    /// <summary>Customers with repeat purchases and money.</summary>
    public required int Customers { get; init; }

    /// <summary>Values by name.</summary>
    public required IReadOnlyDictionary<string, double> Parameters { get; init; }

    /// <summary>By the same names.</summary>
    public required IReadOnlyDictionary<string, double> StandardErrors { get; init; }

    /// <summary>Of the mean spends.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Mean money of a purchase day over all customers.</summary>
    public required double PopulationMeanSpend { get; init; }

    /// <summary>Doubts about the fit.</summary>
    public required IReadOnlyList<Finding> Warnings { get; init; }

    public static SpendAnswer? Of(FitResult<GammaGamma>? fit) => fit is null ? null : new SpendAnswer
    {
        Model = fit.Model.Name,
        Customers = fit.Customers,
        Parameters = fit.Model.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
        StandardErrors = fit.Model.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.StandardError),
        LogLikelihood = fit.LogLikelihood,
        PopulationMeanSpend = fit.Model.PopulationMeanSpend,
        Warnings = [.. fit.Findings.Select(FitOutcome.Shown)],
    };
}

/// <summary>What <c>fit --model all --json</c> gives.</summary>
internal sealed record FitComparisonAnswer
{
    /// <summary><c>all</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Unit of time of the parameters.</summary>
    public required string Unit { get; init; }

    /// <summary>First day not looked at.</summary>
    public required DateOnly Cutoff { get; init; }

    /// <summary>Customers fitted on.</summary>
    public required int Customers { get; init; }

    /// <summary>The model of the least AIC.</summary>
    public required string Best { get; init; }

    /// <summary>By AIC, best first.</summary>
    public required IReadOnlyList<FitAnswer> Models { get; init; }

    /// <summary>Tests of models that contain one another.</summary>
    public required IReadOnlyList<LikelihoodRatioAnswer> LikelihoodRatios { get; init; }

    /// <summary>Gamma-Gamma, or null.</summary>
    public required SpendAnswer? Spend { get; init; }

    /// <summary>Doubts about the data.</summary>
    public required IReadOnlyList<Finding> Warnings { get; init; }

    /// <summary>The plots, or null.</summary>
    public required string? Plot { get; init; }

    public static FitComparisonAnswer Of(FitOutcome outcome, IReadOnlyList<Finding> warnings, string? plot)
    {
        Dictionary<string, FittedModel> models = outcome.Models.ToDictionary(model => model.Name);
        return new FitComparisonAnswer
        {
            Model = "all",
            Unit = outcome.Sample.Unit.Name,
            Cutoff = outcome.Sample.Cutoff,
            Customers = outcome.Sample.Count,
            Best = outcome.Best.Name,
            Models = [.. ModelComparison.Compare([.. outcome.Models.Select(model => model.Fit)]).Select(line => FitAnswer.Of(outcome, models[line.Name], []) with { AkaikeWeight = line.AkaikeWeight })],
            LikelihoodRatios = [.. NestedModels.Tests(outcome.Models).Select(test => new LikelihoodRatioAnswer(test.Restricted, test.General, test.Test.Statistic, test.Test.DegreesOfFreedom, test.Test.PValue))],
            Spend = SpendAnswer.Of(outcome.Spend),
            Warnings = warnings,
            Plot = plot,
        };
    }
}

/// <summary>A likelihood-ratio test.</summary>
/// <param name="Restricted">The special case.</param>
/// <param name="General">The model that contains it.</param>
/// <param name="Statistic">Twice the gain of log-likelihood.</param>
/// <param name="DegreesOfFreedom">Parameters that the general model has more.</param>
/// <param name="PValue">Probability of such a gain if the special case were true.</param>
internal sealed record LikelihoodRatioAnswer(string Restricted, string General, double Statistic, int DegreesOfFreedom, double PValue);
