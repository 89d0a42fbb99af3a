using CustomerValue.BuyTillYouDie.Fitting;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>What the models share whose customers may drop out after each purchase.</summary>
/// <remarks>
/// Rate ~ Gamma(r, alpha), dropout chance ~ Beta(a, b). A customer who is alive with x purchases by T is a new one with
/// rate ~ Gamma(r + x, alpha + T) and dropout ~ Beta(a, b + x), so each quantity is P(alive) times that of the living.
/// </remarks>
public abstract class BetaGeometricModel : ITransactionModel
{
    private readonly int _h;

    private protected BetaGeometricModel(double r, double alpha, double a, double b, int k, bool dropAtFirst, double[]? covariance)
    {
        R = Positive.Parameter(r, nameof(r));
        Alpha = Positive.Parameter(alpha, nameof(alpha));
        A = Positive.Parameter(a, nameof(a));
        B = Positive.Parameter(b, nameof(b));
        K = k;
        _h = dropAtFirst ? 1 : 0;
        LogCovariance = covariance;
        Parameters =
        [
            Describe("r", r, 0, "shape of the purchase rates over customers: the smaller, the more they differ"),
            Describe("alpha", alpha, 1, "scale of the purchase rates, in time units: the mean rate is r / alpha"),
            Describe("a", a, 2, "dropout: the mean chance to leave at a purchase is a / (a + b)"),
            Describe("b", b, 3, "dropout: the larger a + b, the more alike customers are"),
        ];
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>Shape of the purchase rates.</summary>
    public double R { get; }

    /// <summary>Scale of the purchase rates, in time units.</summary>
    public double Alpha { get; }

    /// <summary>First parameter of the dropout chances.</summary>
    public double A { get; }

    /// <summary>Second parameter of the dropout chances.</summary>
    public double B { get; }

    internal int K { get; }

    internal double[]? LogCovariance { get; }

    /// <inheritdoc/>
    public double ProbabilityAlive(PurchaseHistory h)
    {
        h.Checked();
        double survived = h.X + _h;
        if (survived == 0) return 1;
        double odds = (R + h.X) * Scalars.LogOnePlus((h.T - h.Tx) / (Alpha + h.Tx)) + Math.Log(A / (B + survived - 1));
        return Scalars.Logistic(-odds);
    }

    /// <inheritdoc/>
    public double ExpectedPurchases(PurchaseHistory h, double t)
    {
        Positive.Time(t, nameof(t));
        return ProbabilityAlive(h) * BetaGeometricProcess.Expected(R + h.X, Alpha + h.T, A, B + h.X + _h, 1, 0, t);
    }

    /// <inheritdoc/>
    public double ProbabilityOfNoPurchase(PurchaseHistory h, double t)
    {
        Positive.Time(t, nameof(t));
        double buysIfAlive = -Scalars.ExpMinusOne(-(R + h.X) * Scalars.LogOnePlus(t / (Alpha + h.T)));
        return 1 - ProbabilityAlive(h) * buysIfAlive;
    }

    /// <inheritdoc/>
    public double ExpectedPurchasesOfNewCustomer(double t)
    {
        Positive.Time(t, nameof(t));
        return (_h == 0 ? 1 : B / (A + B)) * BetaGeometricProcess.Expected(R, Alpha, A, B + _h, 1, 0, t);
    }

    private ModelParameter Describe(string name, double value, int index, string meaning) =>
        new(name, value, LogCovariance is null ? double.NaN : value * Math.Sqrt(LogCovariance[index * 4 + index]), meaning);

    private protected static FitResult<TModel> FitCore<TModel>(
        PurchaseHistories histories, FitOptions? options, int k, bool dropAtFirst,
        Func<double[], double[]?, TModel> build, CancellationToken cancellation)
        where TModel : BetaGeometricModel
    {
        ArgumentNullException.ThrowIfNull(histories);
        options = (options ?? new FitOptions()).Checked();
        CompressedHistories all = CompressedHistories.From(histories), sample = all.Sample(options.SampleRows);
        BetaGeometricLikelihood target = new(all, k, dropAtFirst, options.Threads);
        BetaGeometricLikelihood draft = ReferenceEquals(all, sample) ? target : new(sample, k, dropAtFirst, options.Threads);
        MaximumLikelihood.Result found = MaximumLikelihood.Fit(target, draft, sample.TotalWeight / all.TotalWeight, Starts(all), options, cancellation);
        double[] parameters = [.. found.Theta.Select(Math.Exp)];
        parameters[1] *= all.TimeScale;
        double logLikelihood = found.LogLikelihood - all.TotalPurchases * Math.Log(all.TimeScale);
        return new FitResult<TModel>(build(parameters, found.Covariance), logLikelihood, (int)Math.Round(all.TotalWeight), [], 4, found.Iterations, found.Converged);
    }

    /// <summary>Logarithms of starting points, the rate's scale matched to the observed mean rate.</summary>
    private static double[][] Starts(CompressedHistories rows)
    {
        double rate = Math.Max(rows.TotalPurchases, 0.5) / rows.TotalWeight;
        double[][] shapes = [[0.5, 1, 3], [1, 0.2, 4], [0.3, 0.5, 0.5], [2, 2, 20]];
        return [.. shapes.Select(s => new[] { Math.Log(s[0]), Math.Log(s[0] / (1.5 * rate)), Math.Log(s[1]), Math.Log(s[2]) })];
    }
}
