namespace CustomerValue.BuyTillYouDie;

/// <summary>MBG/CNBD-k: the MBG/NBD with purchases as regular as an Erlang-k clock.</summary>
/// <remarks>
/// Platzer and Reutterer (2016), Ticking Away the Moments, Marketing Science 35(5); Reutterer, Platzer and Schroeder (2021),
/// Leveraging purchase regularity for predicting customer behavior the easy way, International Journal of Research in Marketing
/// 38(1). Where those approximate the conditional expectation, this sums it exactly, given the phase the customer's clock is in.
/// </remarks>
public sealed class MbgCnbdK : BetaGeometricModel
{
    /// <summary>Creates the model from its parameters, all above 0.</summary>
    /// <param name="r">Shape of the event rates; each purchase takes k events.</param>
    /// <param name="alpha">Scale of the event rates, in time units.</param>
    /// <param name="a">First parameter of the dropout chances.</param>
    /// <param name="b">Second parameter of the dropout chances.</param>
    /// <param name="k">Regularity, a whole number from 1 to 50.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not a finite number above 0, or k is out of range.</exception>
    public MbgCnbdK(double r, double alpha, double a, double b, int k) : this([r, alpha, a, b], null, k)
    {
    }

    private MbgCnbdK(ReadOnlySpan<double> parameters, double[]? covariance, int k)
        : base(parameters, Regularity.Checked(k), true, true, covariance)
    {
    }

    /// <inheritdoc/>
    public override string Name => "mbg-cnbd-k";

    /// <summary>Fits the model by maximum likelihood, k included: from 1 upwards as long as the likelihood grows, at most 12.</summary>
    /// <param name="histories">The customers; with the log intervals the choice of k rests on every purchase, without them on t_x alone.</param>
    /// <param name="options">How to fit; none means the defaults.</param>
    /// <param name="cancellation">Stops the fit.</param>
    public static FitResult<MbgCnbdK> Fit(PurchaseHistories histories, FitOptions? options = null, CancellationToken cancellation = default) =>
        BetaGeometricFit.Search(histories, options, Regularity.LargestTried, true, static (p, covariance, k) => new MbgCnbdK(p, covariance, k), cancellation);

    /// <summary>Fits the model with a given k.</summary>
    /// <param name="histories">The customers.</param>
    /// <param name="k">Regularity, 1 to 50.</param>
    /// <param name="options">How to fit; none means the defaults.</param>
    /// <param name="cancellation">Stops the fit.</param>
    public static FitResult<MbgCnbdK> Fit(PurchaseHistories histories, int k, FitOptions? options = null, CancellationToken cancellation = default) =>
        BetaGeometricFit.Run(histories, options, Regularity.Checked(k), true, (p, covariance) => new MbgCnbdK(p, covariance, k), cancellation);

    private protected override TransactionModel With(double[] parameters) => new MbgCnbdK(parameters, null, K);
}
