using CustomerValue.BuyTillYouDie;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Value;

/// <summary>Discounted expected margin over the value horizon: the model's own forecast for the first horizon, then the buy-till-you-die tail scaled to meet it.</summary>
/// <remarks>
/// Value = m S(h) d(h/2) + m k sum over later steps of [E(t1) - E(t0)] z d((t0 + t1)/2), with S the forecast spend of the first horizon h,
/// E the cumulated expected purchases of the prior, z its expected money a purchase, k = S(h) / (E(h) z), d the discount and m the margin rate.
/// </remarks>
public sealed class LifetimeValue
{
    /// <summary>Days of a step of the tail; the discount is taken at its middle, which costs less than 5e-4 of value at 10 % a year.</summary>
    private const double StepDays = 91.3125;
    private const double DaysAMonth = 30.4375;
    private const double MaxScale = 20;
    private readonly IPriorModel? _prior;
    private readonly ValueOptions _options;
    private readonly double[] _ends;

    /// <summary>A calculator for one horizon.</summary>
    /// <param name="prior">The prior, or null: the first horizon's spend then goes on unchanged.</param>
    /// <param name="options">Value horizon and discount.</param>
    /// <param name="horizonDays">Days of the first horizon.</param>
    public LifetimeValue(IPriorModel? prior, ValueOptions options, int horizonDays)
    {
        _prior = prior;
        _options = options;
        double last = options.HorizonMonths * DaysAMonth;
        List<double> ends = [Math.Min(horizonDays, last)];
        while (ends[^1] < last - 1e-9)
            ends.Add(Math.Min(ends[^1] + StepDays, last));
        _ends = [.. ends];
        HorizonDays = horizonDays;
    }

    /// <summary>Days of the first horizon.</summary>
    public int HorizonDays { get; }

    /// <summary>Value of one customer.</summary>
    /// <param name="history">Repeat purchases, recency and age in weeks.</param>
    /// <param name="spendPerPurchase">Expected money of a purchase day by the prior.</param>
    /// <param name="horizonSpend">Forecast spend of the first horizon.</param>
    /// <param name="marginRate">Margin as a share of spend.</param>
    public double Of(PurchaseHistory history, double spendPerPurchase, double horizonSpend, double marginRate)
    {
        double covered = _ends[0] / HorizonDays, value = horizonSpend * covered * Discount(_ends[0] / 2);
        if (_prior is null)
        {
            for (int i = 1; i < _ends.Length; i++)
                value += horizonSpend * (_ends[i] - _ends[i - 1]) / HorizonDays * Discount((_ends[i] + _ends[i - 1]) / 2);
            return marginRate * value;
        }

        double before = _prior.ExpectedPurchases(history, _ends[0]);
        double prior = before * spendPerPurchase;
        double scale = prior > 0 ? Math.Min(horizonSpend * covered / prior, MaxScale) : 0;
        for (int i = 1; i < _ends.Length; i++)
        {
            double until = _prior.ExpectedPurchases(history, _ends[i]);
            value += scale * (until - before) * spendPerPurchase * Discount((_ends[i] + _ends[i - 1]) / 2);
            before = until;
        }
        return marginRate * value;
    }

    private double Discount(double days) => Math.Pow(1 + _options.AnnualDiscountRate, -days / 365.25);
}
