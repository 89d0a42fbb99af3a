using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Features;
using CustomerValue.Data.Outcomes;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Models.Snapshots;

/// <summary>Makes snapshots of one log by one recipe: the same for training, evaluation and serving, so that they cannot drift apart.</summary>
/// <param name="plan">Which aggregates are computed, and which features are derived from them.</param>
/// <param name="returns">How returns count.</param>
/// <param name="threads">Threads to use, at least 1; results do not depend on it.</param>
public sealed class SnapshotBuilder(FeaturePlan plan, ReturnsPolicy returns, int threads)
{
    /// <summary>A builder with a plan of its own.</summary>
    /// <param name="catalogue">Which aggregates are computed.</param>
    /// <param name="schema">Which features are derived from them.</param>
    /// <param name="returns">How returns count.</param>
    /// <param name="threads">Threads to use, at least 1; results do not depend on it.</param>
    /// <exception cref="ArgumentException">The schema wants a feature that the catalogue cannot give.</exception>
    public SnapshotBuilder(AggregateCatalogue catalogue, FeatureSchema schema, ReturnsPolicy returns, int threads)
        : this(new FeaturePlan(catalogue, schema), returns, threads)
    {
    }

    /// <summary>Which aggregates are computed.</summary>
    public AggregateCatalogue Catalogue => plan.Catalogue;

    /// <summary>Which features are derived from them.</summary>
    public FeatureSchema Schema => plan.Schema;

    /// <summary>How returns count.</summary>
    public ReturnsPolicy Returns => returns;

    /// <summary>Features at the window's cutoff; nothing at or after it is looked at.</summary>
    public Snapshot Build(TransactionLog log, CustomerAttributes? attributes, ObservationWindow window, CancellationToken cancellation) =>
        Build(log, attributes, window, withOutcomes: false, cancellation);

    /// <summary>Features at the window's cutoff and what happened within its horizon.</summary>
    public Snapshot BuildWithOutcomes(TransactionLog log, CustomerAttributes? attributes, ObservationWindow window, CancellationToken cancellation) =>
        Build(log, attributes, window, withOutcomes: true, cancellation);

    private Snapshot Build(TransactionLog log, CustomerAttributes? attributes, ObservationWindow window, bool withOutcomes, CancellationToken cancellation)
    {
        CustomerAggregates aggregates = Aggregator.Compute(log, window, plan.Catalogue, new AggregatorOptions { Returns = returns, Threads = threads }, cancellation);
        FeatureTable features = plan.Build(aggregates, attributes, threads, cancellation);
        return new Snapshot(aggregates, features, withOutcomes ? OutcomeTable.Compute(log, aggregates, cancellation: cancellation) : null, log);
    }
}
