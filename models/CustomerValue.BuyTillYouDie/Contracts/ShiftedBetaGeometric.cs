using CustomerValue.BuyTillYouDie.Fitting;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Shifted beta-geometric: contract customers who at each renewal leave with their own chance, Beta(alpha, beta) over customers.</summary>
/// <remarks>Fader and Hardie (2007), How to Project Customer Retention, Journal of Interactive Marketing 21(1).</remarks>
public sealed class ShiftedBetaGeometric
{
    /// <summary>Creates the model from its parameters, both above 0.</summary>
    /// <param name="alpha">First parameter of the chances to leave.</param>
    /// <param name="beta">Second parameter of the chances to leave.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not a finite number above 0.</exception>
    public ShiftedBetaGeometric(double alpha, double beta) : this(alpha, beta, null)
    {
    }

    private ShiftedBetaGeometric(double alpha, double beta, double[]? covariance)
    {
        Alpha = Positive.Parameter(alpha, nameof(alpha));
        Beta = Positive.Parameter(beta, nameof(beta));
        Parameters =
        [
            new("alpha", alpha, Error(alpha, 0), "the mean chance to leave at the first renewal is alpha / (alpha + beta)"),
            new("beta", beta, Error(beta, 1), "the larger alpha + beta, the more alike customers are"),
        ];

        double Error(double value, int i) => covariance is null ? double.NaN : value * Math.Sqrt(covariance[i * 2 + i]);
    }

    /// <summary>The model's name.</summary>
    public string Name { get; } = "shifted-beta-geometric";

    /// <summary>The parameters with standard errors and meanings.</summary>
    public IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>First parameter of the chances to leave.</summary>
    public double Alpha { get; }

    /// <summary>Second parameter of the chances to leave.</summary>
    public double Beta { get; }

    /// <summary>Share of customers left after <paramref name="renewals"/> renewals, B(alpha, beta + t) / B(alpha, beta); eq. 6.</summary>
    public double Survival(int renewals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(renewals);
        return Math.Exp(BetaRatios.LogRising(Beta, renewals) - BetaRatios.LogRising(Alpha + Beta, renewals));
    }

    /// <summary>Share of those there before renewal number <paramref name="renewal"/> (1, 2, ...) who stay: (beta + t - 1) / (alpha + beta + t - 1); eq. 8.</summary>
    public double Retention(int renewal)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(renewal);
        return (Beta + renewal - 1) / (Alpha + Beta + renewal - 1);
    }

    /// <summary>Discounted number of future renewals of a customer who has renewed <paramref name="renewals"/> times and is there now.</summary>
    /// <param name="renewals">Renewals so far.</param>
    /// <param name="discountRate">Rate a renewal period, above 0: a renewal n periods ahead counts (1 + rate)^-n.</param>
    /// <remarks>
    /// Fader and Hardie (2010), Customer-Base Valuation in a Contractual Setting, Marketing Science 29(1), eq. 6, as the sum it stands for,
    /// the next renewal being one period ahead.
    /// </remarks>
    public double DiscountedExpectedRenewals(int renewals, double discountRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(renewals);
        if (!(discountRate > 0) || !double.IsFinite(discountRate)) throw new ArgumentOutOfRangeException(nameof(discountRate), discountRate, "A discount rate is a finite number above 0.");
        double sum = 0, present = 1;
        for (int n = 1; present > 1e-15 * sum * discountRate; n++)
            sum += present *= Retention(renewals + n) / (1 + discountRate);
        return sum;
    }

    /// <summary>Fits the model to a cohort by maximum likelihood.</summary>
    /// <param name="cohort">Customers left after each renewal.</param>
    /// <param name="options">How to fit; none means the defaults.</param>
    /// <param name="cancellation">Stops the fit.</param>
    public static FitResult<ShiftedBetaGeometric> Fit(CohortSurvival cohort, FitOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        options = (options ?? new FitOptions()).Checked();
        SurvivalLikelihood likelihood = new(cohort.Left);
        MaximumLikelihood.Draft draft = MaximumLikelihood.Converge(likelihood, 1, [[0, 1], [-1, -1], [1, 3]], options, cancellation);
        MaximumLikelihood.Result found = MaximumLikelihood.Polish(likelihood, draft, true, options, cancellation);
        double alpha = Math.Exp(found.Theta[0]), beta = Math.Exp(found.Theta[1]);
        List<FitFinding> findings = [.. DegeneracyFindings.OfDropoutAtPurchase(alpha, beta)];
        return new FitResult<ShiftedBetaGeometric>
        {
            Model = new ShiftedBetaGeometric(alpha, beta, found.Covariance),
            LogLikelihood = found.LogLikelihood,
            Customers = (int)Math.Round(cohort.Left[0]),
            Findings = findings,
            FreeParameters = 2,
            Iterations = found.Iterations,
            Converged = found.Converged,
        };
    }

    private sealed class SurvivalLikelihood(IReadOnlyList<double> left) : IObjective
    {
        public int Dimension => 2;

        public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
        {
            double alpha = Math.Exp(theta[0]), beta = Math.Exp(theta[1]), total = 0;
            gradient.Clear();
            // At renewal n: those who leave with alpha / (alpha+beta+n-1), those who stay with (beta+n-1) / (alpha+beta+n-1).
            for (int n = 1; n < left.Count; n++)
            {
                double leave = left[n - 1] - left[n], stay = left[n], all = alpha + beta + n - 1;
                total += leave * Math.Log(alpha / all) + stay * Math.Log((beta + n - 1) / all);
                gradient[0] += leave * (1 - alpha / all) - stay * alpha / all;
                gradient[1] += stay * beta / (beta + n - 1) - (leave + stay) * beta / all;
            }
            return total;
        }
    }
}
