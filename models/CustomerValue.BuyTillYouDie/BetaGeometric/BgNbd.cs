namespace CustomerValue.BuyTillYouDie;

/// <summary>BG/NBD: customers buy at their own steady rate and may drop out after each repeat purchase.</summary>
/// <remarks>
/// Fader, Hardie and Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24(2). Likelihood eq. 6, unconditional
/// expectation eq. 9, conditional expectation eq. 10. A customer without a repeat purchase counts as alive for certain.
/// </remarks>
public sealed class BgNbd : BetaGeometricModel
{
    /// <summary>Creates the model from its parameters, all above 0.</summary>
    /// <param name="r">Shape of the purchase rates.</param>
    /// <param name="alpha">Scale of the purchase rates, in time units.</param>
    /// <param name="a">First parameter of the dropout chances.</param>
    /// <param name="b">Second parameter of the dropout chances.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not a finite number above 0.</exception>
    public BgNbd(double r, double alpha, double a, double b) : this([r, alpha, a, b], null)
    {
    }

    private BgNbd(ReadOnlySpan<double> parameters, double[]? covariance) : base(parameters, 1, false, false, covariance)
    {
    }

    /// <inheritdoc/>
    public override string Name => "bg-nbd";

    /// <summary>Fits the model by maximum likelihood.</summary>
    /// <param name="histories">The customers.</param>
    /// <param name="options">How to fit; none means the defaults.</param>
    /// <param name="cancellation">Stops the fit.</param>
    public static FitResult<BgNbd> Fit(PurchaseHistories histories, FitOptions? options = null, CancellationToken cancellation = default) =>
        BetaGeometricFit.Run(histories, options, 1, false, static (p, covariance) => new BgNbd(p, covariance), cancellation);

    private protected override TransactionModel With(double[] parameters) => new BgNbd(parameters, null);
}
