using CustomerValue.Reporting.Figures;
using CustomerValue.Reporting.Rendering;

namespace CustomerValue.Reporting.Report;

/// <summary>The report as one HTML file: no script, no request, prints on A4.</summary>
public static class ReportHtml
{
    /// <summary>Name of the file in a version's folder.</summary>
    public const string FileName = "report.html";

    /// <summary>Draws the report.</summary>
    public static string Render(ReportData report) => StaticPage.Render<ReportPage>(new Dictionary<string, object?> { [nameof(ReportPage.Report)] = report });
}
