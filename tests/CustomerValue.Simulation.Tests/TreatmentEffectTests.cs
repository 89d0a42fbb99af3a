
namespace CustomerValue.Simulation.Tests;

public class TreatmentEffectTests
{
    private const int Day = 150;
    private const int EffectDays = 60;

    private static readonly SimulationOptions s_options = new()
    {
        Customers = 30_000,
        Days = Day + EffectDays,
        AcquisitionDays = 100,
        Seed = 3,
        Threads = 2,
        Campaigns = 1,
        CampaignEveryDays = Day,
        CampaignEffectDays = EffectDays,
        CampaignTargetShare = 1,
        CampaignControlShare = 0.5,
        Segments =
        [
            new() { Name = "likes", RateShape = 20, MeanRatePerDay = 0.08, Uplift = 0.6 },
            new() { Name = "hates", RateShape = 20, MeanRatePerDay = 0.08, Uplift = -0.3 },
        ],
    };

    private static readonly Lazy<SimulatedShop> s_shop = new(() => SimulatedShop.Of(s_options));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Difference_in_means_recovers_the_known_effect_of_each_segment(int segment)
    {
        // Truth: a Poisson customer who is there on the window's days orders rate * uplift * weight more on each of them. The difference in means of
        // two random groups has standard error sqrt(s1^2/n1 + s0^2/n0); 4 of them are the margin. Rates are
        // nearly alike (r = 20), so the effect stands out by 20 and more: a fifth of it missing would show.
        SimulatedShop shop = s_shop.Value;
        double[] weights = new SimulationCalendar(s_options).Weights(segment);
        double[] counts = shop.OrderCounts(Day, Day + EffectDays);
        List<SimulatedContact> contacts = [.. shop.Contacts.Where(contact => shop.Truths[contact.Customer].Segment == segment)];
        double truth = contacts.Average(contact => Extra(shop.Truths[contact.Customer], weights));
        double[] treated = [.. contacts.Where(contact => contact.Treated).Select(contact => counts[contact.Customer])];
        double[] control = [.. contacts.Where(contact => !contact.Treated).Select(contact => counts[contact.Customer])];
        double difference = treated.Average() - control.Average();
        double error = Math.Sqrt(Variance(treated) / treated.Length + Variance(control) / control.Length);
        difference.Should().BeApproximately(truth, 4 * error);
        Math.Abs(difference).Should().BeGreaterThan(20 * error);
    }

    [Fact]
    public void Groups_are_drawn_without_regard_to_the_customer()
    {
        // Shares of a fair coin; mean true rates of both groups differ by no more than 4 standard errors.
        SimulatedShop shop = s_shop.Value;
        double treatedCount = shop.Contacts.Count(contact => contact.Treated);
        treatedCount.Should().BeApproximately(shop.Contacts.Count / 2.0, 4 * 0.5 * Math.Sqrt(shop.Contacts.Count));
        double[] treated = [.. shop.Contacts.Where(contact => contact.Treated).Select(contact => shop.Truths[contact.Customer].PurchaseRate)];
        double[] control = [.. shop.Contacts.Where(contact => !contact.Treated).Select(contact => shop.Truths[contact.Customer].PurchaseRate)];
        double error = Math.Sqrt(Variance(treated) / treated.Length + Variance(control) / control.Length);
        treated.Average().Should().BeApproximately(control.Average(), 4 * error);
    }

    [Fact]
    public void Opting_in_to_mail_tells_of_the_effect_and_region_does_not()
    {
        SimulatedShop shop = s_shop.Value;
        double[] Uplifts(Func<SimulatedCustomer, bool> chosen) =>
            [.. shop.Customers.Where(chosen).Select(customer => shop.Truths[customer.Customer]).Where(truth => truth.Segment == 0).Select(truth => truth.Uplift)];
        double[] optedIn = Uplifts(customer => customer.EmailOptIn == 1);
        double[] optedOut = Uplifts(customer => customer.EmailOptIn == 0);
        optedIn.Average().Should().BeApproximately(0.84, 1e-9);
        optedOut.Average().Should().BeApproximately(0.24, 1e-9);
        double[] north = Uplifts(customer => customer.Region == 0);
        double[] south = Uplifts(customer => customer.Region == 2);
        north.Average().Should().BeApproximately(south.Average(), 4 * Math.Sqrt(Variance(north) / north.Length + Variance(south) / south.Length));
    }

    [Fact]
    public void Referred_customers_buy_more_by_the_true_effect()
    {
        // Repeat orders of the referred are Poisson with mean (1 + lift) * base rate * exposure; rates in the truth include the lift, so
        // the mean rate of the referred over the others of their segment is 1 + lift, each gamma with deviation mean / sqrt(r), r = 20.
        SimulatedShop shop = SimulatedShop.Of(s_options with { ReferralShare = 1, ReferralLift = 0.5, AcquisitionDays = null });
        double[] referred = [.. shop.Truths.Where(truth => truth.ReferredBy >= 0).Select(truth => truth.PurchaseRate)];
        double[] others = [.. shop.Truths.Where(truth => truth.ReferredBy < 0).Select(truth => truth.PurchaseRate)];
        double ratio = referred.Average() / others.Average();
        ratio.Should().BeApproximately(1.5, 1.5 * 4 * Math.Sqrt((1.0 / referred.Length + 1.0 / others.Length) / 20));
        referred.Length.Should().BeGreaterThan(3000);
    }

    private static double Extra(in CustomerTruth truth, double[] weights)
    {
        double extra = 0;
        for (int day = Day; day < Day + EffectDays; day++)
            extra += weights[day] * Math.Clamp(truth.DropoutDay - day, 0, 1);
        return extra * truth.PurchaseRate * truth.Uplift;
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
