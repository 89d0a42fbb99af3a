using CustomerValue.Data.Features;
using CustomerValue.MLNet;
using CustomerValue.Models.Snapshots;
using CustomerValue.Training.Hosting;

namespace CustomerValue.Training.Features;

/// <summary>How a file of snapshots is written, told by the ending of its name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Write">Writes it.</param>
internal sealed record SnapshotFormat(string Name, Action<SnapshotRecipe, IEnumerable<Snapshot>, Stream, CancellationToken> Write)
{
    private static readonly Dictionary<string, SnapshotFormat> s_byEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = new("csv", SnapshotTable.WriteCsv),
        [".parquet"] = new("parquet", SnapshotTable.WriteParquet),
        [".idv"] = new("idv", (recipe, snapshots, stream, _) => SnapshotFiles.WriteBinary([.. snapshots], stream, recipe.Formulas)),
    };

    /// <exception cref="UsageException">The ending is no format's.</exception>
    public static SnapshotFormat Of(string file) => s_byEnding.GetValueOrDefault(Path.GetExtension(file))
        ?? throw new UsageException($"--out: found '{Path.GetFileName(file)}', expected a name in {string.Join(", ", s_byEnding.Keys)}.");

    /// <summary>The C# class of a row.</summary>
    public static string RowClass(FeatureSchema schema) => SnapshotFiles.RowClass(schema);
}
