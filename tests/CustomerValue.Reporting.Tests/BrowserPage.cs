using System.Text.Json;
using Microsoft.Playwright;

namespace CustomerValue.Reporting.Tests;

/// <summary>What a browser made of a page that was opened from disk.</summary>
/// <param name="Title">Text of the first-level heading.</param>
/// <param name="Headings">Texts of the second-level headings.</param>
/// <param name="Plots">The plots; empty without script.</param>
/// <param name="FitsTheWindow">Whether nothing sticks out at the side of a desk or a phone, with everything unfolded; true without script.</param>
/// <param name="Troubles">Console messages, script errors and requests to anywhere else.</param>
internal sealed record BrowserPage(string Title, IReadOnlyList<string> Headings, IReadOnlyList<BrowserPage.Plot> Plots, bool FitsTheWindow, IReadOnlyList<string> Troubles)
{
    private static readonly string[] s_arguments =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private const string PlotsScript = """
        () => [...document.querySelectorAll('figure.plot')].map(figure => {
          const picture = figure.querySelector('svg, .bars'), frame = picture.getBoundingClientRect(), outer = figure.getBoundingClientRect();
          const marks = [...figure.querySelectorAll('svg path:not(.ground)')].filter(path => { const box = path.getBBox(); return box.width + box.height > 20; });
          return { width: frame.width, height: frame.height, marks: marks.length + figure.querySelectorAll('.interval .span').length, texts: figure.querySelectorAll('.canvas span, .told').length, inside: frame.right <= outer.right + 1 };
        })
        """;

    public static async Task<BrowserPage> OpenAsync(string html, bool script = true)
    {
        string program = Chromium.Program();
        string path = Path.Combine(Directory.CreateTempSubdirectory("page-").FullName, "page.html");
        await File.WriteAllTextAsync(path, html);
        try
        {
            using IPlaywright playwright = await Playwright.CreateAsync();
            await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = s_arguments });
            IPage page = await (await browser.NewContextAsync(new() { JavaScriptEnabled = script, ViewportSize = new() { Width = 1440, Height = 1000 } })).NewPageAsync();
            List<string> troubles = [];
            page.Console += (_, message) => troubles.Add($"{message.Type}: {message.Text}");
            page.PageError += (_, error) => troubles.Add(error);
            page.Request += (_, request) =>
            {
                if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                    troubles.Add($"asked for {request.Url}");
            };
            await page.GotoAsync(new Uri(path).AbsoluteUri);
            return new BrowserPage(
                await page.Locator("h1").InnerTextAsync(),
                await page.Locator("h2").AllInnerTextsAsync(),
                script ? (await page.EvaluateAsync<JsonElement>(PlotsScript)).Deserialize<Plot[]>(JsonSerializerOptions.Web)! : [],
                !script || (await FitsAsync(page, 1440) && await FitsAsync(page, 390)),
                troubles);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    private static async Task<bool> FitsAsync(IPage page, int width)
    {
        await page.SetViewportSizeAsync(width, 1000);
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(fold => fold.open = true)");
        return await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth");
    }

    /// <summary>A plot as drawn, in pixels.</summary>
    internal sealed record Plot(double Width, double Height, int Marks, int Texts, bool Inside);
}
