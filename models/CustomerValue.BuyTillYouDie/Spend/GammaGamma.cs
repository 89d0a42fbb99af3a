using CustomerValue.BuyTillYouDie.Fitting;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Gamma-Gamma: spend a purchase varies around a customer's own mean, and the means vary over customers.</summary>
/// <remarks>
/// Fader and Hardie (2013), The Gamma-Gamma Model of Monetary Value. It assumes that how much and how often are unrelated,
/// which <see cref="Fit"/> checks. Money in one currency, fitted and predicted alike.
/// </remarks>
public sealed class GammaGamma
{
    /// <summary>Penalty that keeps a fit finite which the data alone cannot hold.</summary>
    private const double RescuePenalty = 0.05;

    private readonly double[]? _logCovariance;

    /// <summary>Creates the model from its parameters, all above 0.</summary>
    /// <param name="p">Shape of one customer's spends.</param>
    /// <param name="q">Shape of the customers' means.</param>
    /// <param name="gamma">Scale of the customers' means, in money.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not a finite number above 0.</exception>
    public GammaGamma(double p, double q, double gamma) : this(p, q, gamma, null)
    {
    }

    private GammaGamma(double p, double q, double gamma, double[]? covariance)
    {
        _logCovariance = covariance;
        P = Positive.Parameter(p, nameof(p));
        Q = Positive.Parameter(q, nameof(q));
        Gamma = Positive.Parameter(gamma, nameof(gamma));
        Parameters =
        [
            Describe("p", p, 0, "how alike one customer's purchases are: the larger, the more alike"),
            Describe("q", q, 1, "how alike the customers' means are: the larger, the more alike; at 1 or below the mean spend is infinite"),
            Describe("gamma", gamma, 2, "scale of the customers' means: the population mean is p gamma / (q - 1)"),
        ];

        ModelParameter Describe(string name, double value, int index, string meaning) =>
            new(name, value, covariance is null ? double.NaN : value * Math.Sqrt(covariance[index * 3 + index]), meaning);
    }

    /// <summary>The model's name.</summary>
    public string Name { get; } = "gamma-gamma";

    /// <summary>The parameters with standard errors and meanings.</summary>
    public IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>Shape of one customer's spends.</summary>
    public double P { get; }

    /// <summary>Shape of the customers' means.</summary>
    public double Q { get; }

    /// <summary>Scale of the customers' means, in money.</summary>
    public double Gamma { get; }

    /// <summary>Mean spend a purchase over all customers, p gamma / (q - 1); infinite for q at or below 1.</summary>
    public double PopulationMeanSpend => Q > 1 ? P * Gamma / (Q - 1) : double.PositiveInfinity;

    /// <summary>Expected spend at a future purchase: the customer's own mean drawn towards the population's.</summary>
    /// <param name="x">Purchases that <paramref name="meanSpend"/> is the mean of (repeat purchases); 0 gives the population mean.</param>
    /// <param name="meanSpend">Mean spend over those purchases; not read for x = 0.</param>
    /// <remarks>Fader and Hardie (2013), eq. 5: p (gamma + m x) / (p x + q - 1). Infinite where p x + q is 1 or less.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">x is negative, or x is above 0 and the mean spend is negative or not finite.</exception>
    public double ExpectedSpend(double x, double meanSpend)
    {
        if (!(x >= 0) || !double.IsFinite(x)) throw new ArgumentOutOfRangeException(nameof(x), x, "A count of purchases is a finite number, 0 or more.");
        if (x == 0) return PopulationMeanSpend;
        if (!(meanSpend >= 0) || !double.IsFinite(meanSpend)) throw new ArgumentOutOfRangeException(nameof(meanSpend), meanSpend, "A mean spend is a finite number, 0 or more.");
        double remaining = P * x + Q - 1;
        return remaining > 0 ? P * (Gamma + meanSpend * x) / remaining : double.PositiveInfinity;
    }

    /// <summary>Spends that the customer might have at future purchases, drawn from the model.</summary>
    /// <param name="x">Purchases that <paramref name="meanSpend"/> is the mean of.</param>
    /// <param name="meanSpend">Mean spend over those purchases; not read for x = 0.</param>
    /// <param name="count">How many.</param>
    /// <param name="random">Source of chance.</param>
    public IReadOnlyList<double> SimulateSpends(double x, double meanSpend, int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        double rate = Sampling.Gamma(P * x + Q, random) / (Gamma + (x == 0 ? 0 : meanSpend * x));
        double[] spends = new double[count];
        for (int i = 0; i < count; i++) spends[i] = Sampling.Gamma(P, random) / rate;
        return spends;
    }

    /// <summary>Models whose parameters are drawn from the estimate's normal approximation (in logarithms).</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed; the same seed gives the same models.</param>
    /// <returns>The draws; the model itself, once, when its standard errors are unknown.</returns>
    public IReadOnlyList<GammaGamma> DrawModels(int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return _logCovariance is not null && Cholesky.Factor(_logCovariance, 3) is { } factor
            ? [.. ParameterDraws.From([P, Q, Gamma], factor, count, new Random(seed)).Select(p => new GammaGamma(p[0], p[1], p[2]))]
            : [this];
    }

    /// <summary>Fits the model by maximum likelihood.</summary>
    /// <param name="purchases">Purchases behind each mean: repeat purchases; customers with 0 are left out.</param>
    /// <param name="meanSpend">Mean spend over those purchases; customers with 0 or less are left out with a finding.</param>
    /// <param name="options">How to fit; none means the defaults.</param>
    /// <param name="cancellation">Stops the fit.</param>
    /// <exception cref="InvalidHistoryException">A count or a mean is not a number, a count is negative, or no customer is left.</exception>
    public static FitResult<GammaGamma> Fit(
        ReadOnlySpan<double> purchases, ReadOnlySpan<double> meanSpend, FitOptions? options = null, CancellationToken cancellation = default)
    {
        options = (options ?? new FitOptions()).Checked();
        SpendSample sample = SpendSample.From(purchases, meanSpend);
        List<FitFinding> findings = [.. sample.Findings];
        if (findings.Exists(finding => finding.Severity == FitSeverity.Error)) options = options with { Penalty = Math.Max(options.Penalty, RescuePenalty) };
        GammaGammaLikelihood likelihood = new(sample, options.Threads);
        double[][] starts = [[Math.Log(2), Math.Log(4), Math.Log(1.5)], [Math.Log(6), Math.Log(3), Math.Log(0.3)], [0, Math.Log(2), 0]];
        MaximumLikelihood.Result found = Maximise(likelihood, starts);
        if (found.Theta[1] <= 0)
        {
            findings.Add(new FitFinding("infinite-mean-spend", FitSeverity.Warning,
                FormattableString.Invariant($"The likeliest q is {Math.Exp(found.Theta[1]):g4}: at 1 or below the mean spend over customers is infinite. The model was fitted again with the population mean held at the observed {sample.Scale:g6}."),
                "Cap or remove extreme amounts; standard errors are unknown for the held fit."));
            MaximumLikelihood.Result held = Maximise(new MeanHeldGammaGamma(likelihood), [[0, 0], [1, 1]]);
            found = held with { Theta = MeanHeldGammaGamma.Full(held.Theta), Covariance = null };
        }
        double p = Math.Exp(found.Theta[0]), q = Math.Exp(found.Theta[1]), gamma = Math.Exp(found.Theta[2]) * sample.Scale;
        double logLikelihood = found.LogLikelihood - sample.Count * Math.Log(sample.Scale);
        return new FitResult<GammaGamma>
        {
            Model = new GammaGamma(p, q, gamma, found.Covariance),
            LogLikelihood = logLikelihood,
            Customers = sample.Count,
            Findings = findings,
            FreeParameters = 3,
            Iterations = found.Iterations,
            Converged = found.Converged,
        };

        MaximumLikelihood.Result Maximise(IObjective objective, double[][] from) =>
            MaximumLikelihood.Polish(objective, MaximumLikelihood.Converge(objective, 1, from, options, cancellation), true, options, cancellation);
    }
}
