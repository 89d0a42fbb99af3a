using CustomerValue.Data.Features;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using Microsoft.ML;

namespace CustomerValue.MLNet;

/// <summary>Snapshots for programs that have ML.NET and nothing of this house.</summary>
public static class SnapshotFiles
{
    /// <summary>Writes ML.NET's binary format (<c>.idv</c>), which <c>ml.Data.LoadFromBinary</c> reads: the columns of <see cref="FeatureViews.ToDataView(IReadOnlyList{Snapshot})"/>.</summary>
    /// <param name="snapshots">The customers, of several days below one another.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="formulas">Where given, the columns that a version's exports ask for stand beside the features.</param>
    public static void WriteBinary(IReadOnlyList<Snapshot> snapshots, Stream stream, VersionFormulas? formulas = null) =>
        new MLContext().Data.SaveAsBinary(formulas is null ? snapshots.ToDataView() : snapshots.ToDataView(formulas), stream);

    /// <summary>A C# class with the columns of a schema's features, as <c>PredictionEngine</c> takes its rows.</summary>
    public static string RowClass(FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return RowWriter.Write(schema);
    }
}
