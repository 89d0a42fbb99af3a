using System.Net;
using CustomerValue.CustomerBook.Work;
using CustomerValue.Serving.Pages.Words;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>The currency of Settings stands before all money of the pages, and before nothing else.</summary>
public sealed class CurrencyTests(TrainedStore trained)
{
    [Theory]
    [InlineData("eur", "€1.36 k", "€1,360", "−€20")]
    [InlineData("CNY", "CN¥1.36 k", "¥1,360", "−CN¥20")]
    [InlineData("JPY", "¥1.36 k", "JP¥1,360", "−¥20")]
    [InlineData("CHF", "CHF\u00a01.36 k", "CHF\u00a01,360", "−CHF\u00a020")]
    [InlineData("", "1.36 k", "1,360", "−20")]
    public async Task Money_has_the_sign_where_the_language_has_it(string code, string english, string chinese, string negative)
    {
        using ServingHost host = await PagesShop.StartAsync(trained);
        PhraseBook.Missing.Clear();
        if (code.Length > 0)
            (await SetAsync(host, code)).Should().Contain($"Money on the pages stands in {code.ToUpperInvariant()} from now on.").And.Contain("set currency");

        (await TextAsync(host, "/")).Should().Contain($"6 customers are worth {english} to you").And.Contain($">{negative}, 1 people<");
        (await TextAsync(host, "/", "zh")).Should().Contain($"预计为您带来 {chinese}。");
        string customer = await TextAsync(host, "/customer?id=anna");
        customer.Should().Contain("95 %").And.Contain("1.5").And.NotContain("€95").And.NotContain("€1.5");
        await TextAsync(host, "/settings", "zh");
        PhraseBook.Missing.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task A_currency_can_be_taken_away_and_what_is_none_changes_nothing()
    {
        using ServingHost host = await PagesShop.StartAsync(trained);
        await SetAsync(host, "EUR");

        (await SetAsync(host, "<b>")).Should().Contain("The currency: found '&lt;B&gt;', expected a code of ISO 4217");
        (await SetAsync(host, "XQX")).Should().Contain("Nothing has changed.").And.Contain("Money on all pages stands in EUR");
        (await SetAsync(host, "")).Should().Contain("is a plain number from now on").And.Contain("set currency</td><td>none");
        (await TextAsync(host, "/")).Should().NotContain("€");
    }

    [Fact]
    public async Task The_setting_is_read_once_a_minute_and_no_oftener()
    {
        string folder = await PagesShop.FillAsync(trained);
        SetClock clock = new(new DateOnly(2024, 3, 2));
        using ServingHost host = ServingHost.StartAt(clock, folder);
        WorkDatabase another = new($"Data Source={Path.Combine(folder, WorkDatabase.FileName)}");
        (await TextAsync(host, "/")).Should().NotContain("€");

        await another.SetAsync("currency", "EUR", TestContext.Current.CancellationToken);
        (await TextAsync(host, "/")).Should().NotContain("€", "it is kept in memory");
        clock.Ahead = TimeSpan.FromMinutes(1);
        (await TextAsync(host, "/")).Should().Contain("€1.36 k");
        await File.WriteAllTextAsync(Path.Combine(folder, WorkDatabase.FileName), new string('x', 10_000), TestContext.Current.CancellationToken);
        clock.Ahead = TimeSpan.FromMinutes(2);
        (await TextAsync(host, "/map")).Should().Contain("€", "the last one stays where the database cannot be read");
    }

    private static async Task<string> SetAsync(ServingHost host, string code)
    {
        Page page = await new Visitor(host.Client).SubmitAsync("/settings", "currency", new() { ["currency"] = code });
        page.Status.Should().Be(200, page.Text);
        return page.Text.Replace("&#x27;", "'", StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(ServingHost host, string address, string language = "en") => WebUtility.HtmlDecode((await new Visitor(host.Client).OpenAsync(address, language)).Text);
}
