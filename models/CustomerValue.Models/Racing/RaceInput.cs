using CustomerValue.Data.Attributes;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Racing;

/// <summary>What a race is run on.</summary>
/// <param name="Log">All transactions; what lies at or after the cutoff is used for the final measurement only.</param>
/// <param name="Attributes">Customer attributes, or null.</param>
/// <param name="Builder">The recipe of aggregates and features.</param>
/// <param name="Cutoff">First day of the holdout; everything before it is learnt from.</param>
/// <param name="HorizonDays">Days ahead that are predicted, 7 to 730.</param>
/// <param name="Seed">Seed of everything drawn by chance.</param>
/// <param name="Threads">Threads to use, at least 1; results do not depend on it.</param>
public sealed record RaceInput(
    TransactionLog Log,
    CustomerAttributes? Attributes,
    SnapshotBuilder Builder,
    DateOnly Cutoff,
    int HorizonDays,
    int Seed,
    int Threads)
{
    /// <summary>The population at a cutoff.</summary>
    internal Snapshot Snapshot(DateOnly cutoff, int horizonDays, bool withOutcomes, CancellationToken cancellation) => withOutcomes
        ? Builder.BuildWithOutcomes(Log, Attributes, cutoff, horizonDays, cancellation)
        : Builder.Build(Log, Attributes, cutoff, horizonDays, cancellation);

    /// <summary>Rows that all past snapshots together may hold; larger logs are sampled by customer, which keeps memory and time bounded.</summary>
    private const double MostPastRows = 800_000;

    private readonly Lazy<TransactionLog> _pastLog = new(() => Log.Sample(MostPastRows / OriginPlan.MostOrigins / Math.Max(1, Log.CustomerCount)));

    /// <summary>The population at an earlier cutoff with outcomes; nothing at or after <see cref="Cutoff"/> is looked at.</summary>
    internal Snapshot PastSnapshot(DateOnly cutoff, int horizonDays, CancellationToken cancellation) => cutoff.AddDays(horizonDays) <= Cutoff
        ? Builder.BuildWithOutcomes(_pastLog.Value, Attributes, cutoff, horizonDays, cancellation)
        : throw new ArgumentOutOfRangeException(nameof(cutoff), cutoff, "Outcomes of a past origin end at or before the cutoff.");

    /// <summary>Whether the log covers the whole horizon after the cutoff, so that candidates can be measured.</summary>
    public bool HasHoldout => Log.LastDay >= Cutoff.AddDays(HorizonDays - 1);
}
