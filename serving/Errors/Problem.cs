using System.Text.Json.Serialization;

namespace CustomerValue.Serving.Errors;

/// <summary>Why a call failed (RFC 9457).</summary>
internal sealed class Problem
{
    /// <summary>Names the kind of problem; stable, <c>urn:customer-value:problem:KIND</c>. The page <c>/problems/KIND</c> explains it.</summary>
    /// <example>urn:customer-value:problem:invalid-request</example>
    public required string Type { get; init; }

    /// <summary>The kind in words.</summary>
    /// <example>The request cannot be answered as it is.</example>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    /// <example>422</example>
    public required int Status { get; init; }

    /// <summary>What is wrong this time, and the way out.</summary>
    public string? Detail { get; init; }

    /// <summary>What is wrong by the path of the field in the request; <c>$</c> is the whole body.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Identifies the call in the log.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    /// <summary>What else belongs to this kind of problem, as members beside the others: <c>readiness</c> where no model serves.</summary>
    [JsonExtensionData]
    public IDictionary<string, object?>? Extensions { get; set; }
}
