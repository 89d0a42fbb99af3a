using Microsoft.Playwright;

namespace CustomerValue.Browser.Tests;

/// <summary>Somebody who writes a program looks at the calls and tries some.</summary>
public sealed class ApiPageTests(Shop shop)
{
    [Fact]
    public async Task A_call_is_tried_with_its_example_and_its_answer_is_shown_as_text()
    {
        IPage page = await shop.OpenAsync("/api", new Window());

        ILocator answer = await TryAsync(page, "predict");
        (await answer.Locator(".answered").InnerTextAsync()).Should().StartWith("200 ");
        (await answer.Locator("pre").Nth(0).InnerTextAsync()).Should().Contain("cache-control: no-store");
        (await answer.Locator("pre").Nth(1).InnerTextAsync()).Should().Contain("\"churn_probability\": ").And.Contain("\"customer_id\": \"C-1001\"");

        await page.Locator("#predict-body").FillAsync("{\"customers\":[{\"customer_id\":\"<b>x</b>\",\"transactions\":[{\"date\":\"2024-01-01\",\"amount\":\"<b>\"}]}]}");
        answer = await TryAsync(page, "predict", open: false);
        (await answer.Locator(".answered").InnerTextAsync()).Should().StartWith("400 ");
        (await answer.Locator("pre").Nth(1).InnerTextAsync()).Should().Contain("malformed-request").And.Contain("<b>");
        (await answer.Locator("b").CountAsync()).Should().Be(0, "what comes back is text");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Fields_go_where_they_belong_and_a_key_that_is_typed_goes_along()
    {
        IPage page = await shop.OpenAsync("/api", new Window());
        List<IRequest> sent = [];
        page.Request += (_, request) => { if (request.Url.Contains("/v1/", StringComparison.Ordinal)) sent.Add(request); };

        await page.Locator("#list-customers > summary").ClickAsync();
        await page.Locator("#list-customers-limit").FillAsync("2");
        await page.Locator("#list-customers-filters").FillAsync("min_churn_probability=0.1&max_churn_probability=0.9");
        ILocator answer = await TryAsync(page, "list-customers", open: false);
        (await answer.Locator("pre").Nth(1).InnerTextAsync()).Split("\"customer_id\"").Should().HaveCount(3);

        await page.Locator("#get-customer > summary").ClickAsync();
        await page.Locator("#get-customer-id").FillAsync("a/b c");
        await page.Locator("#api-key").FillAsync("cv_nobody");
        await TryAsync(page, "get-customer", open: false);

        sent.Select(request => new Uri(request.Url).PathAndQuery).Should().Equal("/v1/customers?limit=2&min_churn_probability=0.1&max_churn_probability=0.9", "/v1/customers/a%2Fb%20c");
        (await sent[0].AllHeadersAsync()).Should().NotContainKey("authorization").And.NotContainKey("cookie");
        (await sent[1].AllHeadersAsync())["authorization"].Should().Be("Bearer cv_nobody");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Opened_and_answered_it_is_for_everyone_in_every_window()
    {
        foreach (Window window in Window.All)
        {
            IPage page = await shop.OpenAsync("/api", window);
            await page.EvaluateAsync("() => { for (const call of document.querySelectorAll('details')) call.open = true; }");
            await TryAsync(page, "predict", open: false);

            await EveryPageTests.IsForEveryoneAsync(page, $"api-answered-{window}");
            await page.Context.CloseAsync();
        }
    }

    /// <summary>Presses the button of a call and waits for its answer.</summary>
    private static async Task<ILocator> TryAsync(IPage page, string call, bool open = true)
    {
        ILocator place = page.Locator($"#{call}");
        if (open)
            await place.Locator("summary").ClickAsync();
        await place.Locator("[data-answer]").EvaluateAsync("place => place.replaceChildren()");
        await place.Locator("button").ClickAsync();
        await place.Locator(".answered").WaitForAsync();
        return place.Locator("[data-answer]");
    }
}
