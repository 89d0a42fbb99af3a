using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CustomerValue.Serving.Predictions;

/// <summary>Reads the body of a call that brings histories; what cannot be read is named by its path.</summary>
internal static class PredictionBody
{
    /// <summary>Bodies up to this size, which lie in one piece as a rule, are awaited whole and parsed in one go.</summary>
    private const int SmallBytes = 1 << 12;

    private const byte FirstByteOfMark = 0xEF;

    /// <exception cref="ProblemException">The body is not JSON in UTF-8 of the documented form.</exception>
    public static async Task<TRequest> ReadAsync<TRequest>(HttpRequest request, int maxBytes, CancellationToken cancellation) where TRequest : PredictionRequest
    {
        JsonTypeInfo<TRequest> form = (JsonTypeInfo<TRequest>)request.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions.GetTypeInfo(typeof(TRequest));
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
            return body ?? throw new ProblemException(Problems.Malformed("$", $"found null, expected {BodyFault.WholeBody}."));
        }
        catch (JsonException error)
        {
            throw new ProblemException(Problems.Malformed(FieldPath(error.Path), BodyFault.Explain(error, form)));
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
        _ when path.StartsWith("$.", StringComparison.Ordinal) => Excerpt.Of(path[2..]),
        _ => Excerpt.Of(path),
    };
}
