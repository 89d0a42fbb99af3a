using CustomerValue.BuyTillYouDie;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Value;

namespace CustomerValue.Models.Tests.Value;

public class LifetimeValueTests
{
    private static readonly BuyTillYouDieModel s_prior = (BuyTillYouDieModel)new Race(CandidateCatalogue.Standard)
        .Run(Logs.Input(Logs.Simulated(150, seed: 2, days: 200), new DateOnly(2023, 7, 1), 90)).Prior!;

    private static readonly PurchaseHistory s_history = new(4, 20, 25);

    [Fact]
    public void Without_discount_the_value_of_the_priors_own_forecast_is_its_expected_spend()
    {
        LifetimeValue value = new(s_prior, new ValueOptions { HorizonMonths = 36, AnnualDiscountRate = 0 }, 90);
        double horizonSpend = 50 * s_prior.Purchases.ExpectedPurchases(s_history, 90 / 7.0);

        double total = value.Of(s_history, 50, horizonSpend, 1);

        total.Should().BeApproximately(50 * s_prior.Purchases.ExpectedPurchases(s_history, 36 * 30.4375 / 7), 1e-9 * total);
    }

    /// <summary>Weekly steps discounted one by one against the quarterly steps of the calculator: the promised 5e-4 of value.</summary>
    [Fact]
    public void Quarterly_steps_discount_as_weekly_ones()
    {
        LifetimeValue value = new(s_prior, new ValueOptions(), 90);
        double exact = 0, before = 0;
        double weeks = 36 * 30.4375 / 7;
        for (double end = 1; end < weeks + 1; end++)
        {
            double until = s_prior.Purchases.ExpectedPurchases(s_history, Math.Min(end, weeks));
            exact += 50 * (until - before) * Math.Pow(1.1, -(end - 0.5) * 7 / 365.25);
            before = until;
        }

        value.Of(s_history, 50, 50 * s_prior.Purchases.ExpectedPurchases(s_history, 90 / 7.0), 1).Should().BeApproximately(exact, 5e-4 * exact);
    }

    [Fact]
    public void Value_grows_with_spend_and_margin_and_shrinks_with_discount()
    {
        double Of(double rate, double spend, double margin) => new LifetimeValue(s_prior, new ValueOptions { AnnualDiscountRate = rate }, 90).Of(s_history, 50, spend, margin);

        Of(0.1, 200, 1).Should().BeGreaterThan(Of(0.1, 100, 1));
        Of(0.1, 100, 0.5).Should().BeApproximately(0.5 * Of(0.1, 100, 1), 1e-9);
        Of(0.2, 100, 1).Should().BeLessThan(Of(0.1, 100, 1));
    }

    [Fact]
    public void Without_a_prior_the_first_horizon_goes_on()
    {
        new LifetimeValue(null, new ValueOptions { HorizonMonths = 12, AnnualDiscountRate = 0 }, 90).Of(s_history, 0, 90, 1)
            .Should().BeApproximately(365.25, 1e-9);
    }
}
