using CustomerValue.Data.Attributes;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Racing;

/// <summary>What a race is run on.</summary>
/// <param name="Log">All transactions of the customers who are learnt from and measured on; what lies at or after the cutoff is used for the final measurement only.</param>
/// <param name="Attributes">Customer attributes, or null.</param>
/// <param name="Builder">The recipe of aggregates and features.</param>
/// <param name="Window">Its cutoff is the first day of the holdout: everything before it is learnt from; its horizon is what is predicted.</param>
/// <param name="Seed">Seed of everything drawn by chance.</param>
/// <param name="Threads">Threads to use, at least 1; results do not depend on it.</param>
public sealed record RaceInput(
    TransactionLog Log,
    CustomerAttributes? Attributes,
    SnapshotBuilder Builder,
    ObservationWindow Window,
    int Seed,
    int Threads)
{
    /// <summary>The log that <see cref="Log"/> is a sample of; itself where everyone takes part.</summary>
    public TransactionLog Whole { get; init; } = Log;

    /// <summary>What everyone's transactions are, where only those of <see cref="Log"/> are in memory; null where <see cref="Whole"/> holds everyone's.</summary>
    public DataFingerprint? Everyone { get; init; }

    /// <summary>Customers in all, whether they take part or not.</summary>
    public int Customers => Everyone?.Customers ?? Whole.CustomerCount;

    /// <summary>Whether some of the customers do not take part.</summary>
    public bool IsSample => Log.CustomerCount < Customers;

    /// <summary>First day of the holdout.</summary>
    public DateOnly Cutoff => Window.Cutoff;

    /// <summary>How far ahead is predicted.</summary>
    public Horizon Horizon => Window.Horizon;

    /// <summary>The population at the cutoff, with what came after it where the log knows.</summary>
    internal Snapshot Latest(CancellationToken cancellation) => HasHoldout
        ? Builder.BuildWithOutcomes(Log, Attributes, Window, cancellation)
        : Builder.Build(Log, Attributes, Window, cancellation);

    /// <summary>Rows that all past snapshots together may hold; larger logs are sampled by customer, which keeps memory and time bounded.</summary>
    private const double MostPastRows = 800_000;

    private readonly Lazy<BaseActivity> _activity = new(() => BaseActivity.Of(Log, Window.Cutoff));
    private Lazy<BaseActivity>? _pastActivity;

    /// <summary>How often the whole base bought before the cutoff.</summary>
    internal BaseActivity Activity => _activity.Value;

    /// <summary>The same of those customers whom past snapshots hold.</summary>
    internal BaseActivity PastActivity => ReferenceEquals(PastLog, Log) ? Activity : (_pastActivity ??= new(() => BaseActivity.Of(PastLog, Cutoff))).Value;

    /// <summary>Those whom past snapshots hold: drawn as <see cref="Log"/> was, so that they are part of it.</summary>
    private TransactionLog PastLog => field ??= Whole.Sample(MostPastRows / OriginPlan.MostOrigins / Math.Max(1, Customers)) is var drawn && drawn.CustomerCount < Log.CustomerCount ? drawn : Log;

    /// <summary>The population at an earlier cutoff with outcomes; nothing at or after <see cref="Cutoff"/> is looked at.</summary>
    internal Snapshot PastSnapshot(ObservationWindow window, CancellationToken cancellation) => window.End <= Cutoff
        ? Builder.BuildWithOutcomes(PastLog, Attributes, window, cancellation)
        : throw new ArgumentOutOfRangeException(nameof(window), window, "Outcomes of a past origin end at or before the cutoff.");

    /// <summary>What a race on an earlier day would be run on: those whom past snapshots hold, by the same recipe.</summary>
    internal RaceInput AsOf(DateOnly day) => new(PastLog, Attributes, Builder, new ObservationWindow(day, Horizon), Seed, Threads) { Whole = Whole, Everyone = Everyone };

    /// <summary>Whether the log covers the whole horizon after the cutoff, so that candidates can be measured.</summary>
    public bool HasHoldout => Log.LastDay >= Window.LastDay;
}
