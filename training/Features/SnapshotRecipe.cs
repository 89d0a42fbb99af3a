using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Sources;
using CustomerValue.Training.Evaluate;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Features;

/// <summary>Which features are told, as of which days, and what else stands in the file.</summary>
/// <param name="Cutoffs">The days, oldest first.</param>
/// <param name="Horizon">Days ahead that the outcomes count.</param>
/// <param name="Schema">The features.</param>
/// <param name="Formulas">What a version's exports ask for; null where no version was named.</param>
/// <param name="At">Makes the snapshot of a day.</param>
internal sealed record SnapshotRecipe(IReadOnlyList<DateOnly> Cutoffs, Horizon Horizon, FeatureSchema Schema, VersionFormulas? Formulas, Func<DateOnly, CancellationToken, Snapshot> At)
{
    /// <summary>Which features there are is decided by what was known at the first day, so that no later one lends anything to an earlier.</summary>
    public static SnapshotRecipe Of(LoadedData data, TransactionInput input, DateOnly[] asked, Horizon horizon)
    {
        DateOnly[] cutoffs = asked.Length > 0 ? asked : [new RacePlan(null, horizon, 0, new()).On(data, input.Options).Cutoff];
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(data.Log, horizon, cutoffs[0]);
        SnapshotBuilder builder = new(catalogue, FeatureSchema.Standard(catalogue, data.Attributes?.Schema), input.Options.Returns, input.Options.Threads);
        return new(cutoffs, horizon, builder.Schema, null, (cutoff, cancellation) => builder.BuildWithOutcomes(data.Log, data.Attributes, new ObservationWindow(cutoff, horizon), cancellation));
    }

    /// <summary>The same, computed by the source.</summary>
    public static SnapshotRecipe Of(SourceAggregates there, CustomerAttributes? attributes, ReaderOptions options, DateOnly[] asked, Horizon horizon, CancellationToken cancellation)
    {
        DateOnly[] cutoffs = asked.Length > 0 ? asked : [there.LastDay.AddDays(1 - horizon.Days)];
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(there.Available(cutoffs[0], cancellation), horizon);
        FeaturePlan plan = new(catalogue, FeatureSchema.Standard(catalogue, attributes?.Schema));
        return new(cutoffs, horizon, plan.Schema, null, (cutoff, stop) =>
        {
            CustomerAggregates aggregates = there.Compute(new ObservationWindow(cutoff, horizon), catalogue, stop);
            return new Snapshot(aggregates, plan.Build(aggregates, attributes, options.Threads, stop), there.Outcomes(aggregates, stop));
        });
    }

    /// <summary>By a version's own recipe, and with the columns that its exports ask for; outcomes where the data cover the horizon after every day.</summary>
    /// <exception cref="ModelStoreException">The version's champion is no arithmetic on columns.</exception>
    public static SnapshotRecipe Of(LoadedData data, TransactionInput input, DateOnly[] asked, ScoringModel model, Manifest manifest)
    {
        DateOnly[] cutoffs = asked.Length > 0 ? asked : [data.Log.LastDay.AddDays(1)];
        bool known = model.Horizon.After(cutoffs[^1]) <= data.Log.LastDay.AddDays(1);
        try
        {
            VersionFormulas formulas = model.ToFormulas(manifest.Cutoff);
            return new(cutoffs, model.Horizon, model.Features, formulas, (cutoff, cancellation) => model.Snapshot(data.Log, data.Attributes, cutoff, known, input.Options.Threads, cancellation));
        }
        catch (NotSupportedException error)
        {
            throw new ModelStoreException($"Version {model.Version} has no exports to write columns for: {error.Message}. Leave --model out for the features alone.", error);
        }
    }
}
