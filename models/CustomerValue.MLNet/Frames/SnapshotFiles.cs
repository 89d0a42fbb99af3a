using CustomerValue.Data.Features;
using CustomerValue.Models.Snapshots;
using Microsoft.ML;

namespace CustomerValue.MLNet;

/// <summary>Snapshots for programs that have ML.NET and nothing of this house.</summary>
public static class SnapshotFiles
{
    /// <summary>Writes ML.NET's binary format (<c>.idv</c>), which <c>ml.Data.LoadFromBinary</c> reads: the columns of <see cref="FeatureViews.ToDataView(IReadOnlyList{Snapshot})"/>.</summary>
    public static void WriteBinary(IReadOnlyList<Snapshot> snapshots, Stream stream) =>
        new MLContext().Data.SaveAsBinary(snapshots.ToDataView(), stream);

    /// <summary>A C# class with the columns of a schema's features, as <c>PredictionEngine</c> takes its rows.</summary>
    public static string RowClass(FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return RowWriter.Write(schema);
    }
}
