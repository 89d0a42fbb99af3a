using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Forecasting;

/// <summary>One past snapshot and what the prior, fitted on what was known then, said of it.</summary>
/// <param name="Snapshot">The population at that cutoff, with outcomes.</param>
/// <param name="Model">The prior as fitted then.</param>
/// <param name="Prior">What it said of each customer.</param>
/// <param name="Level">How far the whole base came out above it.</param>
public sealed record PastOrigin(Snapshot Snapshot, IPriorModel Model, PriorView Prior, Level Level);
