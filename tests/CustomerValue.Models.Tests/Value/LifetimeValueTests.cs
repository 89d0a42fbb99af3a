using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Seasons;
using CustomerValue.Models.Value;

namespace CustomerValue.Models.Tests.Value;

public class LifetimeValueTests
{
    private static readonly DateOnly s_asOf = new(2023, 7, 1);
    private static readonly ObservationWindow s_window = new(s_asOf, 90);

    private static readonly LongRun s_longRun = new Race(CandidateCatalogue.Standard)
        .Run(Logs.Input(Logs.Simulated(150, seed: 2, days: 200), s_asOf, 90)).LongRun! with
    { HorizonLevel = 1, YearLevel = 1, YearlyDecay = 1 };

    private static readonly PurchaseHistory s_history = s_longRun.History(s_asOf, 4, 140, 175);

    [Fact]
    public void Without_discount_the_value_of_the_models_own_forecast_is_its_expected_spend()
    {
        LifetimeValue value = new(s_longRun, new ValueOptions { HorizonMonths = 36, AnnualDiscountRate = 0 }, s_window);

        double total = value.Of(4, 140, 175, 50, Expected(90), 1);

        total.Should().BeApproximately(Expected(36 * 30.4375), 1e-9 * total);
    }

    /// <summary>Weekly steps discounted one by one against the quarterly steps of the calculator: the promised 5e-4 of value.</summary>
    [Fact]
    public void Quarterly_steps_discount_as_weekly_ones()
    {
        double exact = 0, before = 0, days = 36 * 30.4375;
        for (double end = 7; end < days + 7; end += 7)
        {
            double until = Expected(Math.Min(end, days));
            exact += (until - before) * Math.Pow(1.1, -(end - 3.5) / 365.25);
            before = until;
        }

        new LifetimeValue(s_longRun, new ValueOptions(), s_window).Of(4, 140, 175, 50, Expected(90), 1).Should().BeApproximately(exact, 5e-4 * exact);
    }

    [Fact]
    public void Value_grows_with_spend_and_margin_and_shrinks_with_discount()
    {
        double Of(double rate, double spend, double margin) => new LifetimeValue(s_longRun, new ValueOptions { AnnualDiscountRate = rate }, s_window).Of(4, 140, 175, 50, spend, margin);

        Of(0.1, 200, 1).Should().BeGreaterThan(Of(0.1, 100, 1));
        Of(0.1, 100, 0.5).Should().BeApproximately(0.5 * Of(0.1, 100, 1), 1e-9);
        Of(0.2, 100, 1).Should().BeLessThan(Of(0.1, 100, 1));
    }

    /// <summary>Every month, for customers who stay and for customers who are as good as gone, of whom a longer last step brings next to nothing more.</summary>
    [Theory]
    [InlineData(4, 140, 175)]
    [InlineData(0, 0, 1000)]
    [InlineData(40, 120, 400)]
    [InlineData(1, 1, 2)]
    public void Another_month_never_takes_away(double x, double tx, double age)
    {
        double before = 0;
        for (int months = 1; months <= 60; months++)
        {
            double value = new LifetimeValue(s_longRun, new ValueOptions { HorizonMonths = months, AnnualDiscountRate = 0.5 }, s_window).Of(x, tx, age, 50, 80, 1);
            value.Should().BeGreaterThanOrEqualTo(before);
            before = value;
        }
    }

    [Fact]
    public void More_months_are_never_worth_less_and_never_less_than_the_first_horizon()
    {
        double before = 0;
        for (int months = 3; months <= 120; months += 3)
        {
            double value = new LifetimeValue(s_longRun, new ValueOptions { HorizonMonths = months }, s_window).Of(4, 140, 175, 50, 80, 1);
            value.Should().BeGreaterThanOrEqualTo(before);
            value.Should().BeGreaterThanOrEqualTo(80 * Math.Pow(1.1, -45 / 365.25) - 1e-9);
            before = value;
        }
    }

    /// <summary>A season that lifts everyone's first horizon by half is in the level, and adds to the first horizon only.</summary>
    [Fact]
    public void What_lifts_everyone_in_the_first_horizon_does_not_go_on_for_years()
    {
        LifetimeValue usual = new(s_longRun, new ValueOptions(), s_window), lifted = new(s_longRun with { HorizonLevel = 1.5 }, new ValueOptions(), s_window);
        double first = Math.Pow(1.1, -45 / 365.25), spend = Expected(90);

        double difference = lifted.Of(4, 140, 175, 50, 1.5 * spend, 1) - usual.Of(4, 140, 175, 50, spend, 1);

        difference.Should().BeApproximately(0.5 * spend * first, 1e-9 * spend);
    }

    [Fact]
    public void Without_a_model_the_first_horizon_goes_on()
    {
        new LifetimeValue(null, new ValueOptions { HorizonMonths = 12, AnnualDiscountRate = 0 }, s_window).Of(4, 140, 175, 0, 90, 1)
            .Should().BeApproximately(365.25, 1e-9);
    }

    private static double Expected(double days) => 50 * s_longRun.Purchases.ExpectedPurchases(s_history, days / 7);
}
