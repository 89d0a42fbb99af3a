using CustomerValue.BuyTillYouDie.Fitting;
using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>What every transaction model shares: checks, batches and the quantities that follow from others.</summary>
public abstract class TransactionModel : ITransactionModel
{
    private protected TransactionModel(double[]? logCovariance, params ReadOnlySpan<(string Name, double Value, string Meaning)> parameters)
    {
        LogCovariance = logCovariance;
        int estimated = logCovariance is null ? 0 : (int)Math.Round(Math.Sqrt(logCovariance.Length));
        ModelParameter[] described = new ModelParameter[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            (string name, double value, string meaning) = parameters[i];
            double error = i < estimated ? value * Math.Sqrt(logCovariance![i * estimated + i]) : double.NaN;
            described[i] = new ModelParameter(name, Positive.Parameter(value, name), error, meaning);
        }
        Parameters = described;
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>Covariance of the logarithms of the estimated parameters, which come first, by row; null when unknown.</summary>
    internal double[]? LogCovariance { get; }

    /// <inheritdoc/>
    public double ProbabilityAlive(PurchaseHistory h) => Alive(h.Checked());

    /// <inheritdoc/>
    public double ExpectedPurchases(PurchaseHistory h, double t) => Expected(h.Checked(), Positive.Time(t, nameof(t)));

    /// <inheritdoc/>
    public void ExpectedPurchases(PurchaseHistory h, ReadOnlySpan<double> t, Span<double> destination)
    {
        if (destination.Length != t.Length)
            throw new ArgumentException($"Times and the destination are of equal length; found {t.Length} and {destination.Length}.", nameof(destination));
        h.Checked();
        foreach (double time in t) Positive.Time(time, nameof(t));
        Expected(h, t, destination);
    }

    /// <inheritdoc/>
    public double ExpectedPurchases(PurchaseHistory h, double opens, double closes)
    {
        Positive.Time(opens, nameof(opens));
        if (closes < opens) throw new ArgumentOutOfRangeException(nameof(closes), closes, FormattableString.Invariant($"A window closes at or after it opens, at {opens}."));
        return ExpectedPurchases(h, closes) - Expected(h, opens);
    }

    /// <inheritdoc/>
    public double ProbabilityOfNoPurchase(PurchaseHistory h, double t) => None(h.Checked(), Positive.Time(t, nameof(t)));

    /// <inheritdoc/>
    public double ProbabilityOfPurchases(PurchaseHistory h, double t, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return n == 0 ? ProbabilityOfNoPurchase(h, t) : Mass(h.Checked(), Positive.Time(t, nameof(t)), n);
    }

    /// <inheritdoc/>
    public double ExpectedPurchasesOfNewCustomer(double t) => ExpectedOfNew(Positive.Time(t, nameof(t)));

    /// <inheritdoc/>
    public double ProbabilityOfPurchasesOfNewCustomer(double t, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return MassOfNew(Positive.Time(t, nameof(t)), n);
    }

    /// <inheritdoc/>
    public double DiscountedExpectedPurchases(PurchaseHistory h, double discountRate, double horizon = double.PositiveInfinity)
    {
        h.Checked();
        if (!(discountRate >= 0) || !double.IsFinite(discountRate) || (discountRate == 0 && double.IsPositiveInfinity(horizon)))
            throw new ArgumentOutOfRangeException(nameof(discountRate), discountRate, "A discount rate is a finite number, 0 or more, and above 0 for an infinite horizon.");
        if (!(horizon >= 0)) throw new ArgumentOutOfRangeException(nameof(horizon), horizon, "A horizon is 0 or more.");
        return Discounting.Total(t => Expected(h, t), discountRate, horizon);
    }

    /// <inheritdoc/>
    public double TimeToNextPurchase(PurchaseHistory h, double quantile = 0.5)
    {
        h.Checked();
        if (!(quantile is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "A quantile lies between 0 and 1.");
        return NextPurchase(h, quantile) ?? RootFinding.FirstTime(t => 1 - None(h, t), quantile);
    }

    /// <inheritdoc/>
    public double LogLikelihood(PurchaseHistories histories)
    {
        ArgumentNullException.ThrowIfNull(histories);
        CompressedHistories rows = CompressedHistories.From(histories);
        IObjective objective = Likelihood(rows, 1);
        double[] theta = new double[objective.Dimension], gradient = new double[theta.Length];
        for (int i = 0; i < theta.Length; i++) theta[i] = Math.Log(Parameters[i].Value);
        RescaleTime(theta, -Math.Log(rows.TimeScale));
        return objective.Evaluate(theta, gradient) - rows.TotalPurchases * Math.Log(rows.TimeScale);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ITransactionModel> DrawModels(int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (LogCovariance is null || Cholesky.Factor(LogCovariance, (int)Math.Round(Math.Sqrt(LogCovariance.Length))) is not { } factor) return [this];
        Random random = new(seed);
        return [.. ParameterDraws.From([.. Parameters.Select(p => p.Value)], factor, count, random).Select(With)];
    }

    /// <inheritdoc/>
    public void ProbabilityAlive(ReadOnlySpan<double> x, ReadOnlySpan<double> tx, ReadOnlySpan<double> age, Span<double> destination)
    {
        RequireColumns(x, tx, age, destination);
        for (int i = 0; i < x.Length; i++) destination[i] = Alive(Row(x, tx, age, i));
    }

    /// <inheritdoc/>
    public void ExpectedPurchases(ReadOnlySpan<double> x, ReadOnlySpan<double> tx, ReadOnlySpan<double> age, double t, Span<double> destination)
    {
        RequireColumns(x, tx, age, destination);
        Positive.Time(t, nameof(t));
        for (int i = 0; i < x.Length; i++) destination[i] = Expected(Row(x, tx, age, i), t);
    }

    /// <inheritdoc/>
    public void ProbabilityOfNoPurchase(ReadOnlySpan<double> x, ReadOnlySpan<double> tx, ReadOnlySpan<double> age, double t, Span<double> destination)
    {
        RequireColumns(x, tx, age, destination);
        Positive.Time(t, nameof(t));
        for (int i = 0; i < x.Length; i++) destination[i] = None(Row(x, tx, age, i), t);
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> SimulateNewCustomer(double t, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return SimulateNew(Positive.Time(t, nameof(t)), random);
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> SimulateFuture(PurchaseHistory h, double t, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return SimulateFutureOf(h.Checked(), Positive.Time(t, nameof(t)), random);
    }

    /// <summary>A sentence that introduces the model: its name and parameters.</summary>
    public override string ToString() =>
        $"{Name}: {string.Join(", ", Parameters.Select(p => FormattableString.Invariant($"{p.Name} {p.Value:g6}")))}";

    private protected abstract double Alive(PurchaseHistory h);

    private protected abstract double Expected(PurchaseHistory h, double t);

    private protected virtual void Expected(PurchaseHistory h, ReadOnlySpan<double> t, Span<double> destination)
    {
        for (int i = 0; i < t.Length; i++) destination[i] = Expected(h, t[i]);
    }

    private protected abstract double None(PurchaseHistory h, double t);

    /// <summary>P(X = n) for n of 1 or more.</summary>
    private protected abstract double Mass(PurchaseHistory h, double t, int n);

    /// <summary>Time within which the next purchase comes with a probability, infinite where it does not; null where it has no closed form.</summary>
    private protected virtual double? NextPurchase(PurchaseHistory h, double probability) => null;

    private protected abstract double ExpectedOfNew(double t);

    private protected abstract double MassOfNew(double t, int n);

    private protected abstract IReadOnlyList<double> SimulateNew(double t, Random random);

    private protected abstract IReadOnlyList<double> SimulateFutureOf(PurchaseHistory h, double t, Random random);

    /// <summary>The same kind of model with other parameters.</summary>
    private protected abstract TransactionModel With(double[] parameters);

    private protected abstract IObjective Likelihood(CompressedHistories rows, int threads);

    /// <summary>Adds <paramref name="logFactor"/> to the logarithms of the parameters that are times, takes it from those that are rates.</summary>
    private protected abstract void RescaleTime(Span<double> theta, double logFactor);

    private static PurchaseHistory Row(ReadOnlySpan<double> x, ReadOnlySpan<double> tx, ReadOnlySpan<double> age, int i)
    {
        PurchaseHistory history = new(x[i], tx[i], age[i]);
        return history.Fault() is { } fault ? throw new InvalidHistoryException($"Row {i} has {fault}.", i) : history;
    }

    private static void RequireColumns(ReadOnlySpan<double> x, ReadOnlySpan<double> tx, ReadOnlySpan<double> age, Span<double> destination)
    {
        if (tx.Length != x.Length || age.Length != x.Length || destination.Length != x.Length)
            throw new ArgumentException($"Columns x, t_x, T and the destination are of equal length; found {x.Length}, {tx.Length}, {age.Length} and {destination.Length}.");
    }
}
