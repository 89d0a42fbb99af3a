using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Json;

namespace CustomerValue.Serving.Jobs;

/// <summary>Problems of jobs.</summary>
internal static class JobProblems
{
    public static Problem Unknown(string id) => new()
    {
        Type = Problems.Prefix + "unknown-job",
        Title = "There is no such job.",
        Status = StatusCodes.Status404NotFound,
        Detail = $"Found no job '{Excerpt.Of(id)}'; GET /v1/jobs lists them. A job goes some days after its end, and when a customer is erased.",
    };

    public static Problem NoResult(JobState state) => new()
    {
        Type = Problems.Prefix + "no-result",
        Title = "The job has no result.",
        Status = StatusCodes.Status409Conflict,
        Detail = state is JobState.Queued or JobState.Running
            ? "The job has not come to its end yet; ask GET /v1/jobs/{id} until its state is done."
            : $"The job is {state.ToString().ToLowerInvariant()}, expected one that is done; its error says why. Give it again.",
    };

    /// <param name="status">Whose fault it was.</param>
    /// <param name="why">What the program said.</param>
    public static Problem Failed(int status, string why) => new()
    {
        Type = Problems.Prefix + "job-failed",
        Title = "The job came to no result.",
        Status = status,
        Detail = why,
    };

    /// <param name="found">The content type.</param>
    public static Problem OtherBody(string found) => new()
    {
        Type = Problems.Prefix + "unsupported-media-type",
        Title = "The body is of a kind that this service does not read.",
        Status = StatusCodes.Status415UnsupportedMediaType,
        Detail = $"Found content type '{found}', expected multipart/form-data with a field file, or application/json with a path.",
    };

    /// <param name="why">What the system said, without the place on this machine.</param>
    public static Problem NotKept(string why) => new()
    {
        Type = Problems.Prefix + "file-not-kept",
        Title = "The file cannot be kept.",
        Status = StatusCodes.Status507InsufficientStorage,
        Detail = $"The store of this service took no more: {why.TrimEnd('.')}. Nothing was kept. Free space there (ended jobs can be deleted), or name a file below a folder of Jobs:Folders by its path.",
    };

    public static Problem TooLarge(long most) => Problems.TooLarge("file", $"found more than {most} bytes, expected no more in one file; pack it (gzip, zip, zstd), or name a file below a folder of Jobs:Folders by its path.");
}
