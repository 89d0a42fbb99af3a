using CustomerValue.Decisions.Campaigns;
using CustomerValue.Reporting.Campaigns;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Reporting.Tests;

/// <summary>The page of a campaign's result.</summary>
public sealed partial class CampaignPageTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_opens_from_disk_without_errors_or_requests_and_nothing_sticks_out(bool script)
    {
        BrowserPage page = await BrowserPage.OpenAsync(CampaignHtml.Render(Plan, Result(whole: true, sound: true)), script);

        page.Title.Should().StartWith("'letter' brought 4,200 more margin than leaving those 3,000 customers alone");
        page.Headings.Should().Equal("What else it shows", "What each arm earned: more margin than leaving them alone, over all customers of the arm", "letter, a customer", "voucher <b>, a customer", "Whether to believe it", "How it was drawn");
        page.Plots.Should().HaveCount(script ? 5 : 0);
        if (script)
            page.Plots[0].Should().Match<BrowserPage.Plot>(bars => bars.Width > 200 && bars.Marks == 2 && bars.Texts == 2 && bars.Inside, "it leads with an interval and its figure for each of two arms");
        page.Plots.Skip(1).Should().NotContain(plot => !(plot.Width > 200 && plot.Height > 80 && plot.Marks > 1 && plot.Texts > 4 && plot.Inside));
        page.FitsTheWindow.Should().BeTrue("nothing sticks out at the side");
        page.Troubles.Should().BeEmpty();
    }

    [Fact]
    public void Every_figure_of_the_result_is_on_it_and_it_asks_for_nothing()
    {
        string html = CampaignHtml.Render(Plan, Result(whole: true, sound: true));

        html.Should().ContainAll("4,200", "4.2 k, between 2.1 k and 6.3 k", "3.6 k", "&#x2B;17 %", "tenth 10 (400)", "before the start, letter", "97.5 % interval", "95 % for all arms together", new string('a', 64), "&lt;b&gt;");
        html.Should().NotContainAny("<script", "src=\"http", "href=\"http", "NaN", "Infinity", "voucher <b>");
        CampaignHtml.Render(Plan, Result(whole: true, sound: true)).Should().Be(html);
    }

    [Fact]
    public void A_result_that_is_not_sound_says_so_first_and_one_that_is_not_whole_when_it_will_be()
    {
        string spoilt = CampaignHtml.Render(Plan, Result(whole: true, sound: false)), early = CampaignHtml.Render(Plan, Result(whole: false, sound: true));

        spoilt.Should().Contain("<h1>Do not believe these figures yet.").And.Contain("dot bad");
        early.Should().Contain("so far; whole on 2024-06-01").And.Contain("every look at once");
    }

    [Fact]
    public void In_Chinese_nothing_but_names_and_figures_is_left_in_English()
    {
        foreach (CampaignResult result in (CampaignResult[])[Result(whole: true, sound: true), Result(whole: true, sound: false), Result(whole: false, sound: true)])
        {
            string page = CampaignHtml.Render(Plan, result, Language.Chinese), html = System.Net.WebUtility.HtmlDecode(page);
            html.Should().Contain("<html lang=\"zh\">").And.Contain("各组带来多少").And.Contain("营销活动 spring");
            string text = System.Net.WebUtility.HtmlDecode(Tag().Replace(page[page.IndexOf("<main", StringComparison.Ordinal)..], " "));
            foreach (string name in (string[])[Plan.Name, Plan.ModelVersion, Plan.Segment, Plan.AssignmentSha256, .. result.Arms.Select(arm => arm.Arm), .. result.Arms.SelectMany(arm => arm.ByStrategy).Select(group => group.Group)])
                text = name.Length == 0 ? text : text.Replace(name, "", StringComparison.Ordinal);
            Word().Matches(text).Select(match => match.Value).Distinct().Should().BeEmpty();
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex("<[^>]*>")]
    private static partial System.Text.RegularExpressions.Regex Tag();

    [System.Text.RegularExpressions.GeneratedRegex("[A-Za-z]{2,}")]
    private static partial System.Text.RegularExpressions.Regex Word();

    private static CampaignPlan Plan { get; } = new()
    {
        Name = "spring",
        AsOf = new DateOnly(2024, 3, 1),
        Start = new DateOnly(2024, 3, 3),
        OutcomeDays = 90,
        ModelVersion = "20240301-120000-prior-boosted",
        PlaybookHash = new string('b', 64),
        HorizonDays = 90,
        Segment = "churn_probability > 0.4",
        Salt = "",
        ByDecision = false,
        HoldoutShare = 0.02,
        Holdout = 120,
        Confidence = 0.95,
        Power = 0.8,
        Arms = [new PlannedArm("control", null, 0.2, 1500, 0, 0), new PlannedArm("letter", "thank-you-letter", 0.4, 3000, 1.2, 0), new PlannedArm("voucher <b>", null, 0.4, 3000, 5, 0)],
        Design = [],
        Balance = [],
        Overlaps = [],
        AssignmentSha256 = new string('a', 64),
    };

    private static CampaignResult Result(bool whole, bool sound) => new()
    {
        Campaign = "spring",
        ModelVersion = Plan.ModelVersion,
        Start = Plan.Start,
        End = whole ? Plan.End : Plan.Start.AddDays(30),
        IsWhole = whole,
        ReadyOn = Plan.End,
        Confidence = 0.975,
        Arms = [Arm("letter", "thank-you-letter", 4200, 2100, 6300, 3600), Arm("voucher <b>", null, 3300, -900, 7500, 15_000)],
        Checks =
        [
            new CampaignCheck("sample-ratio", null, sound, sound ? 0.47 : 0.0001, sound ? "The groups are as large as they were drawn." : "Customers are missing from some groups more than from others, so the groups cannot be compared; find out who was removed, and why."),
            new CampaignCheck("before-the-start", "letter", true, 0.61, "Arm and control group spent alike before the start."),
            new CampaignCheck("contamination", null, true, 0.004, "The control group was left alone."),
        ],
        Forecasts = [new ForecastCheck("buyers", 402, 391), new ForecastCheck("purchases", 611, 588), new ForecastCheck("spend", 24_310, 25_120)],
    };

    private static ArmResult Arm(string name, string? action, double margin, double low, double high, double cost)
    {
        OutcomeEffect[] outcomes =
        [
            new()
            {
                Outcome = "buyers",
                Control = 0.262,
                Difference = 0.031,
                StandardError = 0.011,
                Low = 0.006,
                High = 0.056,
                PValue = 0.0049,
            }, new()
            {
                Outcome = "purchases",
                Control = 0.391,
                Difference = 0.052,
                StandardError = 0.02,
                Low = 0.007,
                High = 0.097,
                PValue = 0.011,
            },
            new()
            {
                Outcome = "spend",
                Control = 16.7,
                Difference = 3.1,
                StandardError = 1.4,
                Low = 0.1,
                High = 6.1,
                PValue = 0.027,
            }, new()
            {
                Outcome = "margin",
                Control = 7.2,
                Difference = margin / 3000,
                StandardError = (high - low) / 3000 / 4.48,
                Low = low / 3000,
                High = high / 3000,
                PValue = 0.0004,
            },
        ];
        GroupEffect[] strategies = [.. new[] { "retain", "develop", "cultivate", "maintain", "win-back" }.Select((group, k) => new GroupEffect(group, 900 - 100 * k, 0.02, 4.0 - 1.3 * k, 1.1 - 1.9 * k, 6.9 - 0.7 * k))];
        GroupEffect[] tenths = [.. Enumerable.Range(1, 10).Select(k => new GroupEffect($"{k}", 400 + (k < 10 ? k : 0), 0.02, 0.6 * k - 1, 0.4 * k - 2.5, 0.9 * k + 1))];
        return new ArmResult
        {
            Arm = name,
            Action = action,
            Customers = 3000,
            Control = 1500,
            Outcomes = outcomes,
            Cost = cost,
            IncrementalBuyers = 93,
            IncrementalMargin = margin,
            MarginLow = low,
            MarginHigh = high,
            ReturnOnMoney = margin / cost - 1,
            CostPerBuyer = low > 0 ? 9 : null,
            ByStrategy = strategies,
            ByValue = tenths,
            Effects = [],
        };
    }
}
