using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Evaluation;

namespace CustomerValue.Models.Store;

/// <summary>What a version is, where it comes from and how good it was: <c>manifest.json</c>.</summary>
/// <param name="Format">Version of the folder format; readers refuse what they do not know.</param>
/// <param name="Version">Name of the version, equal to its folder's.</param>
/// <param name="Created">When it was published.</param>
/// <param name="Product">Name and version of the program that made it.</param>
/// <param name="Model">Name of the champion candidate.</param>
/// <param name="Description">The model introducing itself in one line.</param>
/// <param name="ModelHash">SHA-256 over names and content of all model files: equal for equal models, whenever they were made.</param>
/// <param name="Cutoff">Everything before this day was learnt from.</param>
/// <param name="HorizonDays">Days ahead that churn, purchases and spend speak of.</param>
/// <param name="Options">Options of the training run by name, as given or by default.</param>
/// <param name="Data">What the model was trained on.</param>
/// <param name="FeatureSchemaHash">Hash of the feature schema.</param>
/// <param name="Evaluation">Figures of every candidate on the holdout; null where the log ends at the cutoff.</param>
/// <param name="Findings">Doubts about data and fits.</param>
/// <param name="Files">Every other file of the version.</param>
public sealed record Manifest(
    int Format,
    string Version,
    DateTimeOffset Created,
    string Product,
    string Model,
    string Description,
    string ModelHash,
    DateOnly Cutoff,
    int HorizonDays,
    IReadOnlyDictionary<string, string> Options,
    DataFingerprint Data,
    string FeatureSchemaHash,
    RaceReport? Evaluation,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<StoredFile> Files)
{
    /// <summary>The format this program writes and reads.</summary>
    public const int CurrentFormat = 1;
}

/// <summary>What a model was trained on.</summary>
/// <param name="Rows">Transactions in the log.</param>
/// <param name="Customers">Customers in the log.</param>
/// <param name="FirstDay">Earliest day.</param>
/// <param name="LastDay">Latest day.</param>
/// <param name="Sha256">Fingerprint of the log's content; independent of the order of files.</param>
public sealed record DataFingerprint(int Rows, int Customers, DateOnly FirstDay, DateOnly LastDay, string Sha256);
