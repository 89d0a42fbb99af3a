
namespace CustomerValue.Simulation.Tests;

/// <summary>What truth.csv expects at the end of a log, against what the same customers do in a longer one.</summary>
public class CalibrationTests
{
    private const int End = 730;
    private const int Horizon = 90;

    // Given the hidden state the error of each customer has mean zero and customers are independent, so the sum of errors over the root of the
    // sum of squared errors is nearly standard normal: beyond 4 in 1 of 16,000 seeds, and the seed is fixed.
    [Theory]
    [InlineData(DropoutKind.Lifetime)]
    [InlineData(DropoutKind.AfterOrder)]
    public void Expectations_are_met_in_a_longer_run(DropoutKind dropout)
    {
        // Six campaigns at 120, ..., 720: the last one still works in the horizon, none follows in the longer run.
        SimulationOptions options = new()
        {
            Customers = 12_000,
            Days = End,
            AcquisitionDays = End,
            HorizonDays = Horizon,
            Seed = 11,
            Threads = 2,
            Campaigns = 6,
            Dropout = dropout,
            SpendGrowthPerYear = 0.2,
        };
        SimulatedShop shop = SimulatedShop.Of(options);
        SimulatedShop longer = SimulatedShop.Of(options with { Days = End + Horizon });
        double[] orders = longer.OrderCounts(End, End + Horizon);
        double[] days = new double[options.Customers];
        foreach (IGrouping<int, (int Customer, int Day, double Moment, double Value)> customer in longer.Orders().GroupBy(order => order.Customer))
            days[customer.Key] = customer.Where(order => order.Day >= End).Select(order => order.Day).Distinct().Count();
        double[] spend = new double[options.Customers];
        double[] returns = new double[options.Customers];
        double[] margin = new double[options.Customers];
        foreach (SimulatedLine line in longer.Lines.Where(line => line.Day >= End))
        {
            spend[line.Customer] += line.AmountCents / 100.0;
            margin[line.Customer] += (line.AmountCents - line.Quantity * line.UnitCostCents) / 100.0;
            returns[line.Customer] += line.Quantity < 0 ? -line.AmountCents / 100.0 : 0;
        }

        Check("orders", shop, orders, truth => truth.ExpectedOrders);
        Check("purchase days", shop, days, truth => truth.ExpectedPurchaseDays);
        Check("churn", shop, [.. orders.Select(count => count == 0 ? 1.0 : 0)], truth => truth.ChurnProbability);
        Check("spend", shop, spend, truth => truth.ExpectedSpend);
        Check("returns", shop, returns, truth => truth.ExpectedReturns);
        Check("margin", shop, margin, truth => truth.ExpectedMargin);
    }

    [Fact]
    public void Effect_of_a_contact_at_the_end_is_what_contacting_everyone_brings()
    {
        // The same customers, all contacted on the first day after the log or all held back: paired differences around the true effect.
        SimulationOptions options = new()
        {
            Customers = 12_000,
            Days = 300,
            AcquisitionDays = 260,
            Seed = 5,
            Threads = 2,
            Campaigns = 1,
            CampaignEveryDays = 300,
            CampaignEffectDays = 60,
            CampaignTargetShare = 1,
        };
        SimulatedShop shop = SimulatedShop.Of(options);
        shop.Contacts.Should().BeEmpty("the campaign falls after the log");
        double[] treated = SimulatedShop.Of(options with { Days = 360, CampaignControlShare = 0 }).OrderCounts(300, 360);
        double[] control = SimulatedShop.Of(options with { Days = 360, CampaignControlShare = 1 }).OrderCounts(300, 360);
        Check("effect", shop, [.. treated.Zip(control, (with, without) => with - without)], truth => truth.TreatmentEffectOrders);
    }

    [Fact]
    public void Plain_customer_has_the_textbook_expectations()
    {
        // Poisson, no dropout, no season: orders lambda H, churn exp(-lambda H), purchase days H (1 - exp(-lambda)).
        SimulationOptions options = SimulatedShop.Plain(SimulatedShop.PlainSegment) with { Customers = 200 };
        foreach (CustomerTruth truth in SimulatedShop.Of(options).Truths)
        {
            truth.ExpectedOrders.Should().BeApproximately(truth.PurchaseRate * 90, 1e-9);
            truth.ChurnProbability.Should().BeApproximately(Math.Exp(-truth.PurchaseRate * 90), 1e-9);
            truth.ExpectedPurchaseDays.Should().BeApproximately(90 * (1 - Math.Exp(-truth.PurchaseRate)), 1e-9);
            truth.ExpectedSpend.Should().BeApproximately(truth.ExpectedOrders * truth.MeanOrderValue, 1e-6);
        }
    }

    [Fact]
    public void Spend_and_returns_together_are_what_is_bought()
    {
        // Without growth a customer buys orders times mean value, whatever comes back, be it bought before the end or after; and margin is the
        // share of net spend but for the returns under way, whose own margin is known.
        SimulatedShop shop = SimulatedShop.Of(SimulatedShop.Plain(SimulatedShop.PlainSegment with { ReturnShare = 0.3 }) with { Customers = 500 });
        foreach (CustomerTruth truth in shop.Truths)
            (truth.ExpectedSpend + truth.ExpectedReturns).Should().BeApproximately(truth.ExpectedOrders * truth.MeanOrderValue, 1e-6);

        // Of each day's returns the part due within the horizon is 1 for the first 60 days, then falls to 0: on average (60 + 14.5) / 90.
        CustomerTruth[] nothingUnderWay = [.. shop.Truths.Where(truth =>
            !shop.Lines.Any(line => line.Customer == truth.Customer && line.Quantity > 0 && line.Day > 369))];
        nothingUnderWay.Should().HaveCountGreaterThan(50);
        foreach (CustomerTruth truth in nothingUnderWay)
        {
            truth.ExpectedReturns.Should().BeApproximately(truth.ExpectedOrders * truth.MeanOrderValue * 0.3 * 74.5 / 90, 1e-6);
            truth.ExpectedMargin.Should().BeApproximately(truth.ExpectedSpend * truth.MarginShare, 1e-6);
        }
    }

    [Fact]
    public void Lifetime_and_geometric_dropout_have_the_textbook_expectations()
    {
        // Pareto/NBD given the rates: lambda / mu (1 - exp(-mu H)). BG/NBD given the rates: (1 - exp(-lambda p H)) / p.
        SimulationSegment leaving = SimulatedShop.PlainSegment with { MeanDropoutPerDay = 0.004 };
        SimulationOptions options = SimulatedShop.Plain(leaving) with { Customers = 300 };
        foreach (CustomerTruth truth in SimulatedShop.Of(options).Truths.Where(truth => truth.AliveAtEnd))
        {
            double expected = truth.PurchaseRate * (1 - Math.Exp(-truth.Dropout * 90)) / truth.Dropout;
            truth.ExpectedOrders.Should().BeApproximately(expected, expected * truth.Dropout * truth.Dropout / 20 + 1e-12);
        }

        foreach (CustomerTruth truth in SimulatedShop.Of(options with { Dropout = DropoutKind.AfterOrder }).Truths.Where(truth => truth.AliveAtEnd))
            truth.ExpectedOrders.Should().BeApproximately((1 - Math.Exp(-truth.PurchaseRate * truth.Dropout * 90)) / truth.Dropout, 1e-9);
    }

    private static void Check(string what, SimulatedShop shop, double[] found, Func<CustomerTruth, double> expected)
    {
        double[] errors = [.. shop.Truths.Select(truth => found[truth.Customer] - expected(truth))];
        errors.Count(error => error != 0).Should().BeGreaterThan(1000, "{0} must be there to be tested", what);
        SimulatedShop.StandardErrorsFromZero(errors).Should().BeLessThan(4, "of {0} over all", what);
        for (int segment = 0; segment < shop.Options.Segments.Count; segment++)
        {
            double[] own = [.. shop.Truths.Where(truth => truth.Segment == segment).Select(truth => errors[truth.Customer])];
            SimulatedShop.StandardErrorsFromZero(own).Should().BeLessThan(4, "of {0} in segment {1}", what, segment);
        }
    }
}
