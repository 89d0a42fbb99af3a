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

/// <summary>What is tried after a change.</summary>
/// <param name="Challenger">The version that is named now; null for none.</param>
/// <param name="Loaded">The version that this service tries; another only where it refuses the challenger, which <c>/health/ready</c> explains.</param>
/// <param name="Before">The version that was named before; null where none was.</param>
internal sealed record ChallengeChange(string? Challenger, string? Loaded, string? Before);

/// <summary>The version that is tried against the champion.</summary>
internal sealed record ChallengerDetails
{
    /// <summary>Its name.</summary>
    public required string? Version { get; init; }

    /// <summary>Since when it is loaded here; null where it is not.</summary>
    public required DateTimeOffset? Loaded { get; init; }

    /// <summary>Why it is not loaded; null where it is.</summary>
    public required RefusedVersion? Refused { get; init; }

    /// <summary>Share of prediction calls that it is asked as well.</summary>
    public required double ShadowShare { get; init; }

    /// <summary>Share of customers whom it answers where a call is for one alone.</summary>
    public required double CanaryShare { get; init; }

    /// <summary>Calls for one customer that it was to answer.</summary>
    public required long Calls { get; init; }

    /// <summary>Those that it failed to; the champion answered.</summary>
    public required long Failures { get; init; }

    /// <summary>The last of them; null where there was none.</summary>
    public required FailedAnswer? LastFailure { get; init; }

    /// <summary>Calls that both answered.</summary>
    public required long ComparedCalls { get; init; }

    /// <summary>By how much its mean churn probability lies above the champion's over those calls.</summary>
    public required double ChurnShift { get; init; }

    /// <summary>How far its answers lie from the champion's; null where none were compared.</summary>
    public required ComparedAnswers? Differences { get; init; }
}

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

    /// <summary>Calls that it was asked here since then.</summary>
    public required long Calls { get; init; }

    /// <summary>Those that it failed to answer.</summary>
    public required long Failures { get; init; }

    /// <summary>The last of them; null where there was none.</summary>
    public required FailedAnswer? LastFailure { get; init; }

    /// <summary>The version that was promoted and refused last; null where none was.</summary>
    public required RefusedVersion? Refused { get; init; }

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

    /// <summary>What lifetime values said a year before the cutoff, and what came, or why that is not known; null in versions that are older than this.</summary>
    public required LifetimeBacktest? LifetimeBacktest { get; init; }

    /// <summary>Doubts about data and fits.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}
