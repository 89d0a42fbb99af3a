using CustomerValue.BuyTillYouDie.Fitting;

namespace CustomerValue.BuyTillYouDie;

/// <summary>One fit of a transaction model: the data made ready, the search and what is odd about them.</summary>
internal sealed class TransactionFit
{
    /// <summary>Penalty that keeps a fit finite which the data alone cannot hold.</summary>
    private const double RescuePenalty = 0.05;

    private readonly Func<CompressedHistories, int, IObjective> _likelihood;
    private readonly CompressedHistories _sample;
    private readonly FitOptions _options;
    private readonly CancellationToken _cancellation;

    public TransactionFit(
        PurchaseHistories histories, FitOptions? options, Func<CompressedHistories, int, IObjective> likelihood, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(histories);
        _options = (options ?? new FitOptions()).Checked();
        (_likelihood, _cancellation) = (likelihood, cancellation);
        All = CompressedHistories.From(histories);
        _sample = All.Sample(_options.SampleRows);
        Findings = [.. DegeneracyFindings.OfData(All)];
        if (Findings.Exists(finding => finding.Severity == FitSeverity.Error))
            _options = _options with { Penalty = Math.Max(_options.Penalty, RescuePenalty) };
    }

    public CompressedHistories All { get; }

    public List<FitFinding> Findings { get; }

    public MaximumLikelihood.Result Run(double[][] starts) => Polish(Draft(starts));

    /// <summary>Converges on the sample.</summary>
    public MaximumLikelihood.Draft Draft(double[][] starts) =>
        MaximumLikelihood.Converge(_likelihood(_sample, _options.Threads), _sample.TotalWeight / All.TotalWeight, starts, _options, _cancellation);

    /// <summary>Goes on from the sample's optimum with all rows.</summary>
    public MaximumLikelihood.Result Polish(MaximumLikelihood.Draft draft) =>
        MaximumLikelihood.Polish(_likelihood(All, _options.Threads), draft, ReferenceEquals(_sample, All), _options, _cancellation);

    /// <summary>Wraps a model, its log-likelihood brought back to the caller's unit of time.</summary>
    public FitResult<TModel> Result<TModel>(TModel model, MaximumLikelihood.Result found, int k, List<FitFinding> findings)
        where TModel : class, ITransactionModel
    {
        if (!found.Converged)
            findings.Add(new FitFinding("not-converged", FitSeverity.Warning, $"The optimiser had not come to rest after {found.Iterations} iterations.",
                "Raise MaximumIterations, or set a small Penalty such as 0.1."));
        if (found.Covariance is null && !findings.Exists(finding => finding.Severity >= FitSeverity.Warning))
            findings.Add(new FitFinding("flat-likelihood", FitSeverity.Warning, "The likelihood is flat along some direction, so standard errors are unknown.",
                "Predictions hold, single parameters mean little; prefer the simpler model or set a small Penalty such as 0.1."));
        return new FitResult<TModel>
        {
            Model = model,
            LogLikelihood = found.LogLikelihood - All.TotalPurchases * Math.Log(All.TimeScale),
            Customers = (int)Math.Round(All.TotalWeight),
            Findings = findings,
            FreeParameters = found.Theta.Length + (k > 1 ? 1 : 0),
            Iterations = found.Iterations,
            Converged = found.Converged,
        };
    }
}
