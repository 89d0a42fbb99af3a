using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Pages.Words;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>Old figures say that they are, above all others, and what to do: the book is as of 2024-03-01 and reaches 90 days, to 2024-05-29.</summary>
public sealed class StaleTests(TrainedStore trained)
{
    private const string Half = "The forecast is as of 2024-03-01, 46 days ago, and reaches to 2024-05-29: more than half of it is past.", Whole = "The forecast is as of 2024-03-01, 91 days ago, and reached to 2024-05-29: all that it says is past.";

    [Theory]
    [InlineData(45, null, null)]
    [InlineData(46, "warn", Half)]
    [InlineData(90, "warn", "90 days ago, and reaches to 2024-05-29")]
    [InlineData(91, "bad", Whole)]
    public async Task A_book_warns_after_half_of_its_horizon_and_strongly_after_the_whole(int days, string? tone, string? sentence)
    {
        using ServingHost host = ServingHost.StartAt(At(days), await PagesShop.FillAsync(trained));

        string page = await MainAsync(host, "/customers");

        if (sentence is null)
            page.Should().NotContain("class=\"notice");
        else
            page[..page.IndexOf("<h1", StringComparison.Ordinal)].Should().Contain($"<div class=\"notice {tone}\"").And.Contain(sentence).And.Contain("<a href=\"/import\">Bring newer transactions</a>", "it is said first, with what to do");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/map")]
    [InlineData("/customers")]
    [InlineData("/customer?id=anna")]
    [InlineData("/contacts")]
    public async Task Every_page_with_figures_of_the_book_says_so_in_both_languages(string address)
    {
        using ServingHost host = ServingHost.StartAt(At(91), await PagesShop.FillAsync(trained));
        PhraseBook.Missing.Clear();

        (await MainAsync(host, address)).Should().Contain(Whole);
        (await MainAsync(host, address, "zh")).Should().Contain("已过去 91 天");
        PhraseBook.Missing.Keys.Should().BeEmpty();
        (await MainAsync(host, "/settings")).Should().NotContain("The forecast is as of");
    }

    [Fact]
    public async Task Figures_of_another_version_than_the_one_that_serves_say_so_until_that_one_serves_again()
    {
        string folder = await PagesShop.FillAsync(trained);
        ModelStore store = new(folder, TimeProvider.System);
        store.Promote(trained.Newer);
        using ServingHost host = ServingHost.StartAt(At(10), folder);
        PhraseBook.Missing.Clear();

        (await MainAsync(host, "/")).Should().Contain($"Version {trained.Newer} serves since 2024-03-11 12:00 UTC; these figures are of version {trained.Older}.").And.Contain("customer-value score");
        await MainAsync(host, "/", "zh");
        store.Promote(trained.Older);
        for (int i = 0; i < 100 && (await host.GetAsync("/v1/models")).Json["serving"]!.GetValue<string>() != trained.Older; i++)
            await Task.Delay(100, TestContext.Current.CancellationToken);

        (await MainAsync(host, "/")).Should().NotContain("class=\"notice");
        PhraseBook.Missing.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task Who_may_not_import_or_score_is_sent_to_who_may()
    {
        string folder = await PagesShop.FillAsync(trained);
        new ModelStore(folder, TimeProvider.System).Promote(trained.Newer);
        using ServingHost host = ServingHost.StartAt(At(91), folder);
        Visitor admin = Visitor.At(host), viewer = Visitor.At(host);
        await admin.SubmitAsync("/settings", "person", new() { ["name"] = "mara", ["password"] = "five grey herons wait", ["role"] = AccessRole.Admin });
        await admin.SubmitAsync("/sign-in", "sign-in", new() { ["name"] = "mara", ["password"] = "five grey herons wait" });
        await admin.SubmitAsync("/settings", "person", new() { ["name"] = "vera", ["password"] = "seven red foxes sleep", ["role"] = AccessRole.Viewer });
        await viewer.SubmitAsync("/sign-in", "sign-in", new() { ["name"] = "vera", ["password"] = "seven red foxes sleep" });

        (await viewer.OpenAsync("/")).Text.Should().Contain("Ask an admin to bring newer transactions.").And.Contain("Ask an admin to score again.").And.NotContain("href=\"/import\"");
    }

    [Fact]
    public async Task Simulated_customers_are_never_called_old_and_always_simulated()
    {
        string folder = await PagesShop.FillAsync(trained), file = Path.Combine(folder, trained.Older, "manifest.json");
        JsonNode manifest = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
        manifest["options"]![DemoNote.Name] = DemoNote.Value;
        byte[] content = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.ChangeExtension(file, ".sha256"), Convert.ToHexStringLower(SHA256.HashData(content)) + "\n", TestContext.Current.CancellationToken);
        using ServingHost host = ServingHost.StartAt(At(500), folder);

        (await MainAsync(host, "/")).Should().Contain("The customers are simulated; their data end on 2024-02-29.").And.NotContain("class=\"notice");
        (await MainAsync(host, "/", "zh")).Should().Contain("这些客户是模拟的，数据截至 2024-02-29。");
    }

    private static SetClock At(int days) => new(new DateOnly(2024, 3, 1).AddDays(days));

    private static async Task<string> MainAsync(ServingHost host, string address, string language = "en")
    {
        string page = WebUtility.HtmlDecode((await new Visitor(host.Client).OpenAsync(address, language)).Text);
        return page[page.IndexOf("<main", StringComparison.Ordinal)..];
    }
}
