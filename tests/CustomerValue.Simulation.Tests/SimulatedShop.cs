
namespace CustomerValue.Simulation.Tests;

/// <summary>A whole simulation in memory, with the questions that the tests ask of it.</summary>
internal sealed class SimulatedShop
{
    private SimulatedShop(SimulationOptions options) => Options = options;

    public SimulationOptions Options { get; }

    public List<SimulatedLine> Lines { get; } = [];

    public List<SimulatedCustomer> Customers { get; } = [];

    public List<SimulatedActivity> Activities { get; } = [];

    public List<SimulatedReferral> Referrals { get; } = [];

    public List<SimulatedContact> Contacts { get; } = [];

    public List<CustomerTruth> Truths { get; } = [];

    /// <summary>Plain customers: one segment, Poisson, no season, no dropout, no campaigns, referrals, growth or returns.</summary>
    public static SimulationOptions Plain(SimulationSegment segment) => new()
    {
        Customers = 4000,
        Days = 400,
        AcquisitionDays = 1,
        Seed = 7,
        Threads = 2,
        Campaigns = 0,
        ReferralShare = 0,
        AcquisitionGrowthPerYear = 0,
        SpendGrowthPerYear = 0,
        Segments = [segment],
    };

    public static SimulationSegment PlainSegment { get; } = new()
    {
        Name = "plain",
        MeanDropoutPerDay = 0,
        SeasonStrength = 0,
        ReturnShare = 0,
        DiscountShare = 0,
    };

    public static SimulatedShop Of(SimulationOptions options)
    {
        SimulatedShop shop = new(options);
        foreach (CustomerBlock block in CustomerSimulator.Simulate(options))
        {
            shop.Lines.AddRange(block.Lines);
            shop.Customers.AddRange(block.Customers);
            shop.Activities.AddRange(block.Activities);
            shop.Referrals.AddRange(block.Referrals);
            shop.Contacts.AddRange(block.Contacts);
            shop.Truths.AddRange(block.Truths);
        }

        return shop;
    }

    /// <summary>One entry an order: customer, day, moment and value in money.</summary>
    public IEnumerable<(int Customer, int Day, double Moment, double Value)> Orders() => Lines
        .Where(line => line.Quantity > 0)
        .GroupBy(line => (line.Customer, line.Order))
        .Select(order => (
            order.Key.Customer,
            order.First().Day,
            order.First().Day + order.First().Minute / 1440.0,
            order.Sum(line => line.AmountCents) / 100.0));

    /// <summary>Orders of each customer on days [from, to).</summary>
    public double[] OrderCounts(int from, int to)
    {
        double[] counts = new double[Options.Customers];
        foreach ((int customer, int day, _, _) in Orders())
            if (day >= from && day < to)
                counts[customer]++;
        return counts;
    }

    /// <summary>Distance of a sum of independent, mean-zero errors from 0, in standard errors estimated from the errors themselves.</summary>
    public static double StandardErrorsFromZero(IEnumerable<double> errors)
    {
        double sum = 0;
        double squares = 0;
        foreach (double error in errors)
        {
            sum += error;
            squares += error * error;
        }

        return Math.Abs(sum) / Math.Sqrt(squares);
    }
}
