using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Forecasting;

/// <summary>Measures forecasts against the outcomes of a snapshot, for everyone and for active customers alone.</summary>
public sealed class Holdout
{
    private readonly double[] _purchases;
    private readonly double[] _spend;
    private readonly bool[] _churned;
    private readonly int[] _active;

    /// <summary>A holdout of a snapshot with outcomes.</summary>
    /// <exception cref="ArgumentException">The snapshot has no outcomes.</exception>
    public Holdout(Snapshot snapshot)
    {
        if (snapshot.Outcomes is not { } outcomes)
            throw new ArgumentException("A holdout needs a snapshot with outcomes.", nameof(snapshot));
        Snapshot = snapshot;
        _purchases = outcomes.Purchases.ToArray();
        _spend = outcomes.Spend.ToArray();
        _churned = Array.ConvertAll(_purchases, purchases => purchases == 0);
        _active = ActiveRows(snapshot);
    }

    /// <summary>The snapshot that is measured against.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>Purchases within the horizon.</summary>
    public ReadOnlySpan<double> Purchases => _purchases;

    /// <summary>Money within the horizon.</summary>
    public ReadOnlySpan<double> Spend => _spend;

    /// <summary>Who stayed away.</summary>
    public ReadOnlySpan<bool> Churned => _churned;

    /// <summary>Customers with a purchase within the last year or two horizons, whichever is longer.</summary>
    public int ActiveCustomers => _active.Length;

    /// <summary>Figures of one forecast.</summary>
    /// <param name="model">Who made it.</param>
    /// <param name="isBaseline">Whether that is one of the naive rules.</param>
    /// <param name="fitSeconds">Seconds spent fitting it.</param>
    /// <param name="forecast">What it says of the snapshot.</param>
    public CandidateReport Measure(ICustomerModel model, bool isBaseline, double fitSeconds, Forecast forecast) => new()
    {
        Name = model.Name,
        IsBaseline = isBaseline,
        Description = model.Description,
        FitSeconds = fitSeconds,
        Purchases = PurchaseMetrics.Measure(forecast.ExpectedPurchases, _purchases),
        Spend = SpendMetrics.Measure(forecast.ExpectedSpend, _spend),
        Churn = ChurnMetrics.Measure(forecast.ChurnProbability, _churned),
        Active = _active.Length == 0 ? null : new ActiveMetrics(
            PurchaseMetrics.Measure(Pick(forecast.ExpectedPurchases), Pick(_purchases)),
            SpendMetrics.Measure(Pick(forecast.ExpectedSpend), Pick(_spend)),
            ChurnMetrics.Measure(Pick(forecast.ChurnProbability), Pick(_churned))),
    };

    private T[] Pick<T>(T[] values) => Array.ConvertAll(_active, row => values[row]);

    private static int[] ActiveRows(Snapshot snapshot)
    {
        int limit = snapshot.Window.Horizon.LongSilenceDays;
        List<int> rows = [];
        for (int i = 0; i < snapshot.Count; i++)
            if (snapshot.Aggregates.T[i] - snapshot.Aggregates.Tx[i] < limit)
                rows.Add(i);
        return [.. rows];
    }
}
