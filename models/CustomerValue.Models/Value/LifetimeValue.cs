using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Seasons;

namespace CustomerValue.Models.Value;

/// <summary>Discounted expected margin over the value horizon: the model's own forecast for the first horizon, then the buy-till-you-die tail.</summary>
/// <remarks>
/// Value = m S(h) d(h/2) + m k z sum over later steps of [E(c(t1)) - E(c(t0))] y d((t0 + t1)/2), with S the forecast spend of the first horizon h,
/// E the cumulated expected purchases on the season's clock c, z the prior's expected money a purchase, y the level of the base that far ahead, d the discount and
/// m the margin rate. Only what is the customer's own goes on into the tail: k = (S(h) / (E(c(h)) z) + w) / (r + w), where r is how far the whole base's
/// forecast lies above the model's in this first horizon (growth and level are nobody's own) and the small w draws customers towards the model.
/// </remarks>
internal sealed class LifetimeValue
{
    /// <summary>Days of a step of the tail; the discount is taken at its middle, which costs less than 5e-4 of value at 10 % a year.</summary>
    private const double StepDays = DaysIn.MeanYear / 4;
    private const double MostOwn = 20;
    private const double Reserve = 0.05;
    private readonly LongRun? _longRun;
    private readonly DateOnly _asOf;
    private readonly double[] _weeks;
    private readonly double[] _weights;
    private readonly double _covered;
    private readonly double _first;
    private readonly double _level;
    private readonly double _weeksInAll;

    /// <summary>A calculator for one horizon from one day.</summary>
    /// <param name="longRun">Season, purchases and level beyond the first horizon, or null: the first horizon's spend then goes on unchanged.</param>
    /// <param name="options">Value horizon and discount.</param>
    /// <param name="window">Its cutoff is the first day of the forecast, its horizon the first step.</param>
    /// <param name="logLevelSinceCutoff">How much further above its prior the champion places the whole base at the window's cutoff than at the cutoff, in log.</param>
    public LifetimeValue(LongRun? longRun, ValueOptions options, ObservationWindow window, double logLevelSinceCutoff = 0)
    {
        DateOnly asOf = window.Cutoff;
        int horizon = window.Horizon.Days;
        (_longRun, _asOf) = (longRun, asOf);
        double last = options.HorizonMonths * DaysIn.MeanMonth;
        List<double> ends = [Math.Min(horizon, last)];
        while (ends[^1] < last - 1e-9)
            ends.Add(Math.Min(ends[^1] + StepDays, last));
        _covered = ends[0] / horizon;
        _first = Discount(horizon / 2.0);
        _weeks = [.. ends.Select(end => (longRun?.Season.Days(asOf, 0, end) ?? end) / DaysIn.Week)];
        _weeksInAll = (longRun?.Season.Days(asOf, 0, last) ?? last) / DaysIn.Week;
        _weights = new double[ends.Count];
        for (int i = 1; i < ends.Count; i++)
        {
            // The middle of the whole step, also of one that is cut off: another month then adds and never takes away.
            double middle = ends[i - 1] + StepDays / 2;
            _weights[i] = Discount(middle) * (longRun?.LevelAfter(middle / DaysIn.MeanYear) ?? (ends[i] - ends[i - 1]) / horizon);
        }
        _level = longRun is null ? 1 : longRun.HorizonLevel * Math.Exp(logLevelSinceCutoff)
            * longRun.Season.Mean(longRun.Cutoff, 0, horizon) / longRun.Season.Mean(asOf, 0, horizon);

        double Discount(double days) => Math.Pow(1 + options.AnnualDiscountRate, -days / DaysIn.MeanYear);
    }

    /// <summary>First day of the forecast.</summary>
    public DateOnly AsOf => _asOf;

    /// <summary>Value of one customer.</summary>
    /// <param name="x">Repeat purchases.</param>
    /// <param name="tx">Days from the first purchase to the last.</param>
    /// <param name="age">Days from the first purchase to the last day observed.</param>
    /// <param name="spendPerPurchase">Expected money of a purchase day by the prior.</param>
    /// <param name="horizonSpend">Forecast spend of the first horizon.</param>
    /// <param name="marginRate">Margin as a share of spend.</param>
    public double Of(double x, double tx, double age, double spendPerPurchase, double horizonSpend, double marginRate) =>
        Of(x, tx, age, spendPerPurchase, horizonSpend, marginRate, out _);

    /// <inheritdoc cref="Of(double, double, double, double, double, double)"/>
    /// <param name="x">Repeat purchases.</param>
    /// <param name="tx">Days from the first purchase to the last.</param>
    /// <param name="age">Days from the first purchase to the last day observed.</param>
    /// <param name="spendPerPurchase">Expected money of a purchase day by the prior.</param>
    /// <param name="horizonSpend">Forecast spend of the first horizon.</param>
    /// <param name="marginRate">Margin as a share of spend.</param>
    /// <param name="never">Probability of no purchase within the value horizon; NaN where nothing is known beyond the first.</param>
    public double Of(double x, double tx, double age, double spendPerPurchase, double horizonSpend, double marginRate, out double never)
    {
        double value = horizonSpend * _covered * _first, tail = 0;
        never = double.NaN;
        if (_longRun is null)
        {
            for (int i = 1; i < _weights.Length; i++)
                tail += horizonSpend * _weights[i];
            return marginRate * (value + tail);
        }
        ITransactionModel purchases = _longRun.Purchases;
        PurchaseHistory history = _longRun.History(_asOf, x, tx, age);
        never = purchases.ProbabilityOfNoPurchase(history, _weeksInAll);
        if (_weights.Length == 1)
            return marginRate * value;

        Span<double> until = stackalloc double[_weeks.Length];
        purchases.ExpectedPurchases(history, _weeks, until);
        double expected = until[0] * spendPerPurchase;
        double own = expected > 0 ? Math.Min((horizonSpend * _covered / expected + Reserve) / (_level + Reserve), MostOwn) : 0;
        for (int i = 1; i < _weights.Length; i++)
            tail += (until[i] - until[i - 1]) * _weights[i];
        return marginRate * (value + own * spendPerPurchase * tail);
    }
}
