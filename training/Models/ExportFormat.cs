using CustomerValue.Boosting;
using CustomerValue.MLNet.LightGbm;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Onnx;

namespace CustomerValue.Training.Models;

/// <summary>A format of other programs that a version's champion, or the trees within it, are written in.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ending">How its files' names end.</param>
/// <param name="Formulas">Writes all three answers as one file; null where the format holds trees only.</param>
/// <param name="Trees">Writes the trees of one target; null where the format holds the answers.</param>
internal sealed record ExportFormat(string Name, string Ending, Action<VersionFormulas, Stream>? Formulas, Action<Booster, Stream>? Trees)
{
    public static ExportFormat Onnx { get; } = new("onnx", ".onnx", OnnxFile.Write, null);

    public static ExportFormat MLNet { get; } = new("ml-net", ".zip", (formulas, stream) => stream.Write(ModelZip.Write(formulas)), null);

    public static ExportFormat LightGbm { get; } = new("lightgbm", ".txt", null, (trees, stream) => trees.SaveLightGbm(stream));

    public static ExportFormat Xgboost { get; } = new("xgboost", ".json", null, (trees, stream) => trees.SaveXgboost(stream));

    /// <summary>The files of a model's trees, one a target.</summary>
    public IEnumerable<ExportedTrees> FilesOf(BoostedModel trees) => Enum.GetValues<Target>().Select(target =>
        ExportedTrees.Of($"{trees.Name}.{target.ToString().ToLowerInvariant()}{Ending}", trees, target));

    /// <summary>Written on its own.</summary>
    public override string ToString() => Name;
}
