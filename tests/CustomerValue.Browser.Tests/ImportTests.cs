using Microsoft.Playwright;

namespace CustomerValue.Browser.Tests;

/// <summary>From a file to the figures of its customers, without a command line.</summary>
public sealed class ImportTests(NewShop shop) : IClassFixture<NewShop>
{
    [Fact]
    public async Task A_file_is_uploaded_understood_trained_on_and_shown()
    {
        IPage page = await shop.OpenAsync("/", new Window());
        await page.GetByText("Bring your transactions").ClickAsync();

        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "nonsense.csv", MimeType = "text/csv", Buffer = "colour,height\nred,3\n"u8.ToArray() });
        await page.GetByText("Upload and look").ClickAsync();
        (await page.Locator("[role=alert]").InnerTextAsync()).Should().Contain("nonsense.csv", "the message names the file as its owner does");

        await page.Locator("input[type=file]").SetInputFilesAsync(Path.Combine(ReferenceData.RepositoryRoot, "data", "samples", "transactions.csv"));
        await page.GetByText("Upload and look").ClickAsync();
        string understood = await page.Locator("main").InnerTextAsync();
        understood.Should().Contain("1,887").And.Contain("C000001").And.Contain("86.26");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Shop.Screenshots, "import-understood.png"), FullPage = true });

        await page.Locator("#horizon").FillAsync("60");
        await page.GetByText("Train on this file").ClickAsync();
        await page.GetByText("Training on transactions.csv").WaitForAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Shop.Screenshots, "import-training.png"), FullPage = true });
        await page.GetByText("See Today").WaitForAsync(new() { Timeout = 240_000 });
        await page.ScreenshotAsync(new() { Path = Path.Combine(Shop.Screenshots, "import-done.png"), FullPage = true });
        await page.GetByText("See Today").ClickAsync();

        (await page.Locator("h1").InnerTextAsync()).Should().StartWith("200 customers are worth");
    }
}
