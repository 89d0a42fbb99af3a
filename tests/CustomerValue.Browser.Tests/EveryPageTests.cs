using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CustomerValue.Browser.Tests;

/// <summary>What holds on every page, whoever looks at it: it is reachable for everyone, fits its window, asks nobody else for anything, and says when and by which version its figures are.</summary>
public sealed class EveryPageTests(Shop shop)
{
    /// <summary>Pages by the name of their picture.</summary>
    private static readonly (string Name, string Path)[] s_pages =
    [
        ("today", "/"), ("map", "/map"), ("map-moved", "/map?current=50&potential=2000"), ("customers", "/customers"), ("customers-none", "/customers?search=nobody-has-this-id"),
        ("customers-wrong", "/customers?sort=height"), ("customers-columns", "/customers?columns=strategy,realised_value,headroom,next_step,spend_p10,spend_p90,next_purchase"), ("customers-no-column", "/customers?columns=height"), ("customer", "/customer?id=C000001"), ("customer-unknown", "/customer?id=nobody"), ("segments", "/segments?c0=stage&o0=%3D&v0=slipping&c1=potential_value&o1=%3E%3D&v1=100"), ("segments-wrong", "/segments?condition=potential_vale+%3E+3"), ("contacts", "/contacts"), ("model", "/model"), ("import", "/import"), ("decide", "/decide"), ("decide-beside", "/decide?budget=100&beside=300"), ("decide-too-little", "/decide?budget=0.001"), ("playbook", "/decide/playbook"),
        ("campaigns", "/campaigns"), ("campaign-new", "/campaigns/new"), ("campaign-drawn", "/campaigns/new?name=look&segment=churn_probability+%3E+0.2"), ("campaign-wrong", "/campaigns/new?name=look&segment=height+%3E+2"), ("campaign-unknown", "/campaign?name=nobody"),
        ("settings", "/settings"), ("api", "/api"), ("problems", "/problems"), ("problem", "/problems/busy"), ("sign-in", "/sign-in"), ("setup", "/setup"), ("not-there", "/no/such/page"),
    ];

    public static TheoryData<string> Names => [.. s_pages.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_is_accessible_fits_its_window_and_stays_at_home(string name)
    {
        string path = s_pages.Single(page => page.Name == name).Path;
        foreach (Window window in Window.All)
        {
            List<string> troubles = [];
            IPage page = await shop.OpenAsync("/health/live", window);
            page.Console += (_, message) => { if (message.Type == "error" && !message.Text.Contains("status of 4", StringComparison.Ordinal)) troubles.Add(message.Text); };
            page.PageError += (_, error) => troubles.Add(error);
            page.Request += (_, request) => { if (!request.Url.StartsWith(shop.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) troubles.Add($"asked for {request.Url}"); };
            await page.GotoAsync(path);

            await IsForEveryoneAsync(page, $"{name}-{window}");
            (await page.Locator("html").GetAttributeAsync("lang")).Should().Be(window.Chinese ? "zh" : "en");
            (await page.Locator("h1").CountAsync()).Should().Be(1);
            troubles.Should().BeEmpty("{0} in {1}", name, window);
            await page.Context.CloseAsync();
        }
    }

    /// <summary>Takes a picture of a page and looks whether everyone can use it.</summary>
    internal static async Task IsForEveryoneAsync(IPage page, string name)
    {
        await page.ScreenshotAsync(new() { Path = Path.Combine(Shop.Screenshots, $"{name}.png"), FullPage = true });
        AxeResult found = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        found.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => $"{violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Select(node => node.Html).Take(3))}")
            .Should().BeEmpty(name);
        (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth")).Should().BeTrue("{0} has nothing beside the window", name);
    }
}
