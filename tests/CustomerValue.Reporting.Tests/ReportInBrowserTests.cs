using System.Text.Json;
using CustomerValue.Reporting.Report;
using Microsoft.Playwright;

namespace CustomerValue.Reporting.Tests;

/// <summary>The report as a browser shows it, opened from disk.</summary>
public sealed class ReportInBrowserTests
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] s_arguments =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private const string PlotsScript = """
        () => [...document.querySelectorAll('figure.plot')].map(figure => {
          const svg = [...figure.querySelectorAll('.picture svg')].sort((a, b) => b.getBoundingClientRect().width - a.getBoundingClientRect().width)[0];
          const marks = [...svg.querySelectorAll('[class*="-series"] path')].map(path => path.getBBox());
          const frame = svg.getBoundingClientRect(), outer = figure.getBoundingClientRect();
          return { width: frame.width, height: frame.height, marks: marks.filter(box => box.width + box.height > 20).length, texts: svg.querySelectorAll('text').length, inside: frame.right <= outer.right + 1 };
        })
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_report_opens_from_disk_without_errors_requests_or_empty_plots(bool script)
    {
        SkipWithoutBrowser();
        string path = Path.Combine(Directory.CreateTempSubdirectory("report-").FullName, ReportHtml.FileName);
        await File.WriteAllTextAsync(path, ReportHtml.Render(Reports.Measured));
        try
        {
            using IPlaywright playwright = await Playwright.CreateAsync();
            await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = s_arguments });
            IPage page = await (await browser.NewContextAsync(new() { JavaScriptEnabled = script, ViewportSize = new() { Width = 820, Height = 1000 } })).NewPageAsync();
            List<string> troubles = [];
            page.Console += (_, message) => troubles.Add($"{message.Type}: {message.Text}");
            page.PageError += (_, error) => troubles.Add(error);
            page.Request += (_, request) =>
            {
                if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                    troubles.Add($"asked for {request.Url}");
            };

            await page.GotoAsync(new Uri(path).AbsoluteUri);

            (await page.Locator("h1").InnerTextAsync()).Should().Be(Reports.Measured.Headline.Sentence);
            (await page.Locator("h2").AllInnerTextsAsync()).Should().StartWith(["Data and findings", "Candidates", "Calibration of churn", "Lift and gain", "Spend by tenth of customers", "Repeat purchases a week", "Errors by segment"]);
            if (script)
            {
                Plot[] plots = (await page.EvaluateAsync<JsonElement>(PlotsScript)).Deserialize<Plot[]>(JsonSerializerOptions.Web)!;
                plots.Should().HaveCount(8).And.OnlyContain(plot => plot.Width > 200 && plot.Height > 100 && plot.Marks > 0 && plot.Texts > 4 && plot.Inside);
                (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth")).Should().BeTrue("nothing sticks out at the side");
            }
            troubles.Should().BeEmpty();
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    private static void SkipWithoutBrowser()
    {
        if (File.Exists(Chromium))
            return;
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", $"{Chromium} is absent: install Chromium to open the report in a browser.");
        Assert.Fail($"{Chromium} is absent, and CI=true asks for every test.");
    }

    private sealed record Plot(double Width, double Height, int Marks, int Texts, bool Inside);
}
