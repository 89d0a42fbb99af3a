using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Tests.Learning;

/// <summary>At what level a whole base is expected, in shops whose season is known.</summary>
public class LevelForecastTests
{
    private const int HorizonDays = 90;
    private static readonly DateOnly s_start = new(2021, 1, 1);
    private static readonly TransactionLog s_gifts = Donations(seed: 4);

    /// <summary>
    /// Some 1,500 purchases a quarter and more: chance alone moves a total by 3 %, growth and the customers' own luck by about 10 % (twelve dates of simulated shops: root mean square .05 to .1);
    /// a quarter leaves two and a half times that.
    /// </summary>
    [Theory]
    [InlineData("2022-06-01")]
    [InlineData("2022-12-01")]
    [InlineData("2023-02-01")]
    public void The_level_of_a_seasonal_base_is_found_where_a_year_is_known(string cutoff)
    {
        (SeasonalPrior seasonal, CandidateReport levelled, CandidateReport prior, _) = Race(s_gifts, Day(cutoff));

        Math.Abs(levelled.Purchases.Bias).Should().BeLessThan(0.25, seasonal.Description);
        Math.Abs(levelled.Purchases.Bias).Should().BeLessThan(Math.Max(0.12, 0.5 * Math.Abs(prior.Purchases.Bias)), seasonal.Description);
    }

    /// <summary>A version is asked up to a horizon after its cutoff and more, when the season is another: it errs hardly more there (simulated shops, 46 cutoffs each: root mean square .09 and .13). A third leaves two and a half times that.</summary>
    [Theory]
    [InlineData("2022-10-01")]
    [InlineData("2022-12-20")]
    [InlineData("2023-02-20")]
    public void The_level_of_a_later_day_is_found_as_well(string cutoff)
    {
        (SeasonalPrior seasonal, _, _, RaceResult race) = Race(s_gifts, Day(cutoff));
        DateOnly later = Day(cutoff).AddDays(HorizonDays);
        Snapshot then = Logs.Input(s_gifts, later, HorizonDays).Latest(TestContext.Current.CancellationToken);

        double came = then.Outcomes!.Purchases.ToArray().Sum(), expected = seasonal.Predict(then, HorizonDays).ExpectedPurchases.Sum(), unmoved = race.Prior!.Predict(then, HorizonDays).ExpectedPurchases.Sum();

        Math.Abs(came / expected - 1).Should().BeLessThan(1 / 3.0, seasonal.Description);
        Math.Abs(Math.Log(came / expected)).Should().BeLessThan(Math.Max(0.12, 0.5 * Math.Abs(Math.Log(came / unmoved))), seasonal.Description);
    }

    /// <summary>
    /// A log that is younger than a year at the cutoff knows last year's purchases of days a horizon later. How it grew since cannot be seen, so the mean of past origins, which knows no season, keeps two fifths
    /// of the weight and may keep as much of the error.
    /// </summary>
    [Theory]
    [InlineData("2021-10-20")]
    [InlineData("2021-11-10")]
    public void The_level_of_a_later_day_is_moved_by_the_year_before_it_where_the_log_is_younger_than_a_year(string cutoff)
    {
        (SeasonalPrior seasonal, _, _, RaceResult race) = Race(s_gifts, Day(cutoff));
        DateOnly later = Day(cutoff).AddDays(HorizonDays);
        Snapshot then = Logs.Input(s_gifts, later, HorizonDays).Latest(TestContext.Current.CancellationToken);

        double came = Math.Log(then.Outcomes!.Purchases.ToArray().Sum() / race.Prior!.Predict(then, HorizonDays).ExpectedPurchases.Sum());
        double off = came - seasonal.Level.At(later).Purchases, unmoved = came - seasonal.Level.At(Day(cutoff)).Purchases;

        Math.Abs(off).Should().BeLessThan(2 / 3.0 * Math.Abs(unmoved), seasonal.Description);
    }

    /// <summary>Just after the peak a short window, carried on as it is, takes the season for a trend.</summary>
    [Theory]
    [InlineData("2023-01-05")]
    [InlineData("2023-04-25")]
    public void A_short_window_misleads_and_its_comparison_with_the_year_before_does_not(string cutoff)
    {
        DateOnly day = Day(cutoff);
        (_, CandidateReport levelled, CandidateReport prior, _) = Race(s_gifts, day);
        (_, _, CandidateReport lastMonth, _) = Race(s_gifts, day.AddDays(-30), 30);
        double shortWindow = (1 + prior.Purchases.Bias) / (1 + lastMonth.Purchases.Bias) - 1;

        Math.Abs(shortWindow).Should().BeGreaterThan(0.4);
        Math.Abs(levelled.Purchases.Bias).Should().BeLessThan(0.25);
    }

    [Fact]
    public void What_a_base_bought_last_year_says_nothing_of_a_cohort_that_nobody_joined_since()
    {
        TransactionLogBuilder cohort = new();
        TransactionLog all = Logs.Simulated(1500, seed: 9);
        for (int customer = 0; customer < all.CustomerCount; customer++)
            if (all.Days[all.Offsets.Span[customer]] < 90)
                foreach (int row in Enumerable.Range(all.Offsets.Span[customer], all.RowsOf(customer).GetOffsetAndLength(all.RowCount).Length))
                    cohort.Add(new Transaction(all.Customers[customer], all.FirstDay.AddDays(all.Days[row]), all.Amounts[row]));

        (SeasonalPrior joined, _, _, _) = Race(all, all.FirstDay.AddDays(470));
        (SeasonalPrior alone, CandidateReport levelled, _, _) = Race(cohort.Build(), all.FirstDay.AddDays(470));

        joined.Level.Basis.Should().NotContain("last year", "nobody joined in the last hundred days");
        alone.Level.Basis.Should().NotContain("last year");
        Math.Abs(levelled.Purchases.Bias).Should().BeLessThan(0.3);
    }

    [Fact]
    public void Nothing_after_the_cutoff_moves_the_level()
    {
        DateOnly cutoff = new(2022, 12, 1);
        TransactionLogBuilder known = new();
        for (int customer = 0; customer < s_gifts.CustomerCount; customer++)
            for (int row = s_gifts.Offsets.Span[customer]; row < s_gifts.Offsets.Span[customer + 1]; row++)
                if (s_gifts.FirstDay.AddDays(s_gifts.Days[row]) < cutoff)
                    known.Add(new Transaction(s_gifts.Customers[customer], s_gifts.FirstDay.AddDays(s_gifts.Days[row]), s_gifts.Amounts[row]));

        (SeasonalPrior before, _, _, _) = Race(known.Build(), cutoff);
        (SeasonalPrior after, _, _, _) = Race(s_gifts, cutoff);

        before.Level.Ahead.Should().Equal(after.Level.Ahead);
        before.Level.Deviation.Should().Be(after.Level.Deviation);
    }

    private static (SeasonalPrior Model, CandidateReport Levelled, CandidateReport Prior, RaceResult Race) Race(TransactionLog log, DateOnly cutoff, int horizon = HorizonDays)
    {
        RaceResult race = new Race(CandidateCatalogue.Standard.Only(["mbg-nbd", "seasonal-prior"])).Run(Logs.Input(log, cutoff, horizon));
        CandidateReport Of(string name) => race.Report?.Candidates.Single(candidate => candidate.Name == name) ?? null!;
        return (race.Entrants.Select(entrant => entrant.Model).OfType<SeasonalPrior>().Single(), Of("seasonal-prior"), Of("mbg-nbd"), race);
    }

    /// <summary>A charity that was there before its log begins: two appeals a year, most in December.</summary>
    private static TransactionLog Donations(int seed)
    {
        const int days = 1200;
        Random random = new(seed);
        TransactionLogBuilder builder = new();
        for (int donor = 0; donor < 5000; donor++)
        {
            double rate = 0.005 * -Math.Log(1 - random.NextDouble()), stay = -900 * Math.Log(1 - random.NextDouble());
            int first = random.Next(-700, days);
            for (int day = Math.Max(first, 0); day < Math.Min(days, first + stay); day++)
                if (random.NextDouble() < rate * Busy(s_start.AddDays(day).DayOfYear))
                    builder.Add(new Transaction($"d{donor:0000}", s_start.AddDays(day), 10 + random.Next(50)));
        }
        return builder.Build();
    }

    private static double Busy(int day) => 0.5 + 4 * Math.Exp(-0.5 * Math.Pow((day - 345) / 14.0, 2)) + 2.5 * Math.Exp(-0.5 * Math.Pow((day - 100) / 12.0, 2));

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
