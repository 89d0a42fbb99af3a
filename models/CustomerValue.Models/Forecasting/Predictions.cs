using CustomerValue.Data.Windows;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Forecasting;

/// <summary>What models say of one population over one horizon, each asked once however often the answer is used. For one thread.</summary>
/// <param name="snapshot">The population; its outcomes are never looked at.</param>
/// <param name="horizon">Days ahead.</param>
public sealed class Predictions(Snapshot snapshot, Horizon horizon)
{
    private readonly Dictionary<ICustomerModel, Forecast> _raw = new(ReferenceEqualityComparer.Instance), _settled = new(ReferenceEqualityComparer.Instance);

    /// <summary>The population.</summary>
    public Snapshot Snapshot => snapshot;

    /// <summary>Days ahead.</summary>
    public Horizon Horizon => horizon;

    /// <summary>A model's forecast, its figures made to agree with each other; for reading only.</summary>
    public Forecast Of(ICustomerModel model)
    {
        if (!_settled.TryGetValue(model, out Forecast? settled))
            _settled.Add(model, settled = Coherence.Settle(Raw(model).Copy(), snapshot, horizon));
        return settled;
    }

    /// <summary>A model's forecast as it gives it; for reading only.</summary>
    public Forecast Raw(ICustomerModel model)
    {
        if (!_raw.TryGetValue(model, out Forecast? forecast))
            _raw.Add(model, forecast = model is ICombination combination ? combination.Combine(this) : model.Predict(snapshot, horizon));
        return forecast;
    }
}
