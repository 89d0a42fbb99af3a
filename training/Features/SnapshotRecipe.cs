using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Features;
using CustomerValue.Data.Outcomes;
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
/// <param name="HasOutcomes">Whether outcomes stand in the file.</param>
/// <param name="Snapshots">Makes the snapshots, one day after another; a day's customers may come in several.</param>
internal sealed record SnapshotRecipe(IReadOnlyList<DateOnly> Cutoffs, Horizon Horizon, FeatureSchema Schema, VersionFormulas? Formulas, bool HasOutcomes, Func<IProgress<StepProgress>, CancellationToken, IEnumerable<Snapshot>> Snapshots)
{
    // Some 60 MB of aggregates and features. It is the size of a group of rows in Parquet files, so that it is the same on every machine.
    private const int CustomersOfBlock = 1 << 16;

    /// <summary>Which features there are is decided by what was known at the first day, so that no later one lends anything to an earlier.</summary>
    public static SnapshotRecipe Of(LoadedData data, TransactionInput input, DateOnly[] asked, Horizon horizon)
    {
        DateOnly[] cutoffs = asked.Length > 0 ? asked : [new RacePlan(null, horizon, 0, new()).On(data, input.Options).Cutoff];
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(data.Log, horizon, cutoffs[0]);
        SnapshotBuilder builder = new(catalogue, FeatureSchema.Standard(catalogue, data.Attributes?.Schema), input.Options.Returns, input.Options.Threads);
        return new(cutoffs, horizon, builder.Schema, null, true, (progress, cancellation) => Each(cutoffs, cutoff => builder.BuildWithOutcomes(data.Log, data.Attributes, new ObservationWindow(cutoff, horizon), cancellation), progress));
    }

    /// <summary>What a source is asked for.</summary>
    /// <param name="there">The source.</param>
    /// <param name="asked">The days; the latest whose horizon the data cover where there are none.</param>
    /// <param name="horizon">Days ahead that the outcomes count.</param>
    /// <param name="ranges">Parts of the customers; by the number of rows where null.</param>
    /// <param name="cancellation">Stops the queries.</param>
    public static RangePlan PlanFor(SourceAggregates there, DateOnly[] asked, Horizon horizon, int? ranges, CancellationToken cancellation)
    {
        DateOnly[] cutoffs = asked.Length > 0 ? asked : [there.LastDay.AddDays(1 - horizon.Days)];
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(there.Available(cutoffs[0], cancellation), horizon);
        return new(there, catalogue, [.. cutoffs.Select(cutoff => new ObservationWindow(cutoff, horizon))], ranges ?? RangePlan.RangesFor(there.Rows, cutoffs.Length));
    }

    /// <summary>The same, computed by the source.</summary>
    public static SnapshotRecipe Of(RangePlan asked, RangeRun run, CustomerAttributes? attributes, int threads)
    {
        FeaturePlan plan = new(asked.Catalogue, FeatureSchema.Standard(asked.Catalogue, attributes?.Schema));
        return new([.. asked.Windows.Select(window => window.Cutoff)], asked.Windows[0].Horizon, plan.Schema, null, true, Snapshots);

        IEnumerable<Snapshot> Snapshots(IProgress<StepProgress> progress, CancellationToken cancellation)
        {
            run.Compute(threads, progress, cancellation);
            for (int day = 0; day < asked.Windows.Count; day++)
            {
                progress.Report(new("features", day, asked.Windows.Count, "days"));
                // How well attributes fit is told of all customers of a day together, so those come in one piece.
                foreach ((CustomerAggregates aggregates, OutcomeTable outcomes) in run.Blocks(day, attributes is null ? CustomersOfBlock : int.MaxValue))
                    yield return new Snapshot(aggregates, plan.Build(aggregates, attributes, threads, cancellation), outcomes);
            }
        }
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
            return new(cutoffs, model.Horizon, model.Features, formulas, known, (progress, cancellation) => Each(cutoffs, cutoff => model.Snapshot(data.Log, data.Attributes, cutoff, known, input.Options.Threads, cancellation), progress));
        }
        catch (NotSupportedException error)
        {
            throw new ModelStoreException($"Version {model.Version} has no exports to write columns for: {error.Message}. Leave --model out for the features alone.", error);
        }
    }

    private static IEnumerable<Snapshot> Each(DateOnly[] cutoffs, Func<DateOnly, Snapshot> at, IProgress<StepProgress> progress) => cutoffs.Select((cutoff, done) =>
    {
        progress.Report(new("features", done, cutoffs.Length, "days"));
        return at(cutoff);
    });
}
