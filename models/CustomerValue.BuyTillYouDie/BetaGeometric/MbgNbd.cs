namespace CustomerValue.BuyTillYouDie;

/// <summary>MBG/NBD: the BG/NBD in which customers may also drop out right after the first purchase.</summary>
/// <remarks>
/// Batislam, Denizel and Filiztekin (2007), Empirical validation and comparison of models for customer base analysis, International
/// Journal of Research in Marketing 24(3); Hoppe and Wagner (2007) with the same model.
/// </remarks>
public sealed class MbgNbd : BetaGeometricModel
{
    /// <summary>Creates the model from its parameters, all above 0.</summary>
    /// <param name="r">Shape of the purchase rates.</param>
    /// <param name="alpha">Scale of the purchase rates, in time units.</param>
    /// <param name="a">First parameter of the dropout chances.</param>
    /// <param name="b">Second parameter of the dropout chances.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not a finite number above 0.</exception>
    public MbgNbd(double r, double alpha, double a, double b) : this([r, alpha, a, b], null)
    {
    }

    private MbgNbd(ReadOnlySpan<double> parameters, double[]? covariance) : base(parameters, 1, true, false, covariance)
    {
    }

    /// <inheritdoc/>
    public override string Name => "mbg-nbd";

    /// <summary>Fits the model by maximum likelihood.</summary>
    /// <param name="histories">The customers.</param>
    /// <param name="options">How to fit; none means the defaults.</param>
    /// <param name="cancellation">Stops the fit.</param>
    public static FitResult<MbgNbd> Fit(PurchaseHistories histories, FitOptions? options = null, CancellationToken cancellation = default) =>
        BetaGeometricFit.Run(histories, options, 1, true, static (p, covariance) => new MbgNbd(p, covariance), cancellation);

    private protected override TransactionModel With(double[] parameters) => new MbgNbd(parameters, null);
}
