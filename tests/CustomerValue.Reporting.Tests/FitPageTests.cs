using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Tests;
using CustomerValue.Reporting.Figures;
using CustomerValue.Reporting.Fits;

namespace CustomerValue.Reporting.Tests;

/// <summary>The page of a fit: its curves are those of the report, and a browser draws them.</summary>
public sealed class FitPageTests
{
    private static readonly RaceInput s_input = Races.Measured.Input;

    [Fact]
    public async Task The_page_opens_from_disk_without_errors_requests_or_empty_plots()
    {
        BrowserPage page = await BrowserPage.OpenAsync(Report().ToHtml());

        page.Title.Should().MatchRegex("^bg-nbd expected [0-9,]+ repeat purchases; [0-9,]+ came$");
        page.Headings.Should().Equal("What to know first", "Repeat purchases a week", "Repeat purchases so far", "Customers by number of repeat purchases", "P(alive) of customer C1", "All figures");
        page.Plots.Should().HaveCount(4);
        page.Plots.Should().NotContain(plot => !(plot.Width > 200 && plot.Height > 100 && plot.Marks > 0 && plot.Texts > 4 && plot.Inside));
        page.FitsTheWindow.Should().BeTrue("nothing sticks out at the side");
        page.Troubles.Should().BeEmpty();
    }

    [Fact]
    public void Sums_over_weeks_are_told_and_the_model_follows_every_customer_from_the_first_purchase()
    {
        FitReport report = Report();
        report.Weeks.Should().OnlyContain(week => week.Holdout == (week.Start >= Races.Cutoff));
        string[] told = [$"{report.Weeks.Sum(week => week.Actual):#,0} actual beside", $"{report.Weeks.Sum(week => week.Expected):#,0} expected"];
        report.ToHtml().Should().Contain(told[0]).And.Contain(told[1]);
        double total = 0;
        foreach (int customer in Races.Measured.Result.Latest.Aggregates.Population)
        {
            int row = s_input.Log.Offsets.Span[customer];
            while (s_input.Log.Amounts[row] < 0)
                row++;
            total += report.Fit.Model.ExpectedPurchasesOfNewCustomer(report.Weeks.Count - (s_input.Log.Days[row] + 1) / (double)DaysIn.Week);
        }
        report.Weeks.Sum(week => week.Expected).Should().BeApproximately(total, 1e-6 * total, "sums of weeks are E[X(t)] at the end");
    }

    private static FitReport Report()
    {
        Snapshot latest = Races.Measured.Result.Latest;
        FitResult<ITransactionModel> fit = TransactionModels.Fit("bg-nbd", latest.Histories, new FitOptions(), TestContext.Current.CancellationToken);
        int weeks = (s_input.Log.LastDay.DayNumber - s_input.Log.FirstDay.DayNumber + 1) / DaysIn.Week;
        return new FitReport
        {
            Fit = fit,
            Unit = "week",
            FirstDay = s_input.Log.FirstDay,
            Cutoff = Races.Cutoff,
            Weeks = TrackedWeek.Count(s_input.Log, latest.Aggregates.Population, s_input.Log.FirstDay, weeks, Races.Cutoff, days => fit.Model.ExpectedPurchasesOfNewCustomer(days / DaysIn.Week)),
            ActualFrequencies = Tracking.ActualFrequencies(latest.Histories, 7),
            ExpectedFrequencies = Tracking.ExpectedFrequencies(fit.Model, latest.Histories, 7),
            Customer = new CustomerPath("C1", Races.Cutoff.AddDays(-60), [0, 20, 41], [0, 19.99, 20, 40.99, 41, 70], [1, .8, 1, .7, 1, .6]),
        };
    }
}
