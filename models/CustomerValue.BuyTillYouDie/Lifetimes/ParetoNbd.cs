using CustomerValue.BuyTillYouDie.Fitting;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Pareto/NBD: customers buy at their own steady rate until they leave, at their own constant risk, whether they buy or not.</summary>
/// <remarks>
/// Schmittlein, Morrison and Colombo (1987), Counting Your Customers, Management Science 33(1); Fader and Hardie (2005), A Note on
/// Deriving the Pareto/NBD Model: P(alive) eq. 17, unconditional expectation eq. 19, conditional expectation eq. 41.
/// </remarks>
public sealed class ParetoNbd : LifetimeModel
{
    /// <summary>Creates the model from its parameters, all above 0.</summary>
    /// <param name="r">Shape of the purchase rates.</param>
    /// <param name="alpha">Scale of the purchase rates, in time units.</param>
    /// <param name="s">Shape of the dropout rates.</param>
    /// <param name="beta">Scale of the dropout rates, in time units.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not a finite number above 0.</exception>
    public ParetoNbd(double r, double alpha, double s, double beta) : this([r, alpha, s, beta], null)
    {
    }

    private ParetoNbd(double[] p, double[]? covariance)
        : base(covariance, new LifetimeEngine<ParetoLifetime>(p[0], p[1], new ParetoLifetime(p[2], p[3]), p[2]),
            ("r", p[0], "shape of the purchase rates over customers: the smaller, the more they differ"),
            ("alpha", p[1], "scale of the purchase rates, in time units: the mean rate is r / alpha"),
            ("s", p[2], "shape of the dropout rates over customers: the smaller, the more they differ"),
            ("beta", p[3], "scale of the dropout rates, in time units: the mean rate is s / beta"))
    {
    }

    /// <inheritdoc/>
    public override string Name => "pareto-nbd";

    /// <summary>Shape of the purchase rates.</summary>
    public double R => Parameters[0].Value;

    /// <summary>Scale of the purchase rates, in time units.</summary>
    public double Alpha => Parameters[1].Value;

    /// <summary>Shape of the dropout rates.</summary>
    public double S => Parameters[2].Value;

    /// <summary>Scale of the dropout rates, in time units.</summary>
    public double Beta => Parameters[3].Value;

    /// <summary>Fits the model by maximum likelihood.</summary>
    /// <param name="histories">The customers.</param>
    /// <param name="options">How to fit; none means the defaults.</param>
    /// <param name="cancellation">Stops the fit.</param>
    public static FitResult<ParetoNbd> Fit(PurchaseHistories histories, FitOptions? options = null, CancellationToken cancellation = default)
    {
        TransactionFit fit = new(histories, options, static (rows, threads) => new ParetoNbdLikelihood(rows, threads), cancellation);
        double rate = 1.2 * Math.Max(fit.All.TotalPurchases, 0.5) / fit.All.TotalWeight;
        double[][] shapes = [[0.6, 0.6, 0.4], [1, 0.3, 2], [0.3, 2, 2], [2, 0.2, 0.1]];
        double[][] starts = [.. shapes.Select(s => new[] { Math.Log(s[0]), Math.Log(s[0] / rate), Math.Log(s[1]), Math.Log(s[2]) })];
        MaximumLikelihood.Result found = fit.Run(starts);
        double[] p = [.. found.Theta.Select(Math.Exp)];
        double gone = -Numerics.Scalars.ExpMinusOne(new ParetoLifetime(p[2], p[3]).LogSurvival(1));
        List<FitFinding> findings = [.. fit.Findings, .. DegeneracyFindings.OfRates(p[0]), .. DegeneracyFindings.OfDropoutByClock(p[2], gone)];
        p[1] *= fit.All.TimeScale;
        p[3] *= fit.All.TimeScale;
        return fit.Result(new ParetoNbd(p, found.Covariance), found, 1, findings);
    }

    private protected override TransactionModel With(double[] parameters) => new ParetoNbd(parameters, null);

    private protected override IObjective Likelihood(CompressedHistories rows, int threads) => new ParetoNbdLikelihood(rows, threads);

    private protected override void RescaleTime(Span<double> theta, double logFactor)
    {
        theta[1] += logFactor;
        theta[3] += logFactor;
    }
}
