using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Store;
using CustomerValue.Reporting.Cards;
using CustomerValue.Reporting.Design;
using CustomerValue.Reporting.Figures;
using CustomerValue.Reporting.Report;

namespace CustomerValue.Reporting.Tests;

public sealed partial class ReportHtmlTests
{
    [Fact]
    public void Every_number_of_page_and_card_comes_from_the_figures_file()
    {
        ReportData read = JsonSerializer.Deserialize<ReportData>(JsonSerializer.Serialize(Reports.Measured, StoreJson.Options), StoreJson.Options)!;

        ReportHtml.Render(read).Should().Be(ReportHtml.Render(Reports.Measured));
        ModelCard.Write(read).Should().Be(ModelCard.Write(Reports.Measured));
    }

    [Fact]
    public void The_page_asks_for_nothing_and_runs_nothing()
    {
        string html = ReportHtml.Render(Reports.Measured);

        html.Should().StartWith("<!DOCTYPE html>");
        html.Should().NotContainAny("<script", "<link rel=\"stylesheet\"", "@import", "src=\"http", "href=\"http", "NaN", "Infinity");
        EventHandler().IsMatch(html).Should().BeFalse();
    }

    [Fact]
    public void The_grade_in_words_is_the_heading_three_findings_follow_and_the_rule_is_printed()
    {
        string html = ReportHtml.Render(Reports.Measured);

        Heading().Match(html).Groups[2].Value.Should().Be(Reports.Measured.Grade.Meaning);
        html.Should().Contain($"<p class=\"lead\">{Reports.Measured.Headline.Sentence}</p>");
        HoldoutReport holdout = Reports.Measured.Holdout!;
        RaceReport race = Reports.Measured.Evaluation!;
        Regex.Matches(html, "class=\"money\">([^<]*)<").Take(3).Select(match => System.Net.WebUtility.HtmlDecode(match.Groups[1].Value)).Should().Equal(
            Readable.Percent(holdout.Reliability[0].Actual),
            Readable.Percent(holdout.SpendGain.Points.Single(point => Math.Abs(point.Share - 0.2) < 1e-9).Champion),
            Readable.ChangeOf(race.Candidates.Single(candidate => candidate.Name == race.Champion).Spend.Bias));
        foreach (GradeCheck check in Reports.Measured.Grade.Checks)
            html.Should().Contain($">{check.What}</th>");
    }

    [Fact]
    public void Headings_descend_and_every_table_has_a_caption_and_every_plot_a_label()
    {
        string html = ReportHtml.Render(Reports.Measured);

        int[] levels = [.. Heading().Matches(html).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
        levels[0].Should().Be(1);
        levels.Zip(levels.Skip(1)).Should().OnlyContain(pair => pair.Second <= pair.First + 1);
        levels.Count(level => level == 2).Should().Be(11);
        Regex.Count(html, "<table[^>]*>\\s*<caption[^>]*>[^<]+").Should().Be(Regex.Count(html, "<table"));
        Regex.Count(html, "<svg[^>]* role=\"img\" aria-label=\"[^\"]{20,}").Should().Be(5).And.Be(Regex.Count(html, "<svg"));
    }

    [Fact]
    public void Without_a_holdout_the_page_says_so_and_leaves_the_measurements_out()
    {
        string html = ReportHtml.Render(Reports.Unmeasured);

        html.Should().Contain("Nothing could be measured").And.Contain("not measured").And.NotContain("id=\"calibration\"").And.Contain("id=\"importance\"");
    }

    [Fact]
    public void Text_from_the_data_cannot_become_markup()
    {
        ExampleCustomer hostile = Reports.Measured.Examples[0] with { Why = "<img src=x onerror=alert(1)>" };

        string html = ReportHtml.Render(Reports.Measured with { Examples = [hostile] });

        html.Should().NotContain("<img").And.Contain("&lt;img");
    }

    [GeneratedRegex("<[a-z][^>]* on[a-z]+=", RegexOptions.IgnoreCase)]
    private static partial Regex EventHandler();

    [GeneratedRegex("<h([1-6])[^>]*>([^<]*)</h")]
    private static partial Regex Heading();
}
