using CustomerValue.Serving.Errors;

namespace CustomerValue.Serving.Models;

/// <summary>Problems of the model that serves.</summary>
internal static class ModelProblems
{
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
