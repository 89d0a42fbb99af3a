using CustomerValue.Models.Snapshots;

namespace CustomerValue.MLNet.Views;

/// <summary>The columns of snapshots beside their features.</summary>
internal static class SnapshotColumns
{
    /// <summary>Who the rows are, and as of when.</summary>
    public static IReadOnlyList<ViewColumn> Keys(IReadOnlyList<Snapshot> snapshots) =>
    [
        ViewColumn.Text(SnapshotNames.CustomerId, (table, row) => snapshots[table].Aggregates.CustomerId(row)),
        ViewColumn.Day(SnapshotNames.Cutoff, table => snapshots[table].Window.Cutoff),
    ];

    /// <summary>What happened within the horizon; none where a snapshot does not know it.</summary>
    public static IReadOnlyList<ViewColumn> Outcomes(IReadOnlyList<Snapshot> snapshots) => snapshots.Any(snapshot => snapshot.Outcomes is null) ? [] :
    [
        ViewColumn.Boolean(SnapshotNames.Churned, (table, row) => snapshots[table].Outcomes!.Churned[row]),
        ViewColumn.Single(SnapshotNames.Purchases, (table, row) => (float)snapshots[table].Outcomes!.Purchases[row]),
        ViewColumn.Single(SnapshotNames.Spend, (table, row) => (float)snapshots[table].Outcomes!.Spend[row]),
    ];
}
