using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Json;

namespace CustomerValue.Serving.Models;

/// <summary>Problems of the model that serves.</summary>
internal static class ModelProblems
{
    public static Problem UnknownVersion(string version) => new()
    {
        Type = Problems.Prefix + "unknown-version",
        Title = "The store has no such version.",
        Status = StatusCodes.Status404NotFound,
        Detail = $"Found no version '{Excerpt.Of(version)}' in the store; GET /v1/models lists them.",
    };

    /// <param name="reason">What is wrong with it, and the way out.</param>
    public static Problem VersionRefused(string reason) => new()
    {
        Type = Problems.Prefix + "version-refused",
        Title = "The version cannot serve; the one before goes on.",
        Status = StatusCodes.Status409Conflict,
        Detail = reason,
    };

    public static Problem NoChallenger() => new()
    {
        Type = Problems.Prefix + "no-challenger",
        Title = "No version is tried against the champion.",
        Status = StatusCodes.Status404NotFound,
        Detail = "The store names no challenger. POST /v1/models/{version}/challenge names one, and so does the verb models challenge.",
    };

    public static Problem NoChampion(Readiness readiness) => new()
    {
        Type = Problems.Prefix + "no-champion",
        Title = "No model serves yet.",
        Status = StatusCodes.Status503ServiceUnavailable,
        Detail = readiness.Refused is { } refused
            ? $"Version {refused.Version} was promoted, but refused: {refused.Reason}"
            : "The store has no champion. Run train, or promote a version with models promote; this service notices within 2 seconds.",
        Extensions = new Dictionary<string, object?> { ["readiness"] = readiness },
    };
}
