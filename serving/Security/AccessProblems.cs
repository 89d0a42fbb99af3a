using CustomerValue.Serving.Errors;

namespace CustomerValue.Serving.Security;

/// <summary>Problems of who calls.</summary>
internal static class AccessProblems
{
    public static Problem OtherSite { get; } = new()
    {
        Type = Problems.Prefix + "other-site",
        Title = "A page of another site asked for this.",
        Status = StatusCodes.Status403Forbidden,
        Detail = "Found a call that a browser makes for a page of another origin, expected one of this service's own pages or of a program. Send it from a program, with a key where one is needed.",
    };
}
