using CustomerValue.Data.Features;
using CustomerValue.MLNet.Views;
using CustomerValue.Models.Snapshots;
using Microsoft.ML;

namespace CustomerValue.MLNet;

/// <summary>Features and snapshots as ML.NET's data, read in place: any trainer, transform or evaluator of ML.NET takes them as they are.</summary>
public static class FeatureViews
{
    /// <summary>
    /// A column a feature in the order of the schema, then <c>Features</c> with all of them. Numbers are <c>Single</c>, NaN where missing; categories are keys whose values are the levels,
    /// 0 where missing. <c>Features</c> has a slot a number and a slot a level, named after feature and <c>feature.level</c>.
    /// </summary>
    public static IDataView ToDataView(this FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new SnapshotView([table]);
    }

    /// <inheritdoc cref="ToDataView(IReadOnlyList{Snapshot})"/>
    public static IDataView ToDataView(this Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return ToDataView([snapshot]);
    }

    /// <summary>
    /// Snapshots below one another: <c>customer_id</c>, <c>cutoff</c>, the columns of <see cref="ToDataView(FeatureTable)"/>, and where every snapshot knows what happened
    /// within its horizon <c>outcome_churned</c> (Boolean), <c>outcome_purchases</c> (purchase days) and <c>outcome_spend</c> (money).
    /// </summary>
    /// <exception cref="ArgumentException">There is no snapshot, or they have different features.</exception>
    public static IDataView ToDataView(this IReadOnlyList<Snapshot> snapshots)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        if (snapshots.Count == 0)
            throw new ArgumentException("Found no snapshot, expected at least one.", nameof(snapshots));
        return new SnapshotView([.. snapshots.Select(snapshot => snapshot.Features)], SnapshotColumns.Keys(snapshots), SnapshotColumns.Outcomes(snapshots));
    }
}
