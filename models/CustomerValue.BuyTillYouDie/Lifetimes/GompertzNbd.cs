using CustomerValue.BuyTillYouDie.Fitting;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Gamma-Gompertz/NBD: the Pareto/NBD with a risk to leave that grows with the age of the relation.</summary>
/// <remarks>
/// Bemmaor and Glady (2012), Modeling Purchasing Behavior with Sudden "Death", Management Science 58(5): lifetime eq. 3,
/// likelihood eq. 8. Where the data want a constant risk, b and beta fall together along a ridge; a finding says so.
/// </remarks>
public sealed class GompertzNbd : LifetimeModel
{
    private const int SearchRows = 2500;

    /// <summary>Creates the model from its parameters, all above 0.</summary>
    /// <param name="r">Shape of the purchase rates.</param>
    /// <param name="alpha">Scale of the purchase rates, in time units.</param>
    /// <param name="b">How fast the risk to leave grows with age, a rate per time unit.</param>
    /// <param name="s">Shape of the dropout risks.</param>
    /// <param name="beta">Scale of the dropout risks.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not a finite number above 0.</exception>
    public GompertzNbd(double r, double alpha, double b, double s, double beta) : this([r, alpha, b, s, beta], null)
    {
    }

    private GompertzNbd(double[] p, double[]? covariance)
        : base(covariance, new LifetimeEngine<GompertzLifetime>(p[0], p[1], new GompertzLifetime(p[2], p[3], p[4]), p[3]),
            ("r", p[0], "shape of the purchase rates over customers: the smaller, the more they differ"),
            ("alpha", p[1], "scale of the purchase rates, in time units: the mean rate is r / alpha"),
            ("b", p[2], "growth of the risk to leave, a time unit: towards 0 the model is the Pareto/NBD with beta / b for beta"),
            ("s", p[3], "shape of the dropout risks over customers: the smaller, the more they differ"),
            ("beta", p[4], "scale of the dropout risks; the mean risk of a new customer is b s / beta"))
    {
    }

    /// <inheritdoc/>
    public override string Name => "ggompertz-nbd";

    /// <summary>Shape of the purchase rates.</summary>
    public double R => Parameters[0].Value;

    /// <summary>Scale of the purchase rates, in time units.</summary>
    public double Alpha => Parameters[1].Value;

    /// <summary>How fast the risk to leave grows with age, a rate per time unit.</summary>
    public double GrowthRate => Parameters[2].Value;

    /// <summary>Shape of the dropout risks.</summary>
    public double S => Parameters[3].Value;

    /// <summary>Scale of the dropout risks.</summary>
    public double Beta => Parameters[4].Value;

    /// <summary>Fits the model by maximum likelihood.</summary>
    /// <param name="histories">The customers.</param>
    /// <param name="options">How to fit; none means the defaults.</param>
    /// <param name="cancellation">Stops the fit.</param>
    public static FitResult<GompertzNbd> Fit(PurchaseHistories histories, FitOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new FitOptions();
        // Five parameters and a ridge make for many iterations: the search needs a small sample, the polish sees all.
        options = options with { SampleRows = Math.Min(options.SampleRows, SearchRows) };
        TransactionFit fit = new(histories, options, static (rows, threads) => new GompertzNbdLikelihood(rows, threads), cancellation);
        double rate = 1.2 * Math.Max(fit.All.TotalPurchases, 0.5) / fit.All.TotalWeight;
        double[][] shapes = [[0.6, 0.02, 0.6, 0.01], [1, 1, 0.3, 2], [0.5, 3, 0.1, 1], [0.8, 3, 1, 10]];
        double[][] starts = [.. shapes.Select(s => new[] { Math.Log(s[0]), Math.Log(s[0] / rate), Math.Log(s[1]), Math.Log(s[2]), Math.Log(s[3]) })];
        MaximumLikelihood.Result found = fit.Run(starts);
        double[] p = [.. found.Theta.Select(Math.Exp)];
        double gone = -Numerics.Scalars.ExpMinusOne(new GompertzLifetime(p[2], p[3], p[4]).LogSurvival(1));
        List<FitFinding> findings = [.. fit.Findings, .. DegeneracyFindings.OfRates(p[0]), .. DegeneracyFindings.OfDropoutByClock(p[3], gone),
            .. DegeneracyFindings.OfGrowth(p[2], p[4])];
        p[1] *= fit.All.TimeScale;
        p[2] /= fit.All.TimeScale;
        return fit.Result(new GompertzNbd(p, found.Covariance), found, 1, findings);
    }

    private protected override TransactionModel With(double[] parameters) => new GompertzNbd(parameters, null);

    private protected override IObjective Likelihood(CompressedHistories rows, int threads) => new GompertzNbdLikelihood(rows, threads);

    private protected override void RescaleTime(Span<double> theta, double logFactor)
    {
        theta[1] += logFactor;
        theta[2] -= logFactor;
    }
}
