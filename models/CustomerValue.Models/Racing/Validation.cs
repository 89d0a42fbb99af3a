using CustomerValue.Models.Candidates;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Racing;

/// <summary>A race at an earlier cutoff whose outcomes are known by now: choices between candidates are made on it, never on the holdout.</summary>
/// <param name="Snapshot">The population at that cutoff, with outcomes.</param>
/// <param name="Forecasts">What each candidate, fitted on what was known then, said of it.</param>
public sealed record Validation(Snapshot Snapshot, IReadOnlyDictionary<string, Forecast> Forecasts)
{
    /// <summary>What a chosen model, or the parts of a combination per target, said then.</summary>
    internal Forecast ForecastOf(ICustomerModel model) => model is PerTargetModel parts
        ? PerTargetModel.Combine(Forecasts[parts.Churn.Name], Forecasts[parts.Purchases.Name], Forecasts[parts.Spend.Name])
        : Forecasts[model.Name];
}
