using CustomerValue.Serving.Errors;

namespace CustomerValue.Serving.Decisions;

/// <summary>Problems of deciding.</summary>
internal static class DecisionProblems
{
    public static Problem NoPlaybook(string modelVersion) => new()
    {
        Type = Problems.Prefix + "no-playbook",
        Title = "The version that serves carries no playbook.",
        Status = StatusCodes.Status409Conflict,
        Detail = $"Version {modelVersion} was trained before playbooks travelled with versions, so it does not say what actions there are and what a new customer is worth. Train again and promote the new version; predictions and recommendations are answered meanwhile.",
    };

    public static Problem BookWithoutBasis(string modelVersion) => new()
    {
        Type = Problems.Prefix + "book-without-basis",
        Title = "The customer book lacks what decisions need.",
        Status = StatusCodes.Status409Conflict,
        Detail = $"The customers of version {modelVersion} were scored without values, or before expected margins were kept with them. Run score, or train again, which writes the book anew.",
    };
}
