using CustomerValue.Data.Diagnostics;
using CustomerValue.Serving.Errors;

namespace CustomerValue.Serving.Jobs;

/// <summary>A job, as callers see it.</summary>
internal sealed record JobAnswer
{
    /// <summary>Names the job: <c>/v1/jobs/ID</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What is done: score, recommend or decide.</summary>
    public required string Verb { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobState State { get; init; }

    /// <summary>Name of the file with the transactions.</summary>
    public required string File { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When work on it began last.</summary>
    public required DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset? Finished { get; init; }

    /// <summary>When it goes with its result.</summary>
    public required DateTimeOffset? Expires { get; init; }

    /// <summary>The last step that is done, with what was counted and how long it took.</summary>
    public required string? Progress { get; init; }

    /// <summary>The version that answered: the champion when work began.</summary>
    public required string? ModelVersion { get; init; }

    /// <summary>First day of the forecast.</summary>
    public required DateOnly? AsOf { get; init; }

    /// <summary>Customers that the answer is about.</summary>
    public required int? Customers { get; init; }

    /// <summary>Doubts about the data.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Why it failed.</summary>
    public required Problem? Error { get; init; }

    /// <param name="job">The job.</param>
    /// <param name="kept">How long it stays after its end.</param>
    public static JobAnswer Of(Job job, TimeSpan kept) => new()
    {
        Id = job.Id,
        Verb = job.Verb,
        State = job.State,
        File = job.Transactions.Name,
        Created = job.Created,
        Started = job.Started,
        Finished = job.Finished,
        Expires = job.IsOver ? job.Finished + kept : null,
        Progress = job.Progress,
        ModelVersion = job.Counts?.ModelVersion,
        AsOf = job.Counts?.AsOf,
        Customers = job.Counts?.Customers,
        Findings = job.Findings,
        Error = job.Error,
    };
}

/// <summary>The jobs that there are.</summary>
/// <param name="Jobs">The jobs, the first given first.</param>
internal sealed record JobList(IReadOnlyList<JobAnswer> Jobs);
