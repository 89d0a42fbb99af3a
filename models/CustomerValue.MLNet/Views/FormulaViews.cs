using CustomerValue.MLNet.Views;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet;

/// <summary>The columns that a version's formulas ask for, as ML.NET's data.</summary>
public static class FormulaViews
{
    /// <summary>Snapshots with the columns of <see cref="FeatureViews.ToDataView(IReadOnlyList{Snapshot})"/>, and the numbers of double precision that the formulas ask for beside features.</summary>
    /// <exception cref="ArgumentException">There is no snapshot, or they have different features.</exception>
    public static IDataView ToDataView(this IReadOnlyList<Snapshot> snapshots, VersionFormulas formulas)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        ArgumentNullException.ThrowIfNull(formulas);
        if (snapshots.Count == 0)
            throw new ArgumentException("Found no snapshot, expected at least one.", nameof(snapshots));
        FormulaInput[] numbers = [.. formulas.Inputs.Where(input => input.Kind == FormulaInputKind.Number)];
        double[][][] values = [.. numbers.Select(input => snapshots.Select(input.Read).ToArray())];
        return new SnapshotView([.. snapshots.Select(snapshot => snapshot.Features)], SnapshotColumns.Keys(snapshots),
            [.. numbers.Select((input, i) => ViewColumn.Double(input.Name, (table, row) => values[i][table][row])), .. SnapshotColumns.Outcomes(snapshots)]);
    }

    /// <summary>The columns that the formulas ask for, and no others.</summary>
    internal static DataViewSchema SchemaOf(VersionFormulas formulas)
    {
        DataViewSchema.Builder schema = new();
        foreach (FormulaInput input in formulas.Inputs)
            if (input.Kind == FormulaInputKind.Category)
                FeatureColumns.AddKey(schema, input.Name, input.Levels);
            else
                schema.AddColumn(input.Name, input.Kind switch { FormulaInputKind.Number => NumberDataViewType.Double, FormulaInputKind.Day => DateTimeDataViewType.Instance, _ => NumberDataViewType.Single });
        return schema.ToSchema();
    }
}
