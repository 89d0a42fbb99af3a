using CustomerValue.Serving.Errors;

namespace CustomerValue.Serving.Idempotency;

/// <summary>Problems of calls that name themselves by a key.</summary>
internal static class IdempotencyProblems
{
    public static Problem Reused { get; } = new()
    {
        Type = Problems.Prefix + "idempotency-key-reused",
        Title = "The Idempotency-Key belongs to another call.",
        Status = StatusCodes.Status422UnprocessableEntity,
        Detail = $"Found an {IdempotencyKeys.Header} under which this caller sent something else within the last {IdempotencyKeys.Kept.TotalHours} hours, expected a key of its own for each call; nothing was done. Send the call with a new key, or as it was.",
        Errors = new Dictionary<string, string[]> { [IdempotencyKeys.Header] = ["found a key of another call, expected one of its own."] },
    };

    public static Problem NoKey { get; } = Problems.Invalid(new Dictionary<string, string[]> { [IdempotencyKeys.Header] = [$"expected 1 to {IdempotencyKeys.Longest} visible characters of ASCII, such as a UUID."] });
}
