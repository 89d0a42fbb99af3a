using CustomerValue.Serving.Answers;
using CustomerValue.Serving.Json;

namespace CustomerValue.Serving.Errors;

/// <summary>The kinds of problems, each with its status and stable name; docs/http.md lists them.</summary>
internal static class Problems
{
    /// <summary>What every kind begins with.</summary>
    public const string Prefix = "urn:customer-value:problem:";

    /// <summary>The body is no JSON, or not of the documented form.</summary>
    public static Problem Malformed(string path, string message) => new()
    {
        Type = Prefix + "malformed-request",
        Title = "The request body cannot be read.",
        Status = StatusCodes.Status400BadRequest,
        Detail = $"{path}: {message}",
        Errors = new Dictionary<string, string[]> { [path] = [message] },
    };

    /// <summary>The body is readable, but what it asks makes no sense.</summary>
    public static Problem Invalid(IReadOnlyDictionary<string, string[]> errors) => new()
    {
        Type = Prefix + "invalid-request",
        Title = "The request cannot be answered as it is.",
        Status = StatusCodes.Status422UnprocessableEntity,
        Detail = errors.First() is var (path, messages) && errors.Count == 1 ? $"{path}: {messages[0]}" : $"{errors.Count} fields are wrong, among them {path}: {messages[0]}",
        Errors = errors,
    };

    public static Problem TooLarge(string path, string message) => new()
    {
        Type = Prefix + "too-large",
        Title = "The request is larger than this service takes in one call.",
        Status = StatusCodes.Status413PayloadTooLarge,
        Detail = $"{path}: {message}",
        Errors = new Dictionary<string, string[]> { [path] = [message] },
    };

    public static Problem Unavailable(string detail) => new()
    {
        Type = Prefix + "unavailable",
        Title = "Something that this service depends on cannot be used.",
        Status = StatusCodes.Status503ServiceUnavailable,
        Detail = detail,
    };

    /// <summary>The program was told to end.</summary>
    public static Problem Draining => new()
    {
        Type = Prefix + "draining",
        Title = "This service is about to end.",
        Status = StatusCodes.Status503ServiceUnavailable,
        Detail = "The program was told to end and takes no more calls. Send the call again; another instance answers, or this one once it is back.",
    };

    public static Problem Bug(string traceId) => new()
    {
        Type = Prefix + "internal",
        Title = "This service failed.",
        Status = StatusCodes.Status500InternalServerError,
        Detail = "The failure is in the log under the trace id; please report it.",
        TraceId = traceId,
    };

    /// <summary>For answers of the framework, which have a status and no body.</summary>
    public static Problem OfStatus(HttpContext context, string? detail = null)
    {
        HttpRequest request = context.Request;
        string call = Excerpt.Of($"{request.Method} {request.Path}");
        return context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Of("unknown-route", "There is nothing here.", $"{call} is no route of this service; /openapi/v1.json lists them."),
            StatusCodes.Status405MethodNotAllowed => Of("wrong-method", "The route knows other methods.", $"{call} is not possible; expected {context.Response.Headers.Allow}."),
            StatusCodes.Status413PayloadTooLarge => Of("too-large", "The request is larger than this service takes in one call.", detail ?? "Send fewer customers in one call, or raise Predictions:MaxBodyBytes."),
            StatusCodes.Status415UnsupportedMediaType => Of("unsupported-media-type", "The body is of a kind that this service does not read.", $"Found content type '{Excerpt.Of(request.ContentType ?? "")}', expected application/json in UTF-8."),
            int status => Of($"status-{status}", Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status), detail),
        };

        Problem Of(string kind, string title, string? text) => new() { Type = Prefix + kind, Title = title, Status = context.Response.StatusCode, Detail = text };
    }

    /// <summary>Writes a problem as the answer. A caller who leaves meanwhile is no error: without a token of ours the framework passes its own and says nothing of it.</summary>
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        context.RequestServices.GetRequiredService<ProblemMeter>().Count(problem);
        context.Response.StatusCode = problem.Status;
        AnswerHeaders.Set(context.Response);
        context.Response.Headers.Link = $"<{ProblemKind.Place}/{ProblemKind.Of(problem)}>; rel=\"help\"";
        if (problem.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
            context.Response.Headers.RetryAfter = problem.Status == StatusCodes.Status429TooManyRequests ? "1" : "2";
        await context.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json");
    }
}
