using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace CustomerValue.Serving.Answers;

/// <summary>Names what an answer holds (<c>ETag</c>), so that who asks again is told in a few bytes that nothing changed (304).</summary>
/// <remarks>
/// The tag is of the answer's bytes, a strong one: neither a new book nor an erasure within it, a promotion nor a load that is over can leave an old tag in force, and several services before one store give
/// the same. It saves sending and reading, not looking up. That answers are not to be kept by caches (<see cref="AnswerHeaders"/>) does not forbid it: a program may hold what it asked for and ask whether that
/// still holds; what nobody in between may do is keep it.
/// </remarks>
internal static class EntityTags
{
    private const int TagBytes = 16;
    private const string AskFirst = "no-cache";

    /// <summary>Names the answers of a route.</summary>
    public static TBuilder Tagged<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new TaggedAttribute());

    public static void UseEntityTags(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<TaggedAttribute>() is null)
        {
            await next(context);
            return;
        }
        Stream body = context.Response.Body;
        using MemoryStream answer = new();
        context.Response.Body = answer;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }
        if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            EntityTagHeaderValue tag = new($"\"{Base64Url.EncodeToString(SHA256.HashData(answer.GetBuffer().AsSpan(0, (int)answer.Length)).AsSpan(0, TagBytes))}\"");
            context.Response.Headers.ETag = tag.ToString();
            if (context.GetEndpoint()?.Metadata.GetMetadata<OpenToCachesAttribute>() is not null)
                context.Response.Headers.CacheControl = AskFirst;
            if (IsKnown(context.Request, tag))
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                context.Response.ContentType = null;
                context.Response.ContentLength = null;
                return;
            }
        }
        context.Response.ContentLength = answer.Length;
        answer.Position = 0;
        await answer.CopyToAsync(body, context.RequestAborted);
    });

    /// <summary>RFC 9110, 13.1.2: any of the tags, compared weakly.</summary>
    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        request.Headers.IfNoneMatch is { Count: > 0 } sent && EntityTagHeaderValue.TryParseList([.. sent.OfType<string>()], out IList<EntityTagHeaderValue>? known) && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));
}

/// <summary>Answers of the route are everyone's: caches may keep them, and ask by their tag before they give them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OpenToCachesAttribute : Attribute;

/// <summary>Answers of the route carry a tag.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TaggedAttribute : Attribute;
