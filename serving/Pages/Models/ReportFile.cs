using CustomerValue.Models.Store;
using CustomerValue.Reporting.Report;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerValue.Serving.Pages.Models;

/// <summary>The report of a version, as it was written when it was trained.</summary>
internal static class ReportFile
{
    /// <summary>A report brings its own style and no script.</summary>
    private const string ContentPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

    public static FileContentHttpResult Send(HttpContext context, ModelStore store, string version)
    {
        context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
        return TypedResults.Bytes(store.Open(version).Read(ReportHtml.FileName), "text/html; charset=utf-8");
    }
}
