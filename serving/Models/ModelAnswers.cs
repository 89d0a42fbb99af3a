using System.Text.Json.Serialization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Store;

namespace CustomerValue.Serving.Models;

/// <summary>The versions of the store.</summary>
/// <param name="Champion">The version that is promoted; null where none is.</param>
/// <param name="Serving">The version that answers; another than the champion only while it loads or after it was refused.</param>
/// <param name="MLNet">Version of ML.NET in this program.</param>
/// <param name="Models">Every version, newest first.</param>
internal sealed record ModelList(string? Champion, string? Serving, [property: JsonPropertyName("ml_net")] string MLNet, IReadOnlyList<ModelSummary> Models);

/// <summary>The ML.NET engine of this program.</summary>
/// <param name="MLNet">Its version.</param>
internal sealed record EngineStatus(string MLNet);

/// <summary>One version.</summary>
/// <param name="Version">Its name.</param>
/// <param name="IsChampion">Whether it is promoted.</param>
/// <param name="Created">When it was trained; null where the version is damaged.</param>
/// <param name="Model">Name of its model.</param>
/// <param name="Description">The model introducing itself in one line.</param>
/// <param name="Cutoff">Everything before this day was learnt from.</param>
/// <param name="HorizonDays">Days ahead that churn, purchases and spend speak of.</param>
/// <param name="Customers">Customers it was trained on.</param>
/// <param name="Metrics">Its figures on the holdout; null where it was trained to the end of the data.</param>
/// <param name="Problem">Why the version cannot be used; null where it can.</param>
internal sealed record ModelSummary(
    string Version,
    bool IsChampion,
    DateTimeOffset? Created,
    string? Model,
    string? Description,
    DateOnly? Cutoff,
    int? HorizonDays,
    int? Customers,
    CandidateReport? Metrics,
    string? Problem);

/// <summary>The version that serves, in full.</summary>
/// <param name="Version">Its name.</param>
/// <param name="Since">Since when it serves.</param>
/// <param name="Created">When it was trained.</param>
/// <param name="Product">Program that trained it.</param>
/// <param name="Model">Name of its model.</param>
/// <param name="Description">The model introducing itself in one line.</param>
/// <param name="ModelHash">Equal for equal models, whenever they were made.</param>
/// <param name="Cutoff">Everything before this day was learnt from.</param>
/// <param name="HorizonDays">Days ahead that churn, purchases and spend speak of.</param>
/// <param name="Options">Options of the training run.</param>
/// <param name="Data">What it was trained on.</param>
/// <param name="Evaluation">Figures of every candidate on the holdout, naive rules included; null where it was trained to the end of the data.</param>
/// <param name="Findings">Doubts about data and fits.</param>
internal sealed record ModelDetails(
    string Version,
    DateTimeOffset Since,
    DateTimeOffset Created,
    string Product,
    string Model,
    string Description,
    string ModelHash,
    DateOnly Cutoff,
    int HorizonDays,
    IReadOnlyDictionary<string, string> Options,
    DataFingerprint Data,
    RaceReport? Evaluation,
    IReadOnlyList<Finding> Findings);
