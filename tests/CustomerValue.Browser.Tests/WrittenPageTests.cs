using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CustomerValue.Browser.Tests;

/// <summary>The pages that the console app writes, opened from disk: reachable for everyone with all folds open, on a desk and a phone, light and dark.</summary>
public sealed class WrittenPageTests(Shop shop)
{
    private static readonly Window[] s_windows = [new(1440), new(1440, Dark: true), new(390), new(390, Dark: true)];

    [Theory]
    [InlineData("report")]
    [InlineData("portfolio")]
    [InlineData("plan")]
    public async Task A_written_page_is_accessible_fits_its_window_and_asks_for_nothing(string name)
    {
        string file = await shop.WrittenAsync(name);
        foreach (Window window in s_windows)
        {
            IPage page = await shop.OpenAsync("/health/live", window);
            List<string> asked = [];
            page.Request += (_, request) => { if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) asked.Add(request.Url); };
            await page.GotoAsync(new Uri(file).AbsoluteUri);
            await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(fold => fold.open = true)");

            await page.ScreenshotAsync(new() { Path = Path.Combine(Shop.Screenshots, $"written-{name}-{window}.png"), FullPage = true });
            AxeResult found = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
            found.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => $"{violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Select(node => node.Html).Take(3))}")
                .Should().BeEmpty("{0} in {1}", name, window);
            (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth")).Should().BeTrue("{0} in {1} has nothing beside the window", name, window);
            (await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor")).Should().Be(window.Dark ? "rgb(20, 25, 29)" : "rgb(251, 252, 253)");
            asked.Should().BeEmpty();
            await page.Context.CloseAsync();
        }
    }
}
