using CustomerValue.Data.Features;
using CustomerValue.Data.Text;
using CustomerValue.Models.Snapshots;
using CustomerValue.Sources;

namespace CustomerValue.Training.Features;

/// <summary>Snapshots as plain tables: who, as of when, the features (categories by their names), the outcomes.</summary>
internal static class SnapshotTable
{
    private const int RowsBetweenLooks = 4096;

    public static void WriteCsv(IReadOnlyList<Snapshot> snapshots, Stream stream, CancellationToken cancellation)
    {
        FeatureSchema schema = snapshots[0].Features.Schema;
        using CsvWriter csv = new(stream, [SnapshotNames.CustomerId, SnapshotNames.Cutoff, .. schema.Features.Select(feature => feature.Name), SnapshotNames.Churned, SnapshotNames.Purchases, SnapshotNames.Spend]);
        float[] values = new float[schema.Count];
        foreach (Snapshot snapshot in snapshots)
            for (int row = 0; row < snapshot.Count; row++)
            {
                if (row % RowsBetweenLooks == 0)
                    cancellation.ThrowIfCancellationRequested();
                csv.Text(snapshot.Aggregates.CustomerId(row));
                csv.Day(snapshot.Window.Cutoff);
                snapshot.Features.Row(row, values);
                for (int f = 0; f < values.Length; f++)
                    if (schema.Features[f].Kind == FeatureKind.Categorical)
                        csv.Text(LevelOf(schema.Features[f], values[f]));
                    else
                        csv.Number(float.IsNaN(values[f]) ? null : values[f]);
                csv.Whole(snapshot.Outcomes!.Churned[row] ? 1 : 0);
                csv.Number(snapshot.Outcomes.Purchases[row]);
                csv.Number(snapshot.Outcomes.Spend[row]);
                csv.EndRow();
            }
    }

    public static void WriteParquet(IReadOnlyList<Snapshot> snapshots, Stream stream, CancellationToken cancellation)
    {
        FeatureSchema schema = snapshots[0].Features.Schema;
        ParquetTable.Write(stream,
        [
            (SnapshotNames.CustomerId, ParquetColumnKind.Text), (SnapshotNames.Cutoff, ParquetColumnKind.Moment),
            .. schema.Features.Select(feature => (feature.Name, feature.Kind == FeatureKind.Categorical ? ParquetColumnKind.Text : ParquetColumnKind.Number)),
            (SnapshotNames.Churned, ParquetColumnKind.Flag), (SnapshotNames.Purchases, ParquetColumnKind.Number), (SnapshotNames.Spend, ParquetColumnKind.Number),
        ], snapshots.Select(snapshot => Columns(snapshot, cancellation)));
    }

    private static IReadOnlyList<Array> Columns(Snapshot snapshot, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        string?[] ids = [.. Enumerable.Range(0, snapshot.Count).Select(snapshot.Aggregates.CustomerId)];
        DateTime[] days = new DateTime[snapshot.Count];
        Array.Fill(days, snapshot.Window.Cutoff.ToDateTime(TimeOnly.MinValue));
        return
        [
            ids, days,
            .. snapshot.Features.Schema.Features.Select((feature, f) => Column(feature, snapshot.Features.Column(f).ToArray())),
            snapshot.Outcomes!.Churned.ToArray(), Array.ConvertAll(snapshot.Outcomes.Purchases.ToArray(), value => (float?)value), Array.ConvertAll(snapshot.Outcomes.Spend.ToArray(), value => (float?)value),
        ];
    }

    private static Array Column(FeatureDefinition feature, float[] values) => feature.Kind == FeatureKind.Categorical
        ? Array.ConvertAll(values, value => LevelOf(feature, value))
        : Array.ConvertAll(values, value => float.IsNaN(value) ? (float?)null : value);

    private static string? LevelOf(FeatureDefinition feature, float code) => float.IsNaN(code) ? null : feature.Levels[(int)code];
}
