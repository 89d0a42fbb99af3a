using Microsoft.Playwright;

namespace CustomerValue.Browser.Tests;

/// <summary>From a service that nobody has used to the figures of its customers, without a command line.</summary>
public sealed class ImportTests(NewShop shop) : IClassFixture<NewShop>
{
    private const string Password = "nine brown owls listen";

    [Fact]
    public async Task An_admin_comes_in_brings_a_file_trains_goes_back_a_version_and_erases_a_customer()
    {
        IPage page = await shop.OpenAsync("/setup", new Window());
        await BecomeAdminAsync(page);

        await page.GotoAsync("/");
        await page.GetByText("Bring your transactions").ClickAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "nonsense.csv", MimeType = "text/csv", Buffer = "colour,height\nred,3\n"u8.ToArray() });
        await page.GetByText("Upload and look").ClickAsync();
        (await page.Locator("[role=alert]").InnerTextAsync()).Should().Contain("nonsense.csv", "the message names the file as its owner does");
        await TrainAsync(page, 60);
        await page.GetByText("See Today").ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).Should().StartWith("200 customers are worth");
        (await page.GetByRole(AriaRole.Note).InnerTextAsync()).Should().Contain("days ago").And.Contain("Bring newer transactions", "the sample is of years ago");
        await EveryPageTests.IsForEveryoneAsync(page, "today-stale");

        await page.GotoAsync("/import");
        await TrainAsync(page, 30);
        await GoBackAndForthAsync(page);
        await EraseAsync(page, "C000001");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync("/customers");
        page.Url.Should().Contain("/sign-in?return=%2Fcustomers");
    }

    private async Task BecomeAdminAsync(IPage page)
    {
        await page.Locator("#code").FillAsync(shop.SetupCode);
        await page.Locator("#name").FillAsync("Mara");
        await page.Locator("#password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the admin" }).ClickAsync();
        await page.GetByText("Keys of programs").First.WaitForAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Shop.Screenshots, "settings-admin.png"), FullPage = true });

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.Locator("#name").FillAsync("mara");
        await page.Locator("#password").FillAsync("nine brown owls");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Shop.Screenshots, "sign-in-wrong.png"), FullPage = true });
        await page.Locator("#password").FillAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("There are no customers here yet.").WaitForAsync();
    }

    private static async Task TrainAsync(IPage page, int horizon)
    {
        await page.Locator("input[type=file]").SetInputFilesAsync(Path.Combine(ReferenceData.RepositoryRoot, "data", "samples", "transactions.csv"));
        await page.GetByText("Upload and look").ClickAsync();
        string understood = await page.Locator("main").InnerTextAsync();
        understood.Should().Contain("1,887").And.Contain("C000001").And.Contain("86.26");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Shop.Screenshots, "import-understood.png"), FullPage = true });

        await page.Locator("#horizon").FillAsync(horizon.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByText("Train on this file").ClickAsync();
        await page.GetByText("Training on transactions.csv").WaitForAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Shop.Screenshots, "import-training.png"), FullPage = true });
        await page.GetByText("See Today").WaitForAsync(new() { Timeout = 240_000 });
        await page.ScreenshotAsync(new() { Path = Path.Combine(Shop.Screenshots, "import-done.png"), FullPage = true });
    }

    /// <summary>Lets the other version serve, whichever it is, and takes that back.</summary>
    private static async Task GoBackAndForthAsync(IPage page)
    {
        await page.GotoAsync("/model");
        string before = await ServingAsync(page);
        await page.GetByText("Let it serve").First.ClickAsync();
        await page.GetByText("The version serves now.").WaitForAsync();
        string other = await ServingAsync(page);
        other.Should().NotBe(before);
        for (int i = 0; i < 50 && await page.GetByRole(AriaRole.Note).CountAsync() < 2; i++) // the service looks at the store now and then
            await page.GotoAsync("/");
        (await page.GetByRole(AriaRole.Note).Last.InnerTextAsync()).Should().StartWith($"Version {other} serves since").And.Contain($"these figures are of version {before}");
        await page.SetViewportSizeAsync(390, 844);
        await EveryPageTests.IsForEveryoneAsync(page, "today-other-version");
        await page.SetViewportSizeAsync(1440, 900);
        await page.GotoAsync("/model");

        await page.GetByText("Back to the version before").ClickAsync();
        await page.GetByText("The version before serves again.").WaitForAsync();
        (await ServingAsync(page)).Should().Be(before);
    }

    private static async Task<string> ServingAsync(IPage page) => (await page.Locator("[aria-label=Versions] tr:has(.tag.good) th").First.InnerTextAsync())[.."yyyymmdd-hhmmss-01234567".Length];

    private static async Task EraseAsync(IPage page, string customer)
    {
        await page.GotoAsync($"/customer?id={customer}");
        (await page.Locator("h1").InnerTextAsync()).Should().Be(customer);
        await page.GotoAsync("/settings");
        await page.Locator("#customer").FillAsync(customer);
        await page.Locator("#again").FillAsync(customer);
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase" }).ClickAsync();
        (await page.GetByRole(AriaRole.Status).InnerTextAsync()).Should().StartWith("Erased. In the book: yes;");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Shop.Screenshots, "settings-erased.png"), FullPage = true });

        await page.GotoAsync($"/customer?id={customer}");
        (await page.Locator("h1").InnerTextAsync()).Should().NotBe(customer);
        await page.GotoAsync("/");
        (await page.Locator("h1").InnerTextAsync()).Should().StartWith("199 customers are worth");
    }
}
