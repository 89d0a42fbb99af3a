using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Serving.Pages.Words;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>Deciding on a page, over a book that the program wrote.</summary>
public sealed partial class DecidePageTests(ScoredShop shop) : IClassFixture<ScoredShop>
{
    [Theory]
    [InlineData("5")]
    [InlineData("12.5")]
    [InlineData(null)]
    public async Task A_plan_of_the_page_is_the_plan_of_the_program_on_the_same_base(string? budget)
    {
        TrainingProcess.Run(shop.Folder, ["decide", "--transactions", shop.Orders, "--store", shop.Store, "--out", $"plan-{budget}.csv", .. budget is null ? [] : new[] { "--budget", budget }]);
        string program = await File.ReadAllTextAsync(Path.Combine(shop.Folder, $"plan-{budget}.csv"));

        Answer page = await shop.Host.GetAsync($"/decide/plan.csv?budget={budget}");

        page.MediaType.Should().Be("text/csv");
        page.Text.Should().Be(program);
        program.Split('\n').Count(line => line.Contains(",email,", StringComparison.Ordinal)).Should().BePositive("somebody gets something");
    }

    [Theory]
    [InlineData("/decide")]
    [InlineData("/decide?budget=5&beside=12")]
    [InlineData("/decide?budget=12&action=newsletter")]
    [InlineData("/decide?budget=5&of=c00001")]
    [InlineData("/decide?budget=5&of=<b>")]
    [InlineData("/decide?budget=0.001")]
    [InlineData("/decide?budget=many")]
    [InlineData("/decide/playbook")]
    public async Task Every_sentence_has_its_chinese_and_nothing_sent_is_taken_for_markup(string address)
    {
        PhraseBook.Missing.Clear();

        string english = await PageAsync(address, "en"), chinese = await PageAsync(address, "zh");

        PhraseBook.Missing.Keys.Should().BeEmpty("each is a key of ChinesePhrases");
        english.Should().NotContain("{0}").And.NotContain("<b>\"");
        chinese.Should().Contain("<html lang=\"zh\"");
        (english + chinese).Should().NotContain("of=<b>");
    }

    [Fact]
    public async Task A_larger_budget_never_earns_less_and_further_money_earns_ever_less()
    {
        string page = await PageAsync("/decide?budget=5&beside=12", "en");
        double[] steps = [.. Step().Matches(page).Select(match => Amount(match.Groups[1].Value))];

        steps.Should().HaveCountGreaterThan(5);
        for (int i = 1; i < steps.Length; i++)
            steps[i].Should().BeLessThanOrEqualTo(steps[i - 1] * 1.05 + 0.5, "rounding aside, the best money is spent first");
        page.Should().Contain("budget 5").And.Contain("budget 12");
        System.Net.WebUtility.HtmlDecode(Earned().Match(page).Groups[1].Value).Should().StartWith("+");
    }

    [Fact]
    public async Task A_budget_that_buys_nothing_is_told_and_the_slider_stays()
    {
        string page = await PageAsync("/decide?budget=0.001", "en");

        page.Should().Contain("the cheapest action").And.Contain("id=\"budget-slide\"");
    }

    [Fact]
    public async Task A_playbook_is_kept_only_where_it_can_be_used_and_decides_from_then_on()
    {
        string file = Path.Combine(shop.Store, "playbook.json"), good = Encoding.UTF8.GetString(PlaybookReader.DefaultBytes()).Replace("\"Newsletter\"", "\"News of the week\"", StringComparison.Ordinal);
        good.Should().Contain("News of the week");
        try
        {
            string refused = await SendAsync(good.Replace("potential_value > ", "potental_value > ", StringComparison.Ordinal));
            refused.Should().Contain("Not kept; nothing has changed.").And.Contain("did you mean &#x27;potential_value&#x27;?").And.Contain("potental_value &gt; ", "what was typed is still there");
            File.Exists(file).Should().BeFalse();

            string kept = await SendAsync(good);

            kept.Should().Contain("Kept.").And.Contain("News of the week");
            (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n").Should().Be(good.ReplaceLineEndings("\n"));
            (await shop.Host.GetAsync("/decide/plan.csv?budget=12.5")).Text.Should().Contain(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file))));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<string> SendAsync(string playbook)
    {
        string form = await PageAsync("/decide/playbook", "en");
        using FormUrlEncodedContent content = new([new("_handler", "playbook"), new("__RequestVerificationToken", Token().Match(form).Groups[1].Value), new("Text", playbook)]);
        using HttpRequestMessage request = new(HttpMethod.Post, "/decide/playbook") { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return await (await shop.Host.Client.SendAsync(request)).Content.ReadAsStringAsync();
    }

    private async Task<string> PageAsync(string address, string language)
    {
        Page page = await new Visitor(shop.Host.Client).OpenAsync(address, language);
        page.Status.Should().Be(200, page.Text);
        return page.Text;
    }

    private static double Amount(string told) => double.Parse(told.Replace(" k", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture) * (told.EndsWith('k') ? 1000 : 1);

    [GeneratedRegex("each further [^ ]+ earns ([0-9.,]+( k)?)\\.</title>")]
    private static partial Regex Step();

    [GeneratedRegex(">Should earn</th><td class=\"n\">[^<]+</td><td class=\"n\">[^<]+</td><td class=\"n\">([^<]+)<")]
    private static partial Regex Earned();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
