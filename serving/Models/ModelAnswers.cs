using System.Text.Json.Serialization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;

namespace CustomerValue.Serving.Models;

/// <summary>The versions of the store.</summary>
/// <param name="Champion">The version that is promoted; null where none is.</param>
/// <param name="Serving">The version that answers; another than the champion only while it loads or after it was refused.</param>
/// <param name="MLNet">Version of ML.NET in this program.</param>
/// <param name="Models">Every version, newest first.</param>
internal sealed record ModelList(string? Champion, string? Serving, [property: JsonPropertyName("ml_net")] string MLNet, IReadOnlyList<VersionSummary> Models);

/// <summary>What serves after a change.</summary>
/// <param name="Champion">The version that is promoted now.</param>
/// <param name="Serving">The version that this service answers with; another only where it refuses the champion, which <c>/health/ready</c> explains.</param>
/// <param name="Before">The version that was promoted before; null where none was.</param>
internal sealed record ModelChange(string? Champion, string? Serving, string? Before);

/// <summary>The ML.NET engine of this program.</summary>
/// <param name="MLNet">Its version.</param>
internal sealed record EngineStatus(string MLNet);

/// <summary>The version that serves, in full.</summary>
internal sealed record ModelDetails
{
    /// <summary>Its name.</summary>
    public required string Version { get; init; }

    /// <summary>Since when it serves.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was trained.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Program that trained it.</summary>
    public required string Product { get; init; }

    /// <summary>Name of its model.</summary>
    public required string Model { get; init; }

    /// <summary>The model introducing itself in one line.</summary>
    public required string Description { get; init; }

    /// <summary>Equal for equal models, whenever they were made.</summary>
    public required string ModelHash { get; init; }

    /// <summary>Everything before this day was learnt from.</summary>
    public required DateOnly Cutoff { get; init; }

    /// <summary>Days ahead that churn, purchases and spend speak of.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Options of the training run.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>What it was trained on.</summary>
    public required DataFingerprint Data { get; init; }

    /// <summary>Figures of every candidate on the holdout, naive rules included; null where it was trained to the end of the data.</summary>
    public required RaceReport? Evaluation { get; init; }

    /// <summary>Doubts about data and fits.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}
