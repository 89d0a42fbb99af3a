using CustomerValue.Data.Features;
using CustomerValue.Data.Text;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using CustomerValue.Sources;

namespace CustomerValue.Training.Features;

/// <summary>Snapshots as plain tables: who, as of when, the features (categories by their names), the outcomes.</summary>
internal static class SnapshotTable
{
    private const int RowsBetweenLooks = 4096;

    public static void WriteCsv(SnapshotRecipe recipe, IEnumerable<Snapshot> snapshots, Stream stream, CancellationToken cancellation)
    {
        FeatureSchema schema = recipe.Schema;
        FormulaInput[] numbers = NumbersOf(recipe.Formulas);
        using CsvWriter csv = new(stream, [SnapshotNames.CustomerId, SnapshotNames.Cutoff, .. schema.Features.Select(feature => feature.Name), .. numbers.Select(number => number.Name), .. OutcomesOf(recipe)]);
        float[] values = new float[schema.Count];
        foreach (Snapshot snapshot in snapshots)
        {
            double[][] columns = [.. numbers.Select(number => number.Read(snapshot))];
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
                foreach (double[] column in columns)
                    csv.Number(double.IsNaN(column[row]) ? null : column[row]);
                if (snapshot.Outcomes is { } outcomes)
                {
                    csv.Whole(outcomes.Churned[row] ? 1 : 0);
                    csv.Number(outcomes.Purchases[row]);
                    csv.Number(outcomes.Spend[row]);
                }
                csv.EndRow();
            }
        }
    }

    public static void WriteParquet(SnapshotRecipe recipe, IEnumerable<Snapshot> snapshots, Stream stream, CancellationToken cancellation)
    {
        FeatureSchema schema = recipe.Schema;
        FormulaInput[] numbers = NumbersOf(recipe.Formulas);
        ParquetTable.Write(stream,
        [
            (SnapshotNames.CustomerId, ParquetColumnKind.Text), (SnapshotNames.Cutoff, ParquetColumnKind.Moment),
            .. schema.Features.Select(feature => (feature.Name, feature.Kind == FeatureKind.Categorical ? ParquetColumnKind.Text : ParquetColumnKind.Number)),
            .. numbers.Select(number => (number.Name, ParquetColumnKind.Precise)),
            .. OutcomesOf(recipe).Select(outcome => (outcome, outcome == SnapshotNames.Churned ? ParquetColumnKind.Flag : ParquetColumnKind.Number)),
        ], snapshots.Select(snapshot => Columns(snapshot, numbers, cancellation)));
    }

    private static FormulaInput[] NumbersOf(VersionFormulas? formulas) => [.. formulas?.Inputs.Where(input => input.Kind == FormulaInputKind.Number) ?? []];

    private static IReadOnlyList<string> OutcomesOf(SnapshotRecipe recipe) => !recipe.HasOutcomes ? [] : [SnapshotNames.Churned, SnapshotNames.Purchases, SnapshotNames.Spend];

    private static IReadOnlyList<Array> Columns(Snapshot snapshot, FormulaInput[] numbers, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        string?[] ids = [.. Enumerable.Range(0, snapshot.Count).Select(snapshot.Aggregates.CustomerId)];
        DateTime[] days = new DateTime[snapshot.Count];
        Array.Fill(days, snapshot.Window.Cutoff.ToDateTime(TimeOnly.MinValue));
        return
        [
            ids, days,
            .. snapshot.Features.Schema.Features.Select((feature, f) => Column(feature, snapshot.Features.Column(f).ToArray())),
            .. numbers.Select(number => Array.ConvertAll(number.Read(snapshot), value => double.IsNaN(value) ? (double?)null : value)),
            .. snapshot.Outcomes is { } outcomes ? [outcomes.Churned.ToArray(), Array.ConvertAll(outcomes.Purchases.ToArray(), value => (float?)value), Array.ConvertAll(outcomes.Spend.ToArray(), value => (float?)value)] : (Array[])[],
        ];
    }

    private static Array Column(FeatureDefinition feature, float[] values) => feature.Kind == FeatureKind.Categorical
        ? Array.ConvertAll(values, value => LevelOf(feature, value))
        : Array.ConvertAll(values, value => float.IsNaN(value) ? (float?)null : value);

    private static string? LevelOf(FeatureDefinition feature, float code) => float.IsNaN(code) ? null : feature.Levels[(int)code];
}
