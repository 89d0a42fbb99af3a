using CustomerValue.Reporting.Rendering;

namespace CustomerValue.Reporting.Portfolio;

/// <summary>The portfolio report as one HTML file: no script, no request, prints on A4.</summary>
public static class PortfolioHtml
{
    /// <summary>Draws the report.</summary>
    public static string Render(PortfolioReport report) => StaticPage.Render<PortfolioPage>(new Dictionary<string, object?> { [nameof(PortfolioPage.Report)] = report });
}
