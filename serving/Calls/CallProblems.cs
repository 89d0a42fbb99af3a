using CustomerValue.Serving.Errors;

namespace CustomerValue.Serving.Calls;

/// <summary>Problems of taking calls in.</summary>
internal static class CallProblems
{
    public static Problem Busy(string why) => new()
    {
        Type = Problems.Prefix + "busy",
        Title = "This service has more to do than it can.",
        Status = StatusCodes.Status429TooManyRequests,
        Detail = $"{why} Nothing was done for this call; send it again after the seconds that Retry-After names.",
    };

    public static Problem TooSlow(int seconds) => new()
    {
        Type = Problems.Prefix + "too-slow",
        Title = "The body did not come in time.",
        Status = StatusCodes.Status408RequestTimeout,
        Detail = $"Found an unfinished body after {seconds} seconds, expected all of it by then; send it faster, in smaller calls, or raise Calls:BodySeconds.",
    };
}
