using System.Text.Json;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Models.Tests.Value;

/// <summary>What lifetime values said a year ago is said by what was known then alone, and set beside what came without loss.</summary>
public sealed class LifetimeBacktestTests
{
    private const int HorizonDays = 60;
    private static readonly DateOnly s_cutoff = new(2024, 10, 1), s_day = s_cutoff.AddDays(-DaysIn.Year);
    private static readonly TransactionLog s_log = Logs.Simulated(300, seed: 31);
    private static readonly Lazy<LifetimeBacktest> s_backtest = new(() => Run(s_log));

    private static LifetimeFigures Figures => s_backtest.Value.Figures!;

    [Fact]
    public void Tenths_add_up_to_the_totals_and_stand_in_order()
    {
        Figures.Deciles.Should().HaveCount(10);
        Figures.Deciles.Sum(decile => decile.Customers).Should().Be(Figures.Customers);
        Figures.Deciles.Sum(decile => decile.Customers * decile.Predicted).Should().BeApproximately(Figures.Value.Said, 1e-9 * Figures.Value.Said);
        Figures.Deciles.Sum(decile => decile.Customers * decile.Actual).Should().BeApproximately(Figures.Came, 1e-9 * Figures.Came);
        Figures.Deciles.Select(decile => decile.Predicted).Should().BeInDescendingOrder();
    }

    [Fact]
    public void Customers_and_money_are_those_of_the_log()
    {
        int day = s_day.DayNumber - s_log.FirstDay.DayNumber;
        int customers = 0;
        double came = 0, before = 0;
        for (int customer = 0; customer < s_log.CustomerCount; customer++)
        {
            int[] rows = [.. Enumerable.Range(s_log.Offsets.Span[customer], s_log.Offsets.Span[customer + 1] - s_log.Offsets.Span[customer])];
            if (s_log.Days[rows[0]] >= day)
                continue;
            customers++;
            came += rows.Where(row => s_log.Days[row] >= day && s_log.Days[row] < day + DaysIn.Year).Sum(row => s_log.Amounts[row]);
            before += rows.Where(row => s_log.Days[row] < day).Sum(row => s_log.Amounts[row]); // the log is younger than a year then
        }

        (s_backtest.Value.Day, s_backtest.Value.HistoryDays, s_backtest.Value.WhyNot).Should().Be((s_day, day, null));
        Figures.Customers.Should().Be(customers);
        Figures.IsSample.Should().BeFalse();
        Figures.Came.Should().BeApproximately(came, 1e-9 * came);
        Figures.LastYear.Said.Should().BeApproximately(before, 1e-9 * before);
    }

    /// <summary>Trained on a log that ends on the eve of the day, published, read back and asked for twelve months.</summary>
    [Fact]
    public void A_version_of_that_day_that_knows_nothing_later_says_the_same()
    {
        RaceInput input = Logs.Input(Map(s_log, amount: (_, day, amount) => day < s_day ? amount : null), s_day, HorizonDays);
        string folder = Directory.CreateTempSubdirectory("lifetime-backtest-").FullName;
        try
        {
            ModelStore store = new(folder, TimeProvider.System);
            RaceResult race = LifetimeBacktester.Smaller(CandidateCatalogue.Standard).Run(input);
            string version = VersionPublisher.Publish(store, input, race, new ValueOptions { HorizonMonths = 12, AnnualDiscountRate = 0 }, "tests", new Dictionary<string, string>()).Version;
            ScoredCustomers scored = ScoringModel.Load(store.Open(version), CandidateCatalogue.Standard).Score(input.Log, null, s_day, 1, CancellationToken.None);

            scored.Count.Should().Be(Figures.Customers);
            scored.LifetimeValue.Sum().Should().BeApproximately(Figures.Value.Said, 1e-9 * Figures.Value.Said);
            Figures.Model.Should().Be(race.Champion.Name).And.Be(Blend.CandidateName);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Nothing_after_the_cutoff_changes_anything(int seed)
    {
        Random random = new(seed);
        TransactionLog other = Map(s_log, amount: (_, day, amount) => day < s_cutoff ? amount : random.Next(3) == 0 ? null : amount * 20 * random.NextDouble(),
            more: [.. Enumerable.Range(0, 50).Select(k => new Transaction($"new{k}", s_cutoff.AddDays(random.Next(60)), 1000))]);

        Json(Run(other)).Should().Be(Json(s_backtest.Value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Other_purchases_and_prices_from_the_day_on_change_what_came_and_not_what_was_said(int seed)
    {
        Random random = new(seed);
        TransactionLog other = Map(s_log, amount: (_, day, amount) => day < s_day ? amount : random.Next(3) == 0 ? null : amount * 20 * random.NextDouble(),
            more: [.. Enumerable.Range(0, 50).Select(k => new Transaction($"new{k}", s_day.AddDays(random.Next(365)), 1000)), new Transaction("c00000", s_log.LastDay, 1)]);

        LifetimeFigures found = Run(other).Figures!;

        found.Came.Should().NotBe(Figures.Came);
        found.Value.Said.Should().Be(Figures.Value.Said);
        found.LastYear.Said.Should().Be(Figures.LastYear.Said);
        found.Deciles.Select(decile => decile.Predicted).Should().Equal(Figures.Deciles.Select(decile => decile.Predicted));
    }

    /// <summary>Intervals are held against what came, so they are seen to look at nothing later where everyone brings what they brought, on other days.</summary>
    [Fact]
    public void When_a_customer_bought_within_the_year_changes_nothing()
    {
        Random random = new(5);
        LifetimeFigures found = Run(Map(s_log, day: day => day < s_day || day >= s_cutoff ? day : s_day.AddDays(random.Next(DaysIn.Year)))).Figures!;

        found.Came.Should().BeApproximately(Figures.Came, 1e-9 * Figures.Came);
        found.Value.Mae.Should().BeApproximately(Figures.Value.Mae, 1e-9 * Figures.Value.Mae);
        found.Value.Spearman.Should().BeApproximately(Figures.Value.Spearman, 1e-6);
        found.Coverage.Should().Be(Figures.Coverage);
    }

    [Fact]
    public void Other_ids_in_the_same_order_and_more_threads_change_nothing()
    {
        Json(Run(Map(s_log, id: id => "customer-" + id))).Should().Be(Json(s_backtest.Value));
        Json(Run(s_log, threads: 2)).Should().Be(Json(s_backtest.Value));
    }

    [Theory]
    [InlineData(0.37)]
    [InlineData(1e9)]
    [InlineData(1 / 65536.0)]
    public void A_currency_scales_money_and_nothing_else(double factor)
    {
        LifetimeFigures found = Run(Map(s_log, amount: (_, _, amount) => amount * factor)).Figures!;

        (found.Customers, found.Model).Should().Be((Figures.Customers, Figures.Model));
        Scaled(found.Came, Figures.Came);
        foreach ((LifetimeErrors one, LifetimeErrors other) in new[] { (found.Value, Figures.Value), (found.LastYear, Figures.LastYear) })
        {
            Scaled(one.Said, other.Said);
            Scaled(one.Mae, other.Mae);
            one.Spearman.Should().BeApproximately(other.Spearman, 1e-6);
            one.NormalizedGini.Should().BeApproximately(other.NormalizedGini, 1e-6);
        }
        foreach ((Decile one, Decile other) in found.Deciles.Zip(Figures.Deciles))
        {
            Scaled(one.Predicted, other.Predicted);
            Scaled(one.Actual, other.Actual);
        }
        found.Coverage!.Covered.Should().BeApproximately(Figures.Coverage!.Covered, 1e-6);

        void Scaled(double value, double expected) => value.Should().BeApproximately(factor * expected, 1e-9 * factor * Math.Abs(expected));
    }

    /// <summary>Half a year and two horizons before the day, a year after it: of horizons of 60 and 120 days 183 and 240 days before.</summary>
    [Theory]
    [InlineData(60, 183)]
    [InlineData(120, 240)]
    public void Too_short_a_history_gives_a_sentence_and_no_figure(int horizonDays, int least)
    {
        DateOnly first = s_log.FirstDay.AddDays(least + DaysIn.Year);

        LifetimeBacktest before = Run(s_log, first.AddDays(-1), horizonDays), enough = Run(s_log, first, horizonDays);

        before.Figures.Should().BeNull();
        before.WhyNot.Should().Contain($"{least} days of transactions").And.Contain($"from {first:yyyy-MM-dd} on").And.Contain($"to {first.AddDays(horizonDays - 1):yyyy-MM-dd}");
        before.HistoryDays.Should().Be(least - 1);
        enough.WhyNot.Should().BeNull();
        enough.Figures.Should().NotBeNull();
    }

    [Fact]
    public void A_log_of_days_has_a_sentence_too()
    {
        LifetimeBacktest backtest = Run(s_log, s_log.FirstDay.AddDays(30));

        (backtest.Figures, backtest.HistoryDays).Should().Be((null, 0));
        backtest.WhyNot.Should().Contain("there are 30 days");
    }

    [Fact]
    public void Where_nobody_had_bought_again_or_nothing_has_a_price_it_says_so()
    {
        TransactionLog once = TransactionLog.From([.. Enumerable.Range(0, 500).Select(k => new Transaction($"c{k:000}", s_log.FirstDay.AddDays(k), 10)), new Transaction("c499", s_log.LastDay, 10)]);

        Run(once).WhyNot.Should().Contain("nobody of those known on 2023-10-02 had bought again");
        Run(Map(s_log, amount: (_, _, _) => 0)).WhyNot.Should().Contain("brought no money");
    }

    [Fact]
    public void Of_a_sample_the_figures_are_those_of_the_sample()
    {
        TransactionLog drawn = s_log.Sample(0.6);
        RaceInput sampled = Logs.Input(drawn, s_cutoff, HorizonDays) with { Whole = s_log };

        LifetimeBacktest found = LifetimeBacktester.Run(sampled, CandidateCatalogue.Standard), alone = Run(drawn);

        found.Figures!.IsSample.Should().BeTrue();
        Json(found with { Figures = found.Figures with { IsSample = false } }).Should().Be(Json(alone));
    }

    /// <summary>A version of before knows no such figures, and one of today reads back as it was.</summary>
    [Fact]
    public void Manifests_are_read_with_and_without_it()
    {
        Manifest manifest = Races.ManifestOf(Races.Measured.Input, Races.Measured.Result);
        string before = Json(manifest).Replace("  \"lifetime_backtest\": null,\n", "", StringComparison.Ordinal);
        before.Should().NotContain("lifetime_backtest");

        JsonSerializer.Deserialize<Manifest>(before, StoreJson.Options)!.LifetimeBacktest.Should().BeNull();
        Json(JsonSerializer.Deserialize<Manifest>(Json(manifest with { LifetimeBacktest = s_backtest.Value }), StoreJson.Options)!.LifetimeBacktest).Should().Be(Json(s_backtest.Value));
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, StoreJson.Options);

    private static LifetimeBacktest Run(TransactionLog log, DateOnly? cutoff = null, int horizonDays = HorizonDays, int threads = 1) =>
        LifetimeBacktester.Run(Logs.Input(log, cutoff ?? s_cutoff, horizonDays, threads), CandidateCatalogue.Standard);

    /// <summary>A log with other ids, days or amounts; a row of the amount null is left out.</summary>
    private static TransactionLog Map(
        TransactionLog log, Func<string, string>? id = null, Func<DateOnly, DateOnly>? day = null, Func<string, DateOnly, double, double?>? amount = null, IReadOnlyList<Transaction>? more = null)
    {
        TransactionLogBuilder builder = new();
        for (int customer = 0; customer < log.CustomerCount; customer++)
            for (int row = log.Offsets.Span[customer]; row < log.Offsets.Span[customer + 1]; row++)
            {
                DateOnly at = log.FirstDay.AddDays(log.Days[row]);
                if ((amount is null ? log.Amounts[row] : amount(log.Customers[customer], at, log.Amounts[row])) is { } money)
                    builder.Add(new Transaction(id?.Invoke(log.Customers[customer]) ?? log.Customers[customer], day?.Invoke(at) ?? at, money));
            }
        foreach (Transaction transaction in more ?? [])
            builder.Add(transaction);
        return builder.Build();
    }
}
