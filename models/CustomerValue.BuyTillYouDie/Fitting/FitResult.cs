namespace CustomerValue.BuyTillYouDie;

/// <summary>A fitted model with what the fit says about itself.</summary>
/// <typeparam name="TModel">The model's type.</typeparam>
/// <param name="Model">The fitted model; immutable.</param>
/// <param name="LogLikelihood">Log-likelihood of the histories at the parameters, without any prior.</param>
/// <param name="Customers">Customers fitted on, that is the sum of the weights, rounded.</param>
/// <param name="Findings">Doubts about the fit; empty when there are none.</param>
/// <param name="FreeParameters">Number of parameters that were estimated.</param>
/// <param name="Iterations">Optimiser iterations over all starts.</param>
/// <param name="Converged">Whether the optimiser came to rest.</param>
public sealed record FitResult<TModel>(
    TModel Model, double LogLikelihood, int Customers, IReadOnlyList<Finding> Findings, int FreeParameters, int Iterations, bool Converged)
    where TModel : class
{
    /// <summary>Akaike's information criterion, 2 k - 2 ln L: the smaller the better.</summary>
    public double Aic => 2 * FreeParameters - 2 * LogLikelihood;

    /// <summary>The Bayesian information criterion, k ln(customers) - 2 ln L: the smaller the better.</summary>
    public double Bic => FreeParameters * Math.Log(Math.Max(1, Customers)) - 2 * LogLikelihood;

    /// <summary>The same result seen as a wider type.</summary>
    /// <typeparam name="TOther">A base type or interface of <typeparamref name="TModel"/>.</typeparam>
    public FitResult<TOther> As<TOther>() where TOther : class =>
        new((TOther)(object)Model, LogLikelihood, Customers, Findings, FreeParameters, Iterations, Converged);
}
