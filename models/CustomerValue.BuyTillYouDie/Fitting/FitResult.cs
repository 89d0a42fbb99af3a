namespace CustomerValue.BuyTillYouDie;

/// <summary>A fitted model with what the fit says about itself.</summary>
/// <typeparam name="TModel">The model's type.</typeparam>
public sealed record FitResult<TModel>
    where TModel : class
{
    /// <summary>The fitted model; immutable.</summary>
    public required TModel Model { get; init; }

    /// <summary>Log-likelihood of the histories at the parameters, without any prior.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Customers fitted on, that is the sum of the weights, rounded.</summary>
    public required int Customers { get; init; }

    /// <summary>Doubts about the fit; empty when there are none.</summary>
    public required IReadOnlyList<FitFinding> Findings { get; init; }

    /// <summary>Number of parameters that were estimated.</summary>
    public required int FreeParameters { get; init; }

    /// <summary>Optimiser iterations over all starts.</summary>
    public required int Iterations { get; init; }

    /// <summary>Whether the optimiser came to rest.</summary>
    public required bool Converged { get; init; }

    /// <summary>Akaike's information criterion, 2 k - 2 ln L: the smaller the better.</summary>
    public double Aic => 2 * FreeParameters - 2 * LogLikelihood;

    /// <summary>The Bayesian information criterion, k ln(customers) - 2 ln L: the smaller the better.</summary>
    public double Bic => FreeParameters * Math.Log(Math.Max(1, Customers)) - 2 * LogLikelihood;

    /// <summary>The same result seen as a wider type.</summary>
    /// <typeparam name="TOther">A base type or interface of <typeparamref name="TModel"/>.</typeparam>
    public FitResult<TOther> As<TOther>() where TOther : class =>
        new FitResult<TOther>
        {
            Model = (TOther)(object)Model,
            LogLikelihood = LogLikelihood,
            Customers = Customers,
            Findings = Findings,
            FreeParameters = FreeParameters,
            Iterations = Iterations,
            Converged = Converged,
        };
}
