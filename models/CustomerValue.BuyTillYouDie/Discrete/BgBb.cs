using CustomerValue.BuyTillYouDie.Fitting;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>BG/BB: at each discrete opportunity a living customer buys with their own chance, and leaves with their own chance before the next.</summary>
/// <remarks>Fader, Hardie and Shang (2010), Customer-Base Analysis in a Discrete-Time Noncontractual Setting, Marketing Science 29(6).</remarks>
public sealed class BgBb
{
    /// <summary>Creates the model from its parameters, all above 0.</summary>
    /// <param name="alpha">First parameter of the chances to buy.</param>
    /// <param name="beta">Second parameter of the chances to buy.</param>
    /// <param name="gamma">First parameter of the chances to leave.</param>
    /// <param name="delta">Second parameter of the chances to leave.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not a finite number above 0.</exception>
    public BgBb(double alpha, double beta, double gamma, double delta) : this([alpha, beta, gamma, delta], null)
    {
    }

    private BgBb(double[] p, double[]? covariance)
    {
        string[] names = ["alpha", "beta", "gamma", "delta"];
        string[] meanings =
        [
            "buying: the mean chance to buy at an opportunity while alive is alpha / (alpha + beta)",
            "buying: the larger alpha + beta, the more alike customers are",
            "dropout: the mean chance to leave before an opportunity is gamma / (gamma + delta)",
            "dropout: the larger gamma + delta, the more alike customers are",
        ];
        Parameters = [.. names.Select((name, i) => new ModelParameter(name, Positive.Parameter(p[i], name),
            covariance is null ? double.NaN : p[i] * Math.Sqrt(covariance[i * 4 + i]), meanings[i]))];
        (Alpha, Beta, Gamma, Delta) = (p[0], p[1], p[2], p[3]);
    }

    /// <summary>The model's name.</summary>
    public string Name { get; } = "bg-bb";

    /// <summary>The parameters with standard errors and meanings.</summary>
    public IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>First parameter of the chances to buy.</summary>
    public double Alpha { get; }

    /// <summary>Second parameter of the chances to buy.</summary>
    public double Beta { get; }

    /// <summary>First parameter of the chances to leave.</summary>
    public double Gamma { get; }

    /// <summary>Second parameter of the chances to leave.</summary>
    public double Delta { get; }

    /// <summary>Probability that the customer will be alive at the next opportunity, n + 1; eq. 11.</summary>
    public double ProbabilityAlive(OpportunityHistory h) => Alive(h.Checked()) * Staying(h.N);

    /// <summary>Expected purchases at the next <paramref name="opportunities"/> opportunities; eq. 13.</summary>
    public double ExpectedPurchases(OpportunityHistory h, int opportunities)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(opportunities);
        double alive = Alive(h.Checked()), sum = 0;
        for (int j = 0; j < opportunities; j++) sum += alive *= Staying(h.N + j);
        return ChanceToBuy(h) * sum;
    }

    /// <summary>Probability of no purchase at the next <paramref name="opportunities"/> opportunities.</summary>
    public double ProbabilityOfNoPurchase(OpportunityHistory h, int opportunities)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(opportunities);
        double alive = Alive(h.Checked()), silent = 1, probability = 1 - alive;
        // Those who leave before opportunity j + 1 were silent at j of them.
        for (int j = 0; j < opportunities; j++)
        {
            double staying = Staying(h.N + j);
            probability += alive * (1 - staying) * silent;
            alive *= staying;
            silent *= (Beta + h.N - h.X + j) / (Alpha + Beta + h.N + j);
        }
        return probability + alive * silent;
    }

    /// <summary>Expected future purchases, a purchase j opportunities ahead counting (1 + rate)^-j; eq. 14.</summary>
    /// <param name="h">The customer.</param>
    /// <param name="discountRate">Rate an opportunity, above 0.</param>
    public double DiscountedExpectedPurchases(OpportunityHistory h, double discountRate)
    {
        if (!(discountRate > 0) || !double.IsFinite(discountRate)) throw new ArgumentOutOfRangeException(nameof(discountRate), discountRate, "A discount rate is a finite number above 0.");
        double present = Alive(h.Checked()), sum = 0;
        for (int j = 0; present > 1e-15 * sum * discountRate; j++) sum += present *= Staying(h.N + j) / (1 + discountRate);
        return ChanceToBuy(h) * sum;
    }

    /// <summary>Expected purchases of a new customer at the first <paramref name="opportunities"/> opportunities; eq. 9.</summary>
    public double ExpectedPurchasesOfNewCustomer(int opportunities) => ExpectedPurchases(default, opportunities);

    /// <summary>Probability that a new customer uses <paramref name="x"/> of the first <paramref name="opportunities"/> opportunities; eq. 8.</summary>
    public double ProbabilityOfPurchasesOfNewCustomer(int opportunities, int x)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(opportunities);
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        if (x > opportunities) return 0;
        double staying = 1, probability = 0;
        for (int seen = 0; seen < opportunities; seen++)
        {
            double stay = Staying(seen);
            if (seen >= x) probability += Uses(x, seen) * staying * (1 - stay);
            staying *= stay;
        }
        return probability + Uses(x, opportunities) * staying;
    }

    /// <summary>Fits the model by maximum likelihood.</summary>
    /// <param name="histories">The customers.</param>
    /// <param name="options">How to fit; none means the defaults.</param>
    /// <param name="cancellation">Stops the fit.</param>
    public static FitResult<BgBb> Fit(OpportunityHistories histories, FitOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        options = (options ?? new FitOptions()).Checked();
        BgBbLikelihood likelihood = new(histories);
        double[][] starts = [[0, 0, -0.5, 1], [1, 1, 1, 3], [-1, 1, -1, 0]];
        MaximumLikelihood.Draft draft = MaximumLikelihood.Converge(likelihood, 1, starts, options, cancellation);
        MaximumLikelihood.Result found = MaximumLikelihood.Polish(likelihood, draft, true, options, cancellation);
        double[] p = [.. found.Theta.Select(Math.Exp)];
        return new FitResult<BgBb>
        {
            Model = new BgBb(p, found.Covariance),
            LogLikelihood = found.LogLikelihood,
            Customers = (int)Math.Round(histories.Customers),
            Findings = [.. DegeneracyFindings.OfDropoutAtPurchase(p[2], p[3])],
            FreeParameters = 4,
            Iterations = found.Iterations,
            Converged = found.Converged,
        };
    }

    /// <summary>P(alive at the last opportunity n).</summary>
    private double Alive(OpportunityHistory h)
    {
        Span<double> unused = stackalloc double[4];
        return Math.Exp(BgBbLikelihood.LogAlive(h, Alpha, Beta, Gamma, Delta) - BgBbLikelihood.LogLikelihood(h, Alpha, Beta, Gamma, Delta, unused));
    }

    /// <summary>Chance to stay on, once alive for <paramref name="seen"/> opportunities.</summary>
    private double Staying(int seen) => (Delta + seen) / (Gamma + Delta + seen);

    private double ChanceToBuy(OpportunityHistory h) => (Alpha + h.X) / (Alpha + Beta + h.N);

    /// <summary>Beta-binomial probability of x uses in <paramref name="seen"/> opportunities while alive.</summary>
    private double Uses(int x, int seen) => Math.Exp(
        GammaFunctions.LogGamma(seen + 1) - GammaFunctions.LogGamma(x + 1) - GammaFunctions.LogGamma(seen - x + 1)
        + BetaRatios.LogRising(Alpha, x) + BetaRatios.LogRising(Beta, seen - x) - BetaRatios.LogRising(Alpha + Beta, seen));
}
