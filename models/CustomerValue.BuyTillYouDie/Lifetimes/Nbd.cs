using CustomerValue.BuyTillYouDie.Fitting;

namespace CustomerValue.BuyTillYouDie;

/// <summary>NBD: customers buy at their own steady rate and never leave; the yardstick for what dropout explains.</summary>
/// <remarks>
/// Ehrenberg (1959), The Pattern of Consumer Purchases, Applied Statistics 8(1).
/// </remarks>
public sealed class Nbd : LifetimeModel
{
    /// <summary>Creates the model from its parameters, all above 0.</summary>
    /// <param name="r">Shape of the purchase rates.</param>
    /// <param name="alpha">Scale of the purchase rates, in time units.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not a finite number above 0.</exception>
    public Nbd(double r, double alpha) : this([r, alpha], null)
    {
    }

    private Nbd(double[] p, double[]? covariance)
        : base(covariance, new LifetimeEngine<EternalLifetime>(p[0], p[1], default, 0),
            ("r", p[0], "shape of the purchase rates over customers: the smaller, the more they differ"),
            ("alpha", p[1], "scale of the purchase rates, in time units: the mean rate is r / alpha"))
    {
    }

    /// <inheritdoc/>
    public override string Name => "nbd";

    /// <summary>Shape of the purchase rates.</summary>
    public double R => Parameters[0].Value;

    /// <summary>Scale of the purchase rates, in time units.</summary>
    public double Alpha => Parameters[1].Value;

    /// <summary>Fits the model by maximum likelihood.</summary>
    /// <param name="histories">The customers.</param>
    /// <param name="options">How to fit; none means the defaults.</param>
    /// <param name="cancellation">Stops the fit.</param>
    public static FitResult<Nbd> Fit(PurchaseHistories histories, FitOptions? options = null, CancellationToken cancellation = default)
    {
        TransactionFit fit = new(histories, options, static (rows, threads) => new NbdLikelihood(rows, threads), cancellation);
        double rate = Math.Max(fit.All.TotalPurchases, 0.5) / fit.All.TotalWeight;
        MaximumLikelihood.Result found = fit.Run([[0, -Math.Log(rate)]]);
        double[] p = [.. found.Theta.Select(Math.Exp)];
        List<FitFinding> findings = [.. fit.Findings, .. DegeneracyFindings.OfRates(p[0])];
        p[1] *= fit.All.TimeScale;
        return fit.Result(new Nbd(p, found.Covariance), found, 1, findings);
    }

    private protected override TransactionModel With(double[] parameters) => new Nbd(parameters, null);

    private protected override IObjective Likelihood(CompressedHistories rows, int threads) => new NbdLikelihood(rows, threads);

    private protected override void RescaleTime(Span<double> theta, double logFactor) => theta[1] += logFactor;
}
