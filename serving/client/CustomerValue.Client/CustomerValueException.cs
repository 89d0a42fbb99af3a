using System.Text.Json;

namespace CustomerValue.Client;

/// <summary>The service answered a call with a problem (RFC 9457).</summary>
public sealed class CustomerValueException : Exception
{
    private const string Unsaid = "about:blank";
    private const int MostShown = 200;

    private CustomerValueException(Problem problem, TimeSpan? retryAfter)
        : base($"{problem.Status} {problem.Title}{(problem.Detail is { } detail ? " " + detail : "")}") => (Problem, RetryAfter) = (problem, retryAfter);

    /// <summary>The problem as it came.</summary>
    public Problem Problem { get; }

    /// <summary>Names the kind of problem; stable. <c>about:blank</c> where something before the service answered.</summary>
    public string Type => Problem.Type;

    /// <summary>The last part of <see cref="Type"/>, such as <c>invalid-request</c>.</summary>
    public string Kind => Type[(Type.LastIndexOfAny(['/', ':']) + 1)..];

    /// <summary>The HTTP status.</summary>
    public int Status => Problem.Status;

    /// <summary>What is wrong by the path of the field in the request, <c>$</c> for the whole body; empty where no field is at fault.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors => Problem.Errors ?? new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>After how long the call may be sent again; null where the service does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    internal static async Task<CustomerValueException> OfAsync(HttpResponseMessage answer, TimeSpan? retryAfter, CancellationToken cancellation)
    {
        string text = await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        Problem? problem = null;
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
            try
            {
                problem = JsonSerializer.Deserialize(text, ClientJson.Default.Problem);
            }
            catch (JsonException)
            {
                // Told as it is.
            }
        return new CustomerValueException(problem ?? new Problem { Type = Unsaid, Title = answer.ReasonPhrase ?? "", Status = (int)answer.StatusCode, Detail = text.Length > MostShown ? text[..MostShown] + "..." : text }, retryAfter);
    }
}
