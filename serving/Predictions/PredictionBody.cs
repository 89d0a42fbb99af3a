using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerValue.Serving.Errors;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace CustomerValue.Serving.Predictions;

/// <summary>Reads the body of a call that brings histories; what cannot be read is named by its path.</summary>
internal static class PredictionBody
{
    /// <summary>Bodies up to this size, which lie in one piece as a rule, are awaited whole and parsed in one go.</summary>
    private const int SmallBytes = 1 << 12;

    private const byte FirstByteOfMark = 0xEF;

    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
        ["$"] = "an object like {\"as_of\":\"2024-02-28\",\"customers\":[...]}",
        ["customers"] = "an array of customers",
        ["customers[]"] = "an object with customer_id and transactions",
        ["transactions"] = "an array of transactions",
        ["transactions[]"] = "an object with date and amount",
        ["reasons"] = "a whole number from 0 to 20",
        ["attributes"] = "an object of names and values",
    };

    /// <exception cref="ProblemException">The body is not JSON in UTF-8 of the documented form.</exception>
    public static async Task<TRequest> ReadAsync<TRequest>(HttpRequest request, JsonTypeInfo<TRequest> form, int maxBytes, CancellationToken cancellation) where TRequest : PredictionRequest
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            request.HttpContext.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            throw new ProblemException(Problems.OfStatus(request.HttpContext));
        }
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maxBytes;
        try
        {
            (bool isRead, TRequest? body) = request.ContentLength is > 0 and <= SmallBytes and long length ? await ReadSmallAsync(request.BodyReader, form, (int)length, cancellation) : default;
            if (!isRead)
                body = await JsonSerializer.DeserializeAsync(request.BodyReader, form, cancellation);
            return body ?? throw new ProblemException(Problems.Malformed("$", $"found null, expected {s_expected["$"]}."));
        }
        catch (JsonException error)
        {
            string path = FieldPath(error.Path);
            throw new ProblemException(Problems.Malformed(path, Explain(error, path)));
        }
    }

    /// <summary>A body that lies in one piece; where it does not, nothing is consumed.</summary>
    private static async ValueTask<(bool IsRead, TRequest? Request)> ReadSmallAsync<TRequest>(PipeReader body, JsonTypeInfo<TRequest> form, int length, CancellationToken cancellation) where TRequest : PredictionRequest
    {
        ReadResult read = await body.ReadAtLeastAsync(length, cancellation);
        bool whole = read.Buffer.Length == length && read.Buffer.IsSingleSegment && read.Buffer.FirstSpan[0] != FirstByteOfMark;
        try
        {
            return (whole, whole ? JsonSerializer.Deserialize(read.Buffer.FirstSpan, form) : null);
        }
        finally
        {
            body.AdvanceTo(whole ? read.Buffer.End : read.Buffer.Start);
        }
    }

    /// <summary>The serializer's path without its root: <c>customers[3].transactions[0].amount</c>; <c>$</c> for the body itself.</summary>
    internal static string FieldPath(string? path) => path switch
    {
        null or "" or "$" => "$",
        _ when path.StartsWith("$.", StringComparison.Ordinal) => Problems.Shorten(path[2..]),
        _ => Problems.Shorten(path),
    };

    private static string Explain(JsonException error, string path)
    {
        string message = error.Message;
        int appended = message.IndexOf(" Path: ", StringComparison.Ordinal);
        if (appended >= 0)
            message = message[..appended];
        if (message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
            message = $"found a value of another kind, expected {Expected(path)}.";
        else if (message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
            message = "found an unknown member; check its spelling against /openapi/v1.json.";
        else if (message.StartsWith("Duplicate property", StringComparison.Ordinal))
            message = "found the member twice, expected it once.";
        return error.LineNumber is { } line && error.BytePositionInLine is { } position ? $"{message} (line {line + 1}, byte {position + 1})" : message;
    }

    private static string Expected(string path)
    {
        string last = path[(path.LastIndexOf('.') + 1)..];
        int index = last.IndexOf('[', StringComparison.Ordinal);
        return s_expected.GetValueOrDefault(index < 0 ? last : last[..index] + "[]", "another value; see /openapi/v1.json");
    }
}
