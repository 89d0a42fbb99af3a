
namespace CustomerValue.Simulation.Tests;

public class BasketLawTests
{
    private static readonly SimulationOptions s_options = SimulatedShop.Plain(SimulatedShop.PlainSegment with { ReturnShare = 0.2, DiscountShare = 0.4 });
    private static readonly Lazy<SimulatedShop> s_shop = new(() => SimulatedShop.Of(s_options));

    [Fact]
    public void Order_values_scatter_around_each_customers_mean()
    {
        // An order's value is gamma with shape p = 4 around the customer's mean m: variance m^2 / p. Errors over m have deviation 1/2.
        double[] errors = [.. s_shop.Value.Orders().Select(order => order.Value / s_shop.Value.Truths[order.Customer].MeanOrderValue - 1)];
        errors.Average().Should().BeApproximately(0, 4 * 0.5 / Math.Sqrt(errors.Length));
        // Var((z-1)^2) = mu4 - sigma^4 = sigma^4 (2 + 6/p) with sigma^2 = 1/4.
        errors.Average(error => error * error).Should().BeApproximately(0.25, 4 * 0.25 * Math.Sqrt(3.5 / errors.Length));
    }

    [Fact]
    public void Means_over_customers_have_the_heavy_tail_asked_for()
    {
        // 1/m is Gamma(q = 3.5, gamma p): so 1/m over its true mean has deviation 1/sqrt(q).
        double gamma = 60 * 2.5 / 4;
        double trueMean = 3.5 / gamma / 4;
        double[] inverse = [.. s_shop.Value.Truths.Select(truth => 1 / truth.MeanOrderValue / trueMean)];
        inverse.Average().Should().BeApproximately(1, 4 / Math.Sqrt(3.5 * inverse.Length));
        // Top 1 % of an inverse gamma with shape 3.5 lies above 4.2 times the median; a normal tail would not.
        double[] sorted = [.. inverse.Order()];
        (sorted[sorted.Length / 2] / sorted[sorted.Length / 100]).Should().BeGreaterThan(3.5);
    }

    [Fact]
    public void Lines_are_returned_at_the_true_share_and_within_thirty_days()
    {
        SimulatedShop shop = s_shop.Value;
        ILookup<(int, int), SimulatedLine> bought = shop.Lines.Where(line => line.Quantity > 0).ToLookup(line => (line.Customer, line.Order));
        int early = shop.Lines.Count(line => line.Quantity > 0 && line.Day < 370);
        int returns = 0;
        foreach (SimulatedLine line in shop.Lines.Where(line => line.Quantity < 0))
        {
            SimulatedLine match = bought[(line.Customer, line.Order)].First(
                sold => sold.Product == line.Product && sold.AmountCents == -line.AmountCents && sold.Quantity == -line.Quantity);
            (line.Day - match.Day).Should().BeInRange(1, 30);
            line.UnitCostCents.Should().Be(match.UnitCostCents);
            if (match.Day < 370)
                returns++;
        }

        // Lines bought 30 days before the end or earlier have had their time: a binomial count.
        ((double)returns).Should().BeApproximately(0.2 * early, 4 * Math.Sqrt(0.16 * early));
    }

    [Fact]
    public void Margin_share_is_what_the_lines_earn()
    {
        // Per customer: margin of all lines minus share times amount, mean zero given the amounts; in units of the customer's mean.
        SimulatedShop shop = s_shop.Value;
        double[] errors = new double[shop.Options.Customers];
        foreach (SimulatedLine line in shop.Lines.Where(line => line.Quantity > 0))
        {
            CustomerTruth truth = shop.Truths[line.Customer];
            double margin = line.AmountCents - line.Quantity * line.UnitCostCents - truth.MarginShare * line.AmountCents;
            errors[line.Customer] += margin / truth.MeanOrderValue;
        }

        SimulatedShop.StandardErrorsFromZero(errors).Should().BeLessThan(4);
    }

    [Fact]
    public void Prices_grow_with_the_years()
    {
        // Value over mean and price level has mean 1 and deviation 1/2.
        SimulatedShop shop = SimulatedShop.Of(SimulatedShop.Plain(SimulatedShop.PlainSegment) with { Days = 800, SpendGrowthPerYear = 0.5, Customers = 1000 });
        double[] ratios = [.. shop.Orders().Where(order => order.Day > 365)
            .Select(order => order.Value / shop.Truths[order.Customer].MeanOrderValue / Math.Pow(1.5, order.Day / 365.25))];
        ratios.Average().Should().BeApproximately(1, 4 * 0.5 / Math.Sqrt(ratios.Length));
    }

    [Fact]
    public void Lines_an_order_average_what_was_asked_for()
    {
        // 1 + geometric with mean 1.5: variance 1.5 * 2.5. Few orders are too cheap to be split.
        SimulatedShop shop = s_shop.Value;
        double orders = shop.Orders().Count();
        double lines = shop.Lines.Count(line => line.Quantity > 0);
        (lines / orders).Should().BeApproximately(2.5, 4 * Math.Sqrt(3.75 / orders) + 0.01);
    }
}
