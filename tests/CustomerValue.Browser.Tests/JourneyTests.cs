using Microsoft.Playwright;

namespace CustomerValue.Browser.Tests;

/// <summary>What people do from page to page.</summary>
public sealed class JourneyTests(Shop shop)
{
    [Fact]
    public async Task From_a_sentence_of_today_to_the_people_behind_it_and_to_one_of_them()
    {
        IPage page = await shop.OpenAsync("/", new Window());
        ILocator sentence = page.Locator(".findings a").First;
        string told = await sentence.InnerTextAsync();

        await sentence.ClickAsync();

        string count = told.Split(' ')[0];
        (await page.Locator("main").InnerTextAsync()).Should().Contain($"{count} customers", "the list has as many as the sentence says: {0}", told);
        await page.Locator("tbody th a").First.ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).Should().MatchRegex("^C[0-9]{6}$");
        (await page.Locator("main").InnerTextAsync()).Should().Contain("Brought so far").And.Contain("As of 2024-01-01");
    }

    [Fact]
    public async Task Filters_answer_while_they_are_set_and_stand_in_the_address()
    {
        IPage page = await shop.OpenAsync("/customers", new Window());

        await page.Locator("#stage").SelectOptionAsync("lost");
        await page.WaitForURLAsync(address => address.Contains("stage=lost", StringComparison.Ordinal));
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('tbody tr td:nth-child(3)')].every(cell => cell.textContent === 'Lost')");
        await page.ReloadAsync();

        (await page.Locator("#stage").InputValueAsync()).Should().Be("lost");
    }

    [Fact]
    public async Task The_download_has_as_many_customers_as_the_page_says()
    {
        IPage page = await shop.OpenAsync("/customers?stage=lost", new Window());
        string told = await page.Locator("main > p.quiet:not([role=note])").First.InnerTextAsync();

        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.GetByText("Download all as CSV").ClickAsync());
        string[] lines = await File.ReadAllLinesAsync(await download.PathAsync());

        lines[0].Should().StartWith("customer_id,");
        (lines.Length - 1).ToString("#,0", System.Globalization.CultureInfo.InvariantCulture).Should().Be(told.Split(' ')[0]);
    }

    [Fact]
    public async Task Columns_are_chosen_and_kept_on_a_phone_by_the_keyboard_alone()
    {
        IPage page = await shop.OpenAsync("/customers?stage=steady", new Window(390, Dark: true));
        await TabToAsync(page, "summary", "Columns");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "input[value=headroom]", "");
        await page.Keyboard.PressAsync("Space");
        await EveryPageTests.IsForEveryoneAsync(page, "customers-choosing");
        await TabToAsync(page, "button", "Show these columns");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(address => address.Contains("columns=headroom", StringComparison.Ordinal) && address.Contains("stage=steady", StringComparison.Ordinal));
        await TabToAsync(page, "summary", "Columns");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "button", "Keep as my view");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Kept. The list has these columns").WaitForAsync();
        await EveryPageTests.IsForEveryoneAsync(page, "customers-kept");
        await page.GotoAsync("/customers");

        (await page.Locator("thead th").AllInnerTextsAsync()).Should().Contain("Room to grow").And.HaveCount(9);
        await page.GotoAsync("/customers?columns=stage");
        (await page.Locator("thead th").AllInnerTextsAsync()).Should().Equal("Customer", "Stage");
    }

    [Fact]
    public async Task Lines_of_the_map_can_be_moved_with_the_keyboard_alone()
    {
        IPage page = await shop.OpenAsync("/map", new Window());
        string before = await page.Locator("table caption").InnerTextAsync();

        await page.Locator("#current-slide").FocusAsync();
        for (int i = 0; i < 5; i++)
            await page.Keyboard.PressAsync("PageUp");
        await page.WaitForURLAsync(address => address.Contains("current=", StringComparison.Ordinal));
        await page.WaitForFunctionAsync("before => document.querySelector('table caption').innerText !== before", before);

        (await page.Locator("table caption").InnerTextAsync()).Should().MatchRegex("[0-9,]+ customers change sides");
    }

    [Fact]
    public async Task A_contact_is_recorded_in_two_clicks_on_a_phone_and_taken_back()
    {
        IPage page = await shop.OpenAsync("/contacts", new Window(390));
        await page.Locator("tbody th a").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Reached", Exact = true }).ClickAsync();

        await page.GetByText("is written down").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await page.GetByText("is written down").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await page.Locator("section[aria-labelledby=contacts] table").CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Whom_to_speak_with_is_found_spoken_with_and_written_down_by_the_keyboard_alone()
    {
        IPage page = await shop.OpenAsync("/", new Window());
        await TabToAsync(page, "a", "Contacts");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/contacts");
        await TabToAsync(page, "tbody th a", "");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/customer?id=*");
        await TabToAsync(page, "#owner", "");
        await page.Keyboard.TypeAsync("Li");
        await TabToAsync(page, "button", "Reached");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("is written down").WaitForAsync();
        await TabToAsync(page, "button", "Undo");
        await page.Keyboard.PressAsync("Space");

        await page.GetByText("is written down").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await page.Locator("section[aria-labelledby=contacts] table").CountAsync()).Should().Be(0);
    }

    /// <summary>Presses the tab key until the focus is on what is wanted, where it must be seen.</summary>
    private static async Task TabToAsync(IPage page, string selector, string text)
    {
        const string IsThere = "([selector, text]) => { const at = document.activeElement; return !!at && at.matches(selector) && at.innerText.trim().startsWith(text); }";
        for (int i = 0; i < 80; i++)
        {
            if (await page.EvaluateAsync<bool>(IsThere, new[] { selector, text }))
            {
                (await page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle")).Should().NotBe("none", "the focus is seen");
                return;
            }
            await page.Keyboard.PressAsync("Tab");
        }
        throw new InvalidOperationException($"The tab key does not reach {selector} '{text}'.");
    }

    [Fact]
    public async Task The_first_picture_is_there_within_a_second()
    {
        foreach (string path in (string[])["/", "/map", "/customers", "/segments", "/decide"])
        {
            List<double> times = [], moves = [];
            for (int i = 0; i < 5; i++)
            {
                IPage page = await shop.OpenAsync(path, new Window());
                times.Add(await page.EvaluateAsync<double>("() => new Promise(done => new PerformanceObserver(list => { for (const entry of list.getEntries()) if (entry.name === 'first-contentful-paint') done(entry.startTime); }).observe({ type: 'paint', buffered: true }))"));
                moves.Add(await page.EvaluateAsync<double>("() => new Promise(done => { let moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) moved += entry.value; }).observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(moved), 200); })"));
                await page.Context.CloseAsync();
            }
            moves.Min().Should().BeLessThan(0.01, "nothing jumps on {0} by its making; a picture drawn while half a table is there, on a busy machine, may", path);
            times.Order().First().Should().BePositive().And.BeLessThan(1000, "{0} ms, the quickest of five on a busy machine", path);
        }
    }

    [Fact]
    public async Task From_a_budget_to_a_campaign_and_the_list_that_is_handed_out()
    {
        IPage page = await shop.OpenAsync("/decide", new Window());
        string before = await page.Locator("h1").InnerTextAsync();
        await page.Locator("#budget-slide").FocusAsync();
        for (int i = 0; i < 3; i++)
            await page.Keyboard.PressAsync("PageDown");
        await page.WaitForFunctionAsync("before => document.querySelector('h1').innerText !== before", before);
        page.Url.Should().Contain("budget=");

        await page.GetByText("Campaigns measure them").ClickAsync();
        await page.GetByText("Plan a campaign").ClickAsync();
        await page.Locator("#segment").FillAsync("churn_probability > 0.2");
        await page.Locator("#action").SelectOptionAsync("newsletter");
        await page.Locator("#name").FillAsync("journey");
        await page.GetByText("Draw and keep it").ClickAsync();
        await page.WaitForURLAsync(address => address.Contains("/campaign?name=journey", StringComparison.Ordinal));
        string people = (await page.Locator("tbody tr:nth-child(2) td").First.InnerTextAsync()).Replace(",", "", StringComparison.Ordinal);
        IDownload list = await page.RunAndWaitForDownloadAsync(() => page.GetByText("List as CSV").First.ClickAsync());
        string[] lines = await File.ReadAllLinesAsync(await list.PathAsync());

        lines[0].Should().StartWith("customer_id,campaign,arm");
        (lines.Length - 1).ToString(System.Globalization.CultureInfo.InvariantCulture).Should().Be(people);
        await page.GotoAsync("/campaigns");
        (await page.Locator("main").InnerTextAsync()).Should().Contain("journey").And.Contain("planned; starts 2024-01-01");
    }

    [Fact]
    public async Task The_language_is_kept()
    {
        IPage page = await shop.OpenAsync("/", new Window());
        await page.GetByText("中文").ClickAsync();
        await page.GotoAsync("/customers");

        (await page.Locator("h1").InnerTextAsync()).Should().Be("客户");
    }
}
