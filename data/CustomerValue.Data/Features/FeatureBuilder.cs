using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;

namespace CustomerValue.Data.Features;

/// <summary>Computes features from aggregates once, by a <see cref="FeaturePlan"/> made for this one use.</summary>
/// <remarks>Training and serving, which build the same features again and again, keep the plan: the one way to features.</remarks>
internal static class FeatureBuilder
{
    /// <summary>The features that the schema wants from the builder; what was appended to the schema is left to whoever appends it again.</summary>
    /// <param name="aggregates">The aggregates of the schema's catalogue.</param>
    /// <param name="schema">The features wanted, in order.</param>
    /// <param name="attributes">Attributes read by the schema's <see cref="FeatureSchema.Attributes"/>; attribute features are missing where null.</param>
    /// <param name="threads">Threads that work side by side; values do not depend on it.</param>
    /// <param name="cancellation">Stops between columns.</param>
    /// <returns>A table whose schema is <see cref="FeatureSchema.WithoutAppended"/>.</returns>
    /// <exception cref="ArgumentException">The schema wants a feature that the aggregates' catalogue cannot give.</exception>
    public static FeatureTable Build(CustomerAggregates aggregates, FeatureSchema schema, CustomerAttributes? attributes = null, int threads = 1, CancellationToken cancellation = default) =>
        new FeaturePlan(aggregates.Catalogue, schema).Build(aggregates, attributes, threads, cancellation);
}
