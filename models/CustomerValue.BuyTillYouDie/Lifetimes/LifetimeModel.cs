namespace CustomerValue.BuyTillYouDie;

/// <summary>What the models share whose customers leave by the clock, whether they buy or not.</summary>
public abstract class LifetimeModel : TransactionModel
{
    private readonly ILifetimeEngine _engine;

    private protected LifetimeModel(double[]? covariance, ILifetimeEngine engine, params ReadOnlySpan<(string Name, double Value, string Meaning)> parameters)
        : base(covariance, parameters) => _engine = engine;

    private protected override double Alive(PurchaseHistory h) => _engine.Alive(h);

    private protected override double Expected(PurchaseHistory h, double t) => _engine.Expected(h, t);

    private protected override void Expected(PurchaseHistory h, ReadOnlySpan<double> t, Span<double> destination) => _engine.Expected(h, t, destination);

    private protected override double None(PurchaseHistory h, double t) => _engine.None(h, t);

    private protected override double Mass(PurchaseHistory h, double t, int n) => _engine.Mass(h, t, n);

    private protected override double ExpectedOfNew(double t) => _engine.ExpectedOfNew(t);

    private protected override double MassOfNew(double t, int n) => _engine.MassOfNew(t, n);

    private protected override IReadOnlyList<double> SimulateNew(double t, Random random) => _engine.SimulateNew(t, random);

    private protected override IReadOnlyList<double> SimulateFutureOf(PurchaseHistory h, double t, Random random) => _engine.SimulateFuture(h, t, random);
}
