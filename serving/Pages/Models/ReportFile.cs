using CustomerValue.Models.Store;
using CustomerValue.Reporting.Report;
using CustomerValue.Serving.Pages.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerValue.Serving.Pages.Models;

/// <summary>The report of a version, as it was written when it was trained.</summary>
internal static class ReportFile
{
    public static FileContentHttpResult Send(HttpContext context, ModelStore store, string version) => WrittenPage.Send(context, store.Open(version).Read(ReportHtml.FileName));
}
