using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerValue.Data.Transactions;
using CustomerValue.Serving.Pages.Words;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>Campaigns on pages: drawn over the book, handed out, measured; beside the program on the same base.</summary>
public sealed partial class CampaignPageTests(ScoredShop shop) : IClassFixture<ScoredShop>
{
    private const string Segment = "churn_probability > 0.2";
    private static readonly string s_query = $"segment={Uri.EscapeDataString(Segment)}&action=newsletter";

    [Theory]
    [InlineData("fewest", "", new string[0])]
    [InlineData("third", "&control=30&second=farewell-survey&start=2025-01-05", new[] { "--control", "0.3", "--arm", "farewell-survey", "--start", "2025-01-05" })]
    public async Task A_campaign_of_the_page_draws_whom_the_program_draws(string name, string query, string[] options)
    {
        string folder = Path.Combine(shop.Folder, $"program-{name}");
        TrainingProcess.Run(shop.Folder, ["campaign", "plan", "--name", name, "--transactions", shop.Orders, "--store", shop.Store, "--campaigns", folder, "--segment", Segment, "--arm", "newsletter", .. options]);
        TrainingProcess.Run(shop.Folder, "campaign", "export", name, "--campaigns", folder);

        string kept = await KeepAsync($"/campaigns/new?name={name}&{s_query}{query}");

        kept.Should().Contain("Drawn and kept.");
        JsonNode program = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, name, "plan.json")))!, page = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(shop.Campaigns, name, "plan.json")))!;
        page["assignment_sha256"]!.GetValue<string>().Should().Be(program["assignment_sha256"]!.GetValue<string>());
        page["design"]!.ToJsonString().Should().Be(program["design"]!.ToJsonString());
        (await shop.Host.GetAsync($"/campaign/list.csv?name={name}&arm=newsletter")).Text.Should().Be(await File.ReadAllTextAsync(Path.Combine(folder, name, "lists", "newsletter.csv")));
        (await shop.Host.GetAsync($"/campaign/list.csv?name={name}&arm=control")).ShouldBeProblem(404, "unknown-campaign");
        string again = await KeepAsync($"/campaigns/new?name={name}&{s_query}&control=45");
        again.Should().Contain("planned otherwise", "who was drawn stays drawn");
    }

    [Fact]
    public async Task Outcomes_that_are_joined_give_the_programs_result()
    {
        const string name = "joined";
        await KeepAsync($"/campaigns/new?name={name}&{s_query}&days=30");
        List<Transaction> after = [.. shop.Rows, .. shop.Rows.Where((_, i) => i % 7 == 0).Select(row => row with { Day = TrainedStore.AsOf.AddDays(row.Day.DayNumber % 30) }), shop.Rows[0] with { Day = TrainedStore.AsOf.AddDays(31) }];
        string folder = Directory.CreateDirectory(Path.Combine(shop.Folder, "after")).FullName, file = TrainingProcess.File(folder, after);

        string early = await SendAsync($"/campaign?name={name}", shop.Orders);
        string measured = await SendAsync($"/campaign?name={name}", file);

        early.Should().Contain("Not enough data yet").And.NotContain("/tmp");
        measured.Should().Contain("Measured and kept.").And.Contain("What it earned");
        string page = await File.ReadAllTextAsync(Path.Combine(shop.Campaigns, name, "result.json"));
        TrainingProcess.Run(shop.Folder, "campaign", "result", name, "--transactions", file, "--campaigns", shop.Campaigns);
        page.Should().Be(await File.ReadAllTextAsync(Path.Combine(shop.Campaigns, name, "result.json")));
        (await shop.Host.GetAsync($"/campaign/report?name={name}")).Text.Should().Contain("What each arm earned");
        await SpeaksAsync($"/campaign?name={name}");
    }

    [Fact]
    public async Task A_form_without_its_token_keeps_nothing()
    {
        using FormUrlEncodedContent form = new([new("_handler", "keep")]);

        HttpResponseMessage answer = await shop.Host.Client.PostAsync(new Uri($"/campaigns/new?name=forged&{s_query}", UriKind.Relative), form);

        ((int)answer.StatusCode).Should().Be(400);
        Directory.Exists(Path.Combine(shop.Campaigns, "forged")).Should().BeFalse();
    }

    [Theory]
    [InlineData("name=wrong&segment=height+>+2", "segment", "&#x27;height&#x27;")]
    [InlineData("name=wrong+name", "letters, digits, dash")]
    [InlineData("name=early&start=2020-01-01", "2024-12-21 or later")]
    [InlineData("name=nobody&segment=churn_probability+>+2", "found no customer in the segment")]
    public async Task What_cannot_be_drawn_is_told_and_nothing_is_kept(string query, params string[] expected)
    {
        string page = await SpeaksAsync($"/campaigns/new?{query}");

        foreach (string text in expected)
            page.Should().Contain(text);
        page.Should().NotContain("Draw and keep it");
        (Directory.Exists(shop.Campaigns) ? Directory.GetDirectories(shop.Campaigns) : []).Should().NotContain(folder => folder.EndsWith("wrong", StringComparison.Ordinal) || folder.EndsWith("early", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/campaigns")]
    [InlineData("/campaigns/new")]
    [InlineData("/campaigns/new?name=look&segment=churn_probability+>+0.1&action=newsletter&exclusive=yes")]
    public async Task Every_sentence_has_its_chinese(string address) => await SpeaksAsync(address);

    private async Task<string> SpeaksAsync(string address)
    {
        PhraseBook.Missing.Clear();
        string english = await PageAsync(address, "en");
        (await PageAsync(address, "zh")).Should().Contain("<html lang=\"zh\"");
        PhraseBook.Missing.Keys.Should().BeEmpty("each is a key of ChinesePhrases");
        english.Should().NotContain("{0}");
        return english;
    }

    private async Task<string> KeepAsync(string address)
    {
        using FormUrlEncodedContent content = new([new("_handler", "keep"), new("__RequestVerificationToken", Token().Match(await PageAsync(address, "en")).Groups[1].Value)]);
        return await PostAsync(address, content);
    }

    private async Task<string> SendAsync(string address, string file)
    {
        using MultipartFormDataContent content = new()
        {
            { new StringContent("outcomes"), "_handler" },
            { new StringContent(Token().Match(await PageAsync(address, "en")).Groups[1].Value), "__RequestVerificationToken" },
            { new ByteArrayContent(await File.ReadAllBytesAsync(file)), "Outcomes", Path.GetFileName(file) },
        };
        return await PostAsync(address, content);
    }

    private async Task<string> PostAsync(string address, HttpContent content)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return await (await shop.Host.Client.SendAsync(request)).Content.ReadAsStringAsync();
    }

    private async Task<string> PageAsync(string address, string language)
    {
        Page page = await new Visitor(shop.Host.Client).OpenAsync(address, language);
        page.Status.Should().Be(200, page.Text);
        return page.Text;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
