using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Evaluation;

namespace CustomerValue.Models.Store;

/// <summary>What a version is, where it comes from and how good it was: <c>manifest.json</c>.</summary>
public sealed record Manifest
{
    /// <summary>Version of the folder format; readers refuse what they do not know.</summary>
    public required int Format { get; init; }

    /// <summary>Name of the version, equal to its folder's.</summary>
    public required string Version { get; init; }

    /// <summary>When it was published.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Name and version of the program that made it.</summary>
    public required string Product { get; init; }

    /// <summary>Name of the champion candidate.</summary>
    public required string Model { get; init; }

    /// <summary>The model introducing itself in one line.</summary>
    public required string Description { get; init; }

    /// <summary>SHA-256 over names and content of all model files: equal for equal models, whenever they were made.</summary>
    public required string ModelHash { get; init; }

    /// <summary>Everything before this day was learnt from.</summary>
    public required DateOnly Cutoff { get; init; }

    /// <summary>Days ahead that churn, purchases and spend speak of.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Options of the training run by name, as given or by default.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>What the model was trained on.</summary>
    public required DataFingerprint Data { get; init; }

    /// <summary>Hash of the feature schema.</summary>
    public required string FeatureSchemaHash { get; init; }

    /// <summary>Figures of every candidate on the holdout; null where the log ends at the cutoff.</summary>
    public required RaceReport? Evaluation { get; init; }

    /// <summary>What lifetime values said a year before the cutoff, and what came; null in versions that are older than this.</summary>
    public LifetimeBacktest? LifetimeBacktest { get; init; }

    /// <summary>Doubts about data and fits.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Every other file of the version.</summary>
    public required IReadOnlyList<StoredFile> Files { get; init; }

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
