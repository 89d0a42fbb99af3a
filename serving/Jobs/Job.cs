using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Serving.Errors;

namespace CustomerValue.Serving.Jobs;

/// <summary>Where a job stands.</summary>
internal enum JobState
{
    /// <summary>It waits for those before it.</summary>
    Queued,

    /// <summary>It is worked on.</summary>
    Running,

    /// <summary>Its result can be taken.</summary>
    Done,

    /// <summary>It came to no result.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,
}

/// <summary>A file that a job reads.</summary>
/// <param name="Name">Its name, as people know it.</param>
/// <param name="Path">Where it lies on this machine; null where it was sent and lies in the job's folder.</param>
internal sealed record JobInput(string Name, string? Path);

/// <summary>A job, as it is written down in its folder.</summary>
internal sealed record Job
{
    /// <summary>Names the job.</summary>
    public required string Id { get; init; }

    /// <summary>What is done: a verb of the command line.</summary>
    public required string Verb { get; init; }

    /// <summary>Where it stands.</summary>
    public JobState State { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When work on it began last.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>How often work on it began and was broken off by the service's end.</summary>
    public int Broken { get; init; }

    /// <summary>The transactions.</summary>
    public required JobInput Transactions { get; init; }

    /// <summary>A second file, with a row a customer.</summary>
    public JobInput? Attributes { get; init; }

    /// <summary>What the verb is told beyond the files.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The last step that is done, with what was counted and how long it took.</summary>
    public string? Progress { get; init; }

    /// <summary>What came of it.</summary>
    public JobCounts? Counts { get; init; }

    /// <summary>Doubts about the data.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Why it failed.</summary>
    public Problem? Error { get; init; }

    [JsonIgnore]
    public bool IsOver => State is JobState.Done or JobState.Failed or JobState.Cancelled;
}

/// <summary>What came of a job.</summary>
/// <param name="ModelVersion">The version that answered: the champion when work began.</param>
/// <param name="AsOf">First day of the forecast.</param>
/// <param name="Customers">Customers that the answer is about.</param>
internal sealed record JobCounts(string ModelVersion, DateOnly AsOf, int Customers);

/// <summary>JSON of the file in a job's folder, and of what the program answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(LowerCase<JobState>), typeof(LowerCase<Severity>)])]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(ProgramAnswer))]
internal sealed partial class JobJson : JsonSerializerContext;

/// <summary>Enumerations as words.</summary>
internal sealed class LowerCase<TWord>() : JsonStringEnumConverter<TWord>(JsonNamingPolicy.KebabCaseLower) where TWord : struct, Enum;
