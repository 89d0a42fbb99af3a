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

        page.Title.Should().Be(Reports.Measured.Grade.Meaning);
        page.Headings.Should().StartWith(["What to know first", "When it says 80 %, does it happen 80 % of the time?", "How much is reached with how few", "Repeat purchases a week", "Spend a customer, expected and come", "The race"]);
        page.Plots.Should().HaveCount(script ? 6 : 0);
        page.Plots.Should().NotContain(plot => !(plot.Width > 200 && plot.Height > 100 && plot.Marks > 0 && plot.Texts > 4 && plot.Inside));
        page.FitsTheWindow.Should().BeTrue("nothing sticks out at the side");
        page.Troubles.Should().BeEmpty();
    }

    [Fact]
    public async Task What_lifetime_values_said_is_drawn_beside_what_came()
    {
        BrowserPage page = await BrowserPage.OpenAsync(ReportHtml.Render(Reports.LookedBack), script: true);

        page.Headings.Should().ContainInOrder("Spend a customer, expected and come", "What lifetime values said a year ago, and what came", "The race");
        page.Plots.Should().HaveCount(7).And.NotContain(plot => !(plot.Width > 200 && plot.Height > 100 && plot.Marks > 0 && plot.Texts > 4 && plot.Inside));
        page.FitsTheWindow.Should().BeTrue("nothing sticks out at the side");
        page.Troubles.Should().BeEmpty();
    }
}
