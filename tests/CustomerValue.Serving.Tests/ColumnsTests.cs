using System.Net;
using System.Text.RegularExpressions;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Pages.Customers;
using CustomerValue.Serving.Pages.Words;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>The columns of the list of customers: named in the address, kept as a view, taken along into files.</summary>
public sealed class ColumnsTests(TrainedStore trained, PagesShop shop) : IClassFixture<PagesShop>
{
    private static readonly string[] s_usual = ["Customer", "Strategy", "Stage", "Brings a year", "To come", "Stays away", "Expected spend", "Next purchase"];

    [Theory]
    [InlineData("/customers?columns=headroom,stage,customer_id,headroom", "Customer,Room to grow,Stage")]
    [InlineData("/customers?columns=stage&columns=headroom&sort=customer_id", "Customer,Stage,Room to grow")]
    public async Task The_address_names_columns_with_commas_or_as_a_form_sends_them(string address, string heads)
    {
        Page page = await Visitor.At(shop.Host).OpenAsync(address);

        Heads(page).Should().Equal(heads.Split(','));
        Checked(page).Should().BeEquivalentTo("headroom", "stage");
        page.Text.Should().Contain(heads.EndsWith("Stage", StringComparison.Ordinal) ? "name=\"columns\" value=\"headroom,stage\"" : "name=\"columns\" value=\"stage,headroom\"", "filters keep the columns");
    }

    [Fact]
    public async Task Every_column_that_is_offered_can_be_shown_in_both_languages()
    {
        PhraseBook.Missing.Clear();
        string[] offered = [.. CustomerColumn.All.Select(column => column.Name).Where(name => PagesShop.Columns.Any(column => column.Name == name) || name.StartsWith("earlier_", StringComparison.Ordinal))];
        Page page = await Visitor.At(shop.Host).OpenAsync($"/customers?columns={string.Join(',', offered)}");

        Heads(page).Should().HaveCount(offered.Length + 1).And.OnlyHaveUniqueItems();
        Checked(page).Should().Equal(offered);
        page.Text.Should().Contain($"Columns: {offered.Length} of {offered.Length}");
        await Visitor.At(shop.Host).OpenAsync($"/customers?columns={string.Join(',', offered)}", "zh");
        foreach (CustomerColumn column in CustomerColumn.All)
            _ = (PhraseBook.In(CustomerValue.Strategy.Naming.Language.Chinese)[column.Head], PhraseBook.In(CustomerValue.Strategy.Naming.Language.Chinese)[column.Meaning]);
        PhraseBook.Missing.Keys.Should().BeEmpty("each is a key of ChinesePhrases");
    }

    [Fact]
    public async Task What_is_no_column_is_told_with_those_there_are()
    {
        (await Visitor.At(shop.Host).OpenAsync("/customers?columns=stage,height")).Text.Should().Contain("role=\"alert\"").And.Contain("Columns: found &#x201C;height&#x201D;, expected some of strategy, stage,");
        (await shop.Host.GetAsync("/customers/export?columns=height")).ShouldBeProblem(422, "invalid-request").Should().ContainKey("columns");
    }

    [Fact]
    public async Task A_view_is_kept_for_a_year_for_one_browser_and_yields_to_the_address()
    {
        Visitor mine = Visitor.At(shop.Host);

        Page kept = await mine.SubmitAsync("/customers?columns=headroom,stage&strategy=retain", "keep", []);

        kept.Address.Should().Be("/customers?strategy=retain&done=kept");
        kept.Text.Should().Contain("Kept. The list has these columns");
        Heads(kept).Should().Equal("Customer", "Room to grow", "Stage");
        kept.Text.Should().Contain("/customers/export?strategy=retain&amp;columns=headroom,stage").And.Contain("href=\"/customers/export?strategy=retain\"");
        Heads(await mine.OpenAsync("/customers")).Should().Equal("Customer", "Room to grow", "Stage");
        Heads(await mine.OpenAsync("/customers?columns=strategy")).Should().Equal("Customer", "Strategy");
        Heads(await Visitor.At(shop.Host).OpenAsync("/customers")).Should().Equal(s_usual);
        Page usual = await mine.SubmitAsync("/customers", "forget", []);
        usual.Text.Should().Contain("The list has its usual columns again.");
        Heads(usual).Should().Equal(s_usual);
    }

    [Fact]
    public async Task The_cookie_is_for_the_service_alone()
    {
        using HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = shop.Host.Client.BaseAddress };

        Page sent = await new Visitor(client).SubmitAsync("/customers?columns=headroom,stage", "keep", []);

        sent.Status.Should().Be(302, sent.Text);
        sent.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("columns=", StringComparison.Ordinal)).Should().Be("columns=headroom%2Cstage; max-age=31536000; path=/customers; samesite=lax; httponly");
    }

    [Fact]
    public async Task A_view_of_another_book_shows_what_this_one_has()
    {
        using HttpClient client = new(new HttpClientHandler { UseCookies = false }) { BaseAddress = shop.Host.Client.BaseAddress };
        client.DefaultRequestHeaders.Add("Cookie", "columns=height%2Cstage%2C%3Cscript%3E");

        Heads(await new Visitor(client).OpenAsync("/customers")).Should().Equal("Customer", "Stage");
    }

    [Fact]
    public async Task A_viewer_keeps_a_view_too()
    {
        using ServingHost host = await PagesShop.StartAsync(trained);
        Visitor admin = Visitor.At(host), viewer = Visitor.At(host);
        await admin.SubmitAsync("/settings", "person", new() { ["name"] = "mara", ["password"] = "five grey herons wait", ["role"] = AccessRole.Admin });
        await admin.SubmitAsync("/sign-in", "sign-in", new() { ["name"] = "mara", ["password"] = "five grey herons wait" });
        await admin.SubmitAsync("/settings", "person", new() { ["name"] = "vera", ["password"] = "seven red foxes sleep", ["role"] = AccessRole.Viewer });
        await viewer.SubmitAsync("/sign-in", "sign-in", new() { ["name"] = "vera", ["password"] = "seven red foxes sleep" });

        Heads(await viewer.SubmitAsync("/customers?columns=stage", "keep", [])).Should().Equal("Customer", "Stage");
    }

    [Fact]
    public async Task The_file_has_the_chosen_columns_in_their_order_after_the_id()
    {
        string[] lines = (await shop.Host.GetAsync("/customers/export?strategy=retain&sort=customer_id&columns=stage,potential_value,next_purchase")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Should().Equal("customer_id,stage,potential_value,next_purchase", "'=1+1,slipping,200,2024-04-01", "bob,dormant,150,2024-04-01");
    }

    private static IEnumerable<string> Heads(Page page) => Regex.Matches(page.Text, "<th scope=\"col\"[^>]*>([^<]*)</th>").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value));

    private static IEnumerable<string> Checked(Page page) => Regex.Matches(page.Text, "<input type=\"checkbox\" name=\"columns\" value=\"([^\"]+)\" checked").Select(match => match.Groups[1].Value);
}
