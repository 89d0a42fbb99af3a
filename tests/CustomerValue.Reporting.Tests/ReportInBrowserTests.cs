using CustomerValue.Reporting.Report;

namespace CustomerValue.Reporting.Tests;

/// <summary>The report as a browser shows it, opened from disk.</summary>
public sealed class ReportInBrowserTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_report_opens_from_disk_without_errors_requests_or_empty_plots(bool script)
    {
        BrowserPage page = await BrowserPage.OpenAsync(ReportHtml.Render(Reports.Measured), script);

        page.Title.Should().Be(Reports.Measured.Headline.Sentence);
        page.Headings.Should().StartWith(["Data and findings", "Candidates", "Calibration of churn", "Lift and gain", "Spend by tenth of customers", "Repeat purchases a week", "Errors by segment"]);
        page.Plots.Should().HaveCount(script ? 8 : 0);
        page.Plots.Should().NotContain(plot => !(plot.Width > 200 && plot.Height > 100 && plot.Marks > 0 && plot.Texts > 4 && plot.Inside));
        page.FitsTheWindow.Should().BeTrue("nothing sticks out at the side");
        page.Troubles.Should().BeEmpty();
    }
}
