using CustomerValue.BuyTillYouDie.Fitting;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>What the models share whose customers may drop out after each purchase.</summary>
/// <remarks>
/// Rate ~ Gamma(r, alpha), dropout chance ~ Beta(a, b). A customer who is alive at T with x purchases is a new one with
/// rate ~ Gamma(r + k x + j, alpha + T) and dropout ~ Beta(a, b + x), where j of the k events that make the next purchase
/// have passed; so each quantity is P(alive) times that of the living, averaged over j.
/// </remarks>
public abstract class BetaGeometricModel : TransactionModel
{
    private readonly int _first;

    private protected BetaGeometricModel(ReadOnlySpan<double> p, int k, bool dropAtFirst, bool showK, double[]? covariance)
        : base(covariance, Describe(p, k, showK))
    {
        (R, Alpha, A, B, K) = (p[0], p[1], p[2], p[3], k);
        _first = dropAtFirst ? 1 : 0;
    }

    /// <summary>Shape of the purchase rates.</summary>
    public double R { get; }

    /// <summary>Scale of the purchase rates, in time units.</summary>
    public double Alpha { get; }

    /// <summary>First parameter of the dropout chances.</summary>
    public double A { get; }

    /// <summary>Second parameter of the dropout chances.</summary>
    public double B { get; }

    /// <summary>Regularity: times between purchases are Erlang-k; 1 means purely random.</summary>
    public int K { get; }

    private protected override double Alive(PurchaseHistory h)
    {
        double survived = h.X + _first;
        if (survived == 0) return 1;
        double odds = (R + K * h.X) * Scalars.LogOnePlus((h.T - h.Tx) / (Alpha + h.Tx)) + Math.Log(A / (B + survived - 1));
        return Scalars.Logistic((K == 1 ? 0 : Math.Log(PhaseSum(h))) - odds);
    }

    private protected override double Expected(PurchaseHistory h, double t) => Alive(h) * (K == 1
        ? BetaGeometricProcess.Expected(R + h.X, Alpha + h.T, A, B + h.X + _first, 1, 0, t)
        : OfTheLiving(h, (shape, j) => BetaGeometricProcess.Expected(shape, Alpha + h.T, A, B + h.X + _first, K, j, t)));

    private protected override void Expected(PurchaseHistory h, ReadOnlySpan<double> t, Span<double> destination)
    {
        if (K != 1)
        {
            base.Expected(h, t, destination);
            return;
        }
        double alive = Alive(h);
        BetaGeometricProcess.Expected(R + h.X, Alpha + h.T, A, B + h.X + _first, t, destination);
        for (int i = 0; i < destination.Length; i++) destination[i] = alive * destination[i];
    }

    private protected override double None(PurchaseHistory h, double t) => 1 - Alive(h) * (K == 1
        ? -Scalars.ExpMinusOne(-(R + h.X) * Scalars.LogOnePlus(t / (Alpha + h.T)))
        : OfTheLiving(h, (shape, j) => BetaGeometricProcess.AtLeast(1, shape, Alpha + h.T, A, B + h.X + _first, K, j, t)));

    /// <summary>For k = 1 the wait of a living customer is Lomax: P(buys within t) = P(alive) (1 - (1 + t / (alpha + T))^-(r + x)).</summary>
    private protected override double? NextPurchase(PurchaseHistory h, double probability)
    {
        if (K != 1)
            return null;
        double ofTheLiving = probability / Alive(h);
        return ofTheLiving >= 1 ? double.PositiveInfinity : (Alpha + h.T) * Scalars.ExpMinusOne(-Math.Log(1 - ofTheLiving) / (R + h.X));
    }

    private protected override double Mass(PurchaseHistory h, double t, int n) => Alive(h) * OfTheLiving(h, (shape, j) =>
        BetaGeometricProcess.Mass(n, shape, Alpha + h.T, A, B + h.X + _first, K, j, t));

    private protected override double ExpectedOfNew(double t) =>
        StayingAtFirst * BetaGeometricProcess.Expected(R, Alpha, A, B + _first, K, 0, t);

    private protected override double MassOfNew(double t, int n) => n == 0
        ? 1 - StayingAtFirst * BetaGeometricProcess.AtLeast(1, R, Alpha, A, B + _first, K, 0, t)
        : StayingAtFirst * BetaGeometricProcess.Mass(n, R, Alpha, A, B + _first, K, 0, t);

    private protected override IReadOnlyList<double> SimulateNew(double t, Random random)
    {
        double leaving = Sampling.Beta(A, B, random);
        return _first == 1 && random.NextDouble() < leaving ? [] : Simulate(Sampling.Gamma(R, random) / Alpha, leaving, 0, t, random);
    }

    private protected override IReadOnlyList<double> SimulateFutureOf(PurchaseHistory h, double t, Random random)
    {
        if (random.NextDouble() >= Alive(h)) return [];
        double shape = R + K * h.X, idle = (h.T - h.Tx) / (Alpha + h.T), left = K == 1 ? 0 : random.NextDouble() * PhaseSum(h), term = 1;
        int phase = 0;
        for (left -= term; left >= 0 && phase < K - 1; left -= term)
        {
            phase++;
            term *= idle * (shape + phase - 1) / phase;
        }
        double rate = Sampling.Gamma(shape + phase, random) / (Alpha + h.T);
        return Simulate(rate, Sampling.Beta(A, B + h.X + _first, random), phase, t, random);
    }

    private List<double> Simulate(double rate, double leaving, int phase, double t, Random random)
    {
        List<double> purchases = [];
        for (double moment = Sampling.Exponential(random) / rate; moment < t; moment += Sampling.Exponential(random) / rate)
        {
            if (++phase < K) continue;
            phase = 0;
            purchases.Add(moment);
            if (random.NextDouble() < leaving) break;
        }
        return purchases;
    }

    private protected override void RescaleTime(Span<double> theta, double logFactor) => theta[1] += logFactor;

    private protected override IObjective Likelihood(CompressedHistories rows, int threads) =>
        new BetaGeometricLikelihood(rows, K, _first == 1, threads);

    /// <summary>Chance that a new customer does not leave with the first purchase.</summary>
    private double StayingAtFirst => _first == 0 ? 1 : B / (A + B);

    /// <summary>Averages a quantity over the phase j of a living customer's Erlang clock; shape is r + k x + j.</summary>
    private double OfTheLiving(PurchaseHistory h, Func<double, int, double> quantity)
    {
        double shape = R + K * h.X;
        if (K == 1) return quantity(shape, 0);
        double idle = (h.T - h.Tx) / (Alpha + h.T), term = 1, terms = 0, sum = 0;
        for (int j = 0; j < K; j++)
        {
            if (j > 0) term *= idle * (shape + j - 1) / j;
            terms += term;
            sum += term * quantity(shape + j, j);
        }
        return sum / terms;
    }

    private double PhaseSum(PurchaseHistory h)
    {
        double shape = R + K * h.X, idle = (h.T - h.Tx) / (Alpha + h.T), term = 1, terms = 1;
        for (int j = 1; j < K; j++) terms += term *= idle * (shape + j - 1) / j;
        return terms;
    }

    private static (string, double, string)[] Describe(ReadOnlySpan<double> p, int k, bool showK)
    {
        List<(string, double, string)> parameters =
        [
            ("r", p[0], "shape of the purchase rates over customers: the smaller, the more they differ"),
            ("alpha", p[1], "scale of the purchase rates, in time units: the mean rate is r / alpha"),
            ("a", p[2], "dropout: the mean chance to leave at a purchase is a / (a + b)"),
            ("b", p[3], "dropout: the larger a + b, the more alike customers are"),
        ];
        if (showK) parameters.Add(("k", k, "regularity of the purchases: 1 is random, larger is more like a clock; the mean rate is r / (k alpha)"));
        return [.. parameters];
    }
}
