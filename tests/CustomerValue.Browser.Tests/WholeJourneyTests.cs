using System.Globalization;
using System.Text;
using Microsoft.Playwright;

namespace CustomerValue.Browser.Tests;

/// <summary>The work of a quarter on the pages alone: whom, for how much, try it, hand it out, see what came of it.</summary>
public sealed class WholeJourneyTests(Shop shop)
{
    private const int Days = 30;
    private static readonly DateOnly s_start = new(2024, 1, 1);

    [Fact]
    public async Task From_a_segment_over_a_budget_and_a_campaign_to_its_result_in_words()
    {
        IPage page = await shop.OpenAsync("/segments", new Window());
        string people = await SaveSegmentAsync(page, "May stay away");
        await DecideAsync(page);

        await page.GotoAsync("/segments");
        await page.GetByRole(AriaRole.Link, new() { Name = "May stay away" }).ClickAsync();
        await page.GetByText("Plan a campaign for them").ClickAsync();
        await page.Locator("#action").SelectOptionAsync("newsletter");
        await page.Locator("#days").FillAsync(Days.ToString(CultureInfo.InvariantCulture));
        await page.Locator("#control").FillAsync("40");
        await page.Locator("#name").FillAsync("whole");
        await page.GetByText("Draw and keep it").ClickAsync();
        await page.GetByText("Drawn and kept.").WaitForAsync();
        (await page.Locator("p.lead").InnerTextAsync()).Should().StartWith($"{people} customers, 2024-01-01 to 2024-01-30");

        IDownload list = await page.RunAndWaitForDownloadAsync(() => page.GetByText("List as CSV").First.ClickAsync());
        HashSet<string> treated = [.. (await File.ReadAllLinesAsync(await list.PathAsync())).Skip(1).Select(line => line.Split(',')[0])];
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "since.csv", MimeType = "text/csv", Buffer = await SinceAsync(treated) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Measure" }).ClickAsync();
        await page.GetByText("Measured and kept.").WaitForAsync();

        string result = await page.Locator("section[aria-labelledby=result]").InnerTextAsync();
        result.Should().MatchRegex($"'newsletter' brought [0-9,]+ more margin than leaving those {treated.Count:#,0} customers alone \\(between [0-9,]+ and [0-9,]+ with 95 % confidence\\)")
            .And.MatchRegex("[0-9,]+ more customers bought than would have otherwise").And.NotContain("not sound").And.NotContain("look in between");
        (await page.Locator("section[aria-labelledby=learnt]").InnerTextAsync()).Should().Contain("who then buy: believed");
        await EveryPageTests.IsForEveryoneAsync(page, "campaign-result");
        await page.GotoAsync("/campaigns");
        (await page.Locator("tr", new() { HasText = "whole" }).First.InnerTextAsync()).Should().Contain("measured");
    }

    /// <summary>Builds a segment of those who may stay away and saves it.</summary>
    /// <returns>How many they are.</returns>
    private static async Task<string> SaveSegmentAsync(IPage page, string name)
    {
        await page.Locator("#c0").SelectOptionAsync("churn_probability");
        await page.WaitForURLAsync(address => address.Contains("c0=churn_probability", StringComparison.Ordinal));
        await page.Locator("#v0").FillAsync("0.2");
        await page.WaitForURLAsync(address => address.Contains("v0=0.2", StringComparison.Ordinal));
        string told = await page.Locator("#who").InnerTextAsync();
        await page.Locator("#name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Locator("#saved").WaitForAsync();
        return told.Split(' ')[0];
    }

    private static async Task DecideAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Decide" }).ClickAsync();
        await page.Locator("#budget").FillAsync("120");
        await page.WaitForURLAsync(address => address.Contains("budget=120", StringComparison.Ordinal));
        (await page.Locator("h1").InnerTextAsync()).Should().MatchRegex("^[0-9.]+ spent on [0-9,]+ customers should earn [0-9.k ]+$");
    }

    /// <summary>The transactions of before and of the days of the campaign, in which four of five who were written to buy, and one of five of the others.</summary>
    private async Task<byte[]> SinceAsync(HashSet<string> treated)
    {
        string[] before = await File.ReadAllLinesAsync(Path.Combine(shop.Store, "demo", "transactions.csv"));
        StringBuilder file = new StringBuilder().AppendJoin('\n', before).Append('\n');
        string[] customers = [.. before.Skip(1).Select(line => line.Split(',')[0]).Distinct().Order(StringComparer.Ordinal)];
        for (int i = 0; i < customers.Length; i++)
            if (i % 5 == 0 != treated.Contains(customers[i]))
                Add(customers[i], i, s_start.AddDays(i % Days), 60 + i % 40);
        Add(customers[0], customers.Length, s_start.AddDays(Days + 1), 10); // the days of the campaign are whole
        return Encoding.UTF8.GetBytes(file.ToString());

        void Add(string customer, int order, DateOnly day, int amount) =>
            file.Append(CultureInfo.InvariantCulture, $"{customer},S{order:000000},{day:yyyy-MM-dd},P001,fashion,web,1,{amount}.00,0.00,4.00\n");
    }
}
