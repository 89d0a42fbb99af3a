using CustomerValue.Reporting.Visits;
using CustomerValue.Serving.Customers;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Pages.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerValue.Serving.Pages.Contacts;

/// <summary>Today's list as visit sheets to print.</summary>
internal static class SheetsFile
{
    public static async Task<FileContentHttpResult> SendAsync(HttpContext context, ContactDesk desk, string? owner, CancellationToken cancellation)
    {
        VisitSheets sheets = await desk.SheetsAsync(string.IsNullOrEmpty(owner) ? null : owner, new PageScope(context).Language, cancellation) ?? throw new ProblemException(CustomerProblems.NoBook());
        await CsvDownload.RecordAsync(context, "visit sheets", $"{sheets.Sheets.Count} customers");
        return WrittenPage.Send(context, sheets.Render());
    }
}
