namespace CustomerValue.Serving.Answers;

/// <summary>Headers of every answer: none is kept by caches (it may speak of a customer) unless its route says so, taken for another type, shown in a frame or told to other sites.</summary>
internal static class AnswerHeaders
{
    private const string NoStore = "no-store", NoSniff = "nosniff", NoReferrer = "no-referrer", NothingEmbedded = "default-src 'none'; frame-ancestors 'none'";

    public static void UseAnswerHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        Set(context.Response);
        return next(context);
    });

    /// <summary>Sets them; also after an error took them away with the rest of a half-made answer.</summary>
    public static void Set(HttpResponse response)
    {
        response.Headers.CacheControl = NoStore;
        response.Headers.XContentTypeOptions = NoSniff;
        response.Headers["Referrer-Policy"] = NoReferrer;
        response.Headers.ContentSecurityPolicy = NothingEmbedded;
    }
}
