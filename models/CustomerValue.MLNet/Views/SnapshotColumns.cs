using CustomerValue.Models.Snapshots;

namespace CustomerValue.MLNet.Views;

/// <summary>Names of the columns of a snapshot beside its features. Whatever looks past the cutoff begins with <c>outcome_</c>, so that nobody learns from it by mistake.</summary>
internal static class SnapshotColumns
{
    public const string CustomerId = "customer_id";
    public const string Cutoff = "cutoff";
    public const string Churned = "outcome_churned";
    public const string Purchases = "outcome_purchases";
    public const string Spend = "outcome_spend";

    /// <summary>Who the rows are, and as of when.</summary>
    public static IReadOnlyList<ViewColumn> Keys(IReadOnlyList<Snapshot> snapshots) =>
    [
        ViewColumn.Text(CustomerId, (table, row) => snapshots[table].Aggregates.CustomerId(row)),
        ViewColumn.Day(Cutoff, table => snapshots[table].Window.Cutoff),
    ];

    /// <summary>What happened within the horizon; none where a snapshot does not know it.</summary>
    public static IReadOnlyList<ViewColumn> Outcomes(IReadOnlyList<Snapshot> snapshots) => snapshots.Any(snapshot => snapshot.Outcomes is null) ? [] :
    [
        ViewColumn.Boolean(Churned, (table, row) => snapshots[table].Outcomes!.Churned[row]),
        ViewColumn.Single(Purchases, (table, row) => (float)snapshots[table].Outcomes!.Purchases[row]),
        ViewColumn.Single(Spend, (table, row) => (float)snapshots[table].Outcomes!.Spend[row]),
    ];
}
