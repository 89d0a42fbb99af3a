using System.Text.Json;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Store;
using CustomerValue.Reporting.Cards;
using CustomerValue.Reporting.Design;
using CustomerValue.Reporting.Figures;
using CustomerValue.Reporting.Report;

namespace CustomerValue.Reporting.Tests;

public sealed class LifetimeTextTests
{
    private static readonly LifetimeFigures s_figures = new()
    {
        Customers = 1234,
        IsSample = false,
        Model = "blend",
        Came = 2_000_000,
        Value = new LifetimeErrors(2_100_000, 800, 0.6, 0.82),
        LastYear = new LifetimeErrors(1_500_000, 900, 0.55, 0.8),
        Coverage = new GroupCoverage("all", 1234, 0.79, 0.12, 0.09),
        Deciles = [new Decile(1, 1234, 1702, 1621)],
    };

    private static readonly LifetimeBacktest s_backtest = new() { Day = new DateOnly(2023, 10, 2), HistoryDays = 400, Figures = s_figures };

    [Fact]
    public void Sentences_tell_day_customers_totals_order_interval_and_how_it_was_made()
    {
        LifetimeText.Total(s_backtest, s_figures).Should().Be("1,234 customers were known on 2023-10-02. Their lifetime values said 2.1 M for the twelve months to 2024-09-30; 2 M came (+5.0 %).");
        LifetimeText.Order(s_backtest, s_figures).Should().Be("By value, customers stand in an order with rank correlation 0.600 and Gini 0.820; by what they had spent in the year before, 0.550 and 0.800. A value is off by 800 a customer on average, that spend by 900.");
        LifetimeText.Interval(s_figures).Should().Be("The 80 % interval of the value held for 79 % of them; 12 % brought less, 9.0 % more.");
        LifetimeText.Interval(s_figures with { Coverage = null }).Should().Be("No interval could be learnt by then.");
        LifetimeText.Made(s_backtest, s_figures, 90).Should().Contain("400 days").And.Contain("The first 90 days are the forecast of a smaller race").And.NotContain("In less than a year");
        LifetimeText.Line(s_backtest).Should().Contain("2.1 M").And.Contain("2 M came (+5.0 %)").And.Contain("0.600").And.Contain("0.550").And.NotContain("drawn");
    }

    [Fact]
    public void A_young_log_and_a_sample_are_named()
    {
        LifetimeBacktest young = s_backtest with { HistoryDays = 200 };

        LifetimeText.Order(young, s_figures).Should().Contain("in the 200 days before");
        LifetimeText.Made(young, s_figures, 90).Should().Contain("In less than a year no season shows");
        LifetimeText.Total(s_backtest, s_figures with { IsSample = true }).Should().StartWith("1,234 customers were known on 2023-10-02, drawn by their ids from the whole base.");
        LifetimeText.Line(s_backtest with { Figures = s_figures with { IsSample = true } }).Should().Contain("of the customers drawn");
    }

    [Fact]
    public void Report_and_card_show_what_was_measured_and_every_number_of_it_comes_from_the_file()
    {
        ReportData report = Reports.LookedBack;
        LifetimeFigures figures = report.LifetimeBacktest!.Figures!;
        string html = System.Net.WebUtility.HtmlDecode(ReportHtml.Render(report)), card = ModelCard.Write(report);

        foreach (string text in new[] { html, card })
        {
            text.Should().Contain(LifetimeText.Total(report.LifetimeBacktest, figures)).And.Contain(LifetimeText.Interval(figures)).And.NotContain("NaN");
            figures.Deciles.Should().OnlyContain(decile => text.Contains(Readable.Money(decile.Predicted), StringComparison.Ordinal) && text.Contains(Readable.Money(decile.Actual), StringComparison.Ordinal));
        }
        ReportData read = JsonSerializer.Deserialize<ReportData>(JsonSerializer.Serialize(report, StoreJson.Options), StoreJson.Options)!;
        (ReportHtml.Render(read), ModelCard.Write(read)).Should().Be((ReportHtml.Render(report), card));
    }

    [Fact]
    public void Where_nothing_could_be_measured_the_reason_stands_there_and_where_nobody_asked_nothing()
    {
        ReportData young = Reports.Measured with { LifetimeBacktest = new LifetimeBacktest { Day = new DateOnly(2023, 10, 2), HistoryDays = 20, WhyNot = "Too short a history." } };

        ReportHtml.Render(young).Should().Contain("What lifetime values said a year ago").And.Contain("Too short a history.").And.NotContain("Lifetime values of a year ago by tenth");
        ModelCard.Write(young).Should().Contain("Too short a history.");
        LifetimeText.Line(young.LifetimeBacktest!).Should().Be("Too short a history.");
        ReportHtml.Render(Reports.Measured).Should().NotContain("What lifetime values said");
        ModelCard.Write(Reports.Measured).Should().NotContain("## Lifetime value");
    }
}
