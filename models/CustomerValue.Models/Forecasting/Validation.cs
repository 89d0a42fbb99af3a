using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Forecasting;

/// <summary>A race at an earlier cutoff whose outcomes are known by now: choices between candidates are made on it, never on the holdout.</summary>
/// <param name="Snapshot">The population at that cutoff, with outcomes.</param>
/// <param name="Forecasts">What each candidate, fitted on what was known then, said of it.</param>
public sealed record Validation(Snapshot Snapshot, IReadOnlyDictionary<string, Forecast> Forecasts);
