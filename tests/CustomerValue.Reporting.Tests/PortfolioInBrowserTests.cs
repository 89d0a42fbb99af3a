using CustomerValue.Reporting.Portfolio;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Reporting.Tests;

/// <summary>The portfolio report as a browser shows it, opened from disk.</summary>
public sealed class PortfolioInBrowserTests
{
    [Theory]
    [InlineData(Language.English, "What to know first")]
    [InlineData(Language.Chinese, "首先要知道")]
    public async Task The_page_opens_from_disk_without_errors_requests_or_empty_plots(Language language, string heading)
    {
        BrowserPage page = await BrowserPage.OpenAsync(PortfolioHtml.Render(PortfolioReports.Full with { Language = language }));

        page.Headings.Should().HaveCount(17).And.StartWith(heading);
        page.Plots.Should().HaveCount(5).And.OnlyContain(plot => plot.Width > 200 && plot.Height > 100 && plot.Marks > 0 && plot.Texts > 4 && plot.Inside);
        page.FitsTheWindow.Should().BeTrue("nothing sticks out at the side");
        page.Troubles.Should().BeEmpty();
    }
}
