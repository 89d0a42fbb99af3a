
namespace CustomerValue.Simulation.Tests;

public class PurchaseLawTests
{
    [Fact]
    public void Purchase_rates_are_recovered_from_the_orders()
    {
        // Given its rate, a customer's repeat orders are Poisson with mean rate * days active. The sum over customers has variance equal to its
        // mean, so it lies within 4 sqrt(mean); dividing by the total of active days gives the margin of the mean rate.
        SimulatedShop shop = SimulatedShop.Of(SimulatedShop.Plain(SimulatedShop.PlainSegment with { RateShape = 1.6 }));
        double expected = shop.Truths.Sum(truth => truth.PurchaseRate * (400 - truth.AcquiredDay));
        double repeats = shop.Orders().Count() - shop.Options.Customers;
        repeats.Should().BeApproximately(expected, 4 * Math.Sqrt(expected));
    }

    [Fact]
    public void Gamma_of_the_rates_is_recovered_by_the_moments_of_the_counts()
    {
        // x ~ NBD over T days: mean m = r T / alpha, variance m + m^2 / r. The count's fourth moment is bounded here by that of a gamma with
        // the same mean and variance v (heavier than the mixture's lattice part): Var(s^2) = v^2 (2 + 6 v / m^2) / n. For r = 2, m = 8, n = 20,000:
        // v = 40, margin of the mean 4 sqrt(40 / n) = 0.18, of the variance 4 * 40 sqrt((2 + 3.75) / n) = 2.7.
        SimulationOptions options = SimulatedShop.Plain(SimulatedShop.PlainSegment with { RateShape = 2 }) with { Customers = 20_000 };
        double[] counts = SimulatedShop.Of(options).OrderCounts(1, 400);
        double days = 399;
        double mean = counts.Average();
        double variance = counts.Sum(count => (count - mean) * (count - mean)) / (counts.Length - 1);
        double trueMean = 0.02 * days;
        mean.Should().BeApproximately(trueMean, 0.18);
        variance.Should().BeApproximately(trueMean + trueMean * trueMean / 2, 2.7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Gaps_are_as_regular_as_the_segment_says(int regularity)
    {
        // gap * rate is Gamma(k, k): mean 1, variance 1/k, Var(s^2) = (2 + 6/k) / (k^2 n) (a day's minutes round it by 0.0001).
        SimulationOptions options = SimulatedShop.Plain(SimulatedShop.PlainSegment with
        {
            RateShape = 1000,
            MeanRatePerDay = 0.12,
            Regularity = regularity,
        }) with
        { Customers = 1000 };
        SimulatedShop shop = SimulatedShop.Of(options);
        List<double> gaps = [];
        foreach (IGrouping<int, (int Customer, int Day, double Moment, double Value)> orders in shop.Orders().GroupBy(order => order.Customer))
        {
            // Some 48 orders each: the first 15 gaps are there for everyone, so none is chosen by its length.
            double[] moments = [.. orders.Select(order => order.Moment)];
            moments.Length.Should().BeGreaterThan(15);
            for (int i = 1; i <= 15; i++)
                gaps.Add((moments[i] - moments[i - 1]) * shop.Truths[orders.Key].PurchaseRate);
        }

        double mean = gaps.Average();
        double variance = gaps.Sum(gap => (gap - mean) * (gap - mean)) / (gaps.Count - 1);
        mean.Should().BeApproximately(1, 4 / Math.Sqrt(regularity * gaps.Count));
        variance.Should().BeApproximately(1.0 / regularity, 4 * Math.Sqrt((2 + 6.0 / regularity) / gaps.Count) / regularity);
    }

    [Fact]
    public void Customers_leave_at_their_dropout_rates_and_order_no_more()
    {
        // Given its rate, a customer has left by the end with probability p = 1 - exp(-mu T): a sum of Bernoulli trials.
        SimulatedShop shop = SimulatedShop.Of(SimulatedShop.Plain(SimulatedShop.PlainSegment with { MeanDropoutPerDay = 0.004 }));
        double[] left = [.. shop.Truths.Select(truth => 1 - Math.Exp(-truth.Dropout * (400 - truth.AcquiredDay)))];
        shop.Truths.Count(truth => !truth.AliveAtEnd).Should().BeCloseTo((int)left.Sum(), (uint)(4 * Math.Sqrt(left.Sum(p => p * (1 - p)))));
        foreach ((int customer, _, double moment, _) in shop.Orders())
            moment.Should().BeLessThanOrEqualTo(shop.Truths[customer].DropoutDay);

        // And orders while active are Poisson: the dead ordered for as long as they lived.
        double expected = shop.Truths.Sum(truth => truth.PurchaseRate * (Math.Min(400, truth.DropoutDay) - truth.AcquiredDay));
        (shop.Orders().Count() - 4000.0).Should().BeApproximately(expected, 4 * Math.Sqrt(expected));
    }

    [Fact]
    public void Customers_leave_after_a_repeat_order_with_their_probability()
    {
        // Each repeat order is a Bernoulli trial with the customer's p.
        SimulationOptions options = SimulatedShop.Plain(SimulatedShop.PlainSegment) with { Dropout = DropoutKind.AfterOrder };
        SimulatedShop shop = SimulatedShop.Of(options);
        double expected = shop.Truths.Sum(truth => (truth.Orders - 1) * truth.Dropout);
        double variance = shop.Truths.Sum(truth => (truth.Orders - 1) * truth.Dropout * (1 - truth.Dropout));
        ((double)shop.Truths.Count(truth => !truth.AliveAtEnd)).Should().BeApproximately(expected, 4 * Math.Sqrt(variance));
        foreach (CustomerTruth truth in shop.Truths.Where(truth => !truth.AliveAtEnd))
            truth.Orders.Should().BeGreaterThan(1, "the first order is not followed by dropout");
    }

    [Fact]
    public void Months_follow_the_wave_with_its_peak_in_November()
    {
        SimulationOptions options = SimulatedShop.Plain(SimulatedShop.PlainSegment with { SeasonStrength = 1.5 }) with { Days = 366 };
        SimulatedShop shop = SimulatedShop.Of(options);
        double[] weights = new SimulationCalendar(options).Weights(0);
        double rates = shop.Truths.Sum(truth => truth.PurchaseRate);
        double[] found = new double[12];
        double[] expected = new double[12];
        foreach ((_, int day, _, _) in shop.Orders().Where(order => order.Day > 0))
            found[options.Start.AddDays(day).Month - 1]++;
        for (int day = 1; day < options.Days; day++)
            expected[options.Start.AddDays(day).Month - 1] += rates * weights[day];

        // Each month's count is Poisson given the rates.
        for (int month = 0; month < 12; month++)
            found[month].Should().BeApproximately(expected[month], 4 * Math.Sqrt(expected[month]), "in month {0}", month + 1);
        found.Should().HaveElementAt(10, found.Max());
        (found[10] / found[6]).Should().BeGreaterThan(3);
        weights.Take(365).Average().Should().BeApproximately(1, 1e-9);
    }

    [Fact]
    public void First_orders_grow_over_the_years()
    {
        // With growth g a year the second of two years has the share (1+g)/(2+g) of first orders: a binomial count.
        SimulationOptions options = SimulatedShop.Plain(SimulatedShop.PlainSegment) with { Days = 730, AcquisitionDays = null, AcquisitionGrowthPerYear = 1 };
        double second = SimulatedShop.Of(options).Truths.Count(truth => truth.AcquiredDay >= 365);
        second.Should().BeApproximately(4000 * 2 / 3.0, 4 * Math.Sqrt(4000 * 2 / 9.0));
    }
}
