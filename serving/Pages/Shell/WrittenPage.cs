using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerValue.Serving.Pages.Shell;

/// <summary>A page that is one file: a report, a result, visit sheets.</summary>
internal static class WrittenPage
{
    /// <summary>It brings its own style and no script.</summary>
    private const string ContentPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

    public static FileContentHttpResult Send(HttpContext context, string page) => Send(context, Encoding.UTF8.GetBytes(page));

    public static FileContentHttpResult Send(HttpContext context, byte[] page)
    {
        context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
        return TypedResults.Bytes(page, "text/html; charset=utf-8");
    }
}
