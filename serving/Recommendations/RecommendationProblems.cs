using CustomerValue.Serving.Errors;

namespace CustomerValue.Serving.Recommendations;

/// <summary>Problems of recommending.</summary>
internal static class RecommendationProblems
{
    public static Problem NoStrategy(string modelVersion) => new()
    {
        Type = Problems.Prefix + "no-strategy",
        Title = "The version that serves carries no strategy.",
        Status = StatusCodes.Status409Conflict,
        Detail = $"Version {modelVersion} was trained before strategy travelled with versions, so it has no lines and no scorecard to recommend by. Train again and promote the new version; predictions are answered meanwhile.",
    };
}
