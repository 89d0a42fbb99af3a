using CustomerValue.Data.Features;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Drift;

/// <summary>What drift is measured on: customers as of a day, what the model says of them and, once it is known, what they did.</summary>
/// <param name="Window">Its cutoff is the first day of the forecast; its horizon is what the forecast speaks of.</param>
/// <param name="Features">Features, a row per customer.</param>
/// <param name="Forecast">The model's forecast of the same customers, in the same order.</param>
/// <param name="Purchases">Purchase days within the horizon; null while they are not known.</param>
/// <param name="Spend">Money within the horizon; null while it is not known.</param>
public sealed record DriftSample(ObservationWindow Window, FeatureTable Features, Forecast Forecast, double[]? Purchases, double[]? Spend)
{
    /// <summary>Number of customers.</summary>
    public int Count => Forecast.Count;

    /// <summary>A snapshot with its forecast, and its outcomes where it has them.</summary>
    public static DriftSample Of(Snapshot snapshot, Forecast forecast) => new(
        snapshot.Window, snapshot.Features, forecast, snapshot.Outcomes?.Purchases.ToArray(), snapshot.Outcomes?.Spend.ToArray());
}
