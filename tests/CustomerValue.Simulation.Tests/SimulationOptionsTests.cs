
namespace CustomerValue.Simulation.Tests;

public class SimulationOptionsTests
{
    [Fact]
    public void Defaults_and_sample_are_valid()
    {
        new SimulationOptions().Validate().Should().BeEmpty();
        SimulationOptions.Sample.Validate().Should().BeEmpty();
    }

    [Fact]
    public void All_violations_are_listed_together_with_value_and_range()
    {
        SimulationOptions options = new()
        {
            Customers = 0,
            Start = new DateOnly(1800, 1, 1),
            Days = 5,
            AcquisitionDays = 9,
            HorizonDays = 0,
            Threads = 0,
            SpendGrowthPerYear = double.NaN,
            CampaignEveryDays = 10,
            CampaignEffectDays = 11,
            Files = SimulationFiles.None,
            Dropout = (DropoutKind)9,
            Columns = (SimulatedColumns)9,
            Segments = [new() { Name = "a,b" }, new() { Name = "c", RateShape = 0 }, new() { Name = "c" }],
        };
        IReadOnlyList<string> found = options.Validate();
        found.Should().HaveCount(14);
        found.Should().Contain("Customers is 0; expected 1 to 100000000.");
        found.Should().Contain("AcquisitionDays is 9; expected 1 to Days (5), or nothing for all days.");
        found.Should().Contain("SpendGrowthPerYear is NaN; expected -0.9 to 9.");
        found.Should().Contain("Segments[1].RateShape is 0; expected 0.05 to 1000.");
        found.Should().Contain("Segments[2].Name is 'c' again; expected each name once.");

        Action simulate = () => CustomerSimulator.Simulate(options);
        simulate.Should().Throw<ArgumentException>().Which.Message.Should().ContainAll(found);
    }

    [Fact]
    public void No_segment_is_a_violation()
    {
        new SimulationOptions { Segments = [] }.Validate().Should().Equal("Segments has 0 entries; expected 1 to 50.");
    }

    [Fact]
    public void One_customer_and_the_shortest_log_work()
    {
        SimulatedShop shop = SimulatedShop.Of(new SimulationOptions { Customers = 1, Days = 30, HorizonDays = 1, AcquisitionDays = 1 });
        shop.Truths.Should().ContainSingle().Which.Orders.Should().BeGreaterThan(0);
    }

    [Fact]
    public void Extreme_options_stay_finite()
    {
        SimulationSegment extreme = new()
        {
            Name = "extreme",
            RateShape = 0.05,
            MeanRatePerDay = 2,
            Regularity = 8,
            SeasonStrength = 2,
            SpendTail = 1.2,
            SpendShape = 0.2,
            MeanOrderValue = 100_000,
            Uplift = 3,
            DropoutShape = 0.05,
            ReturnShare = 0.9,
        };
        foreach (DropoutKind dropout in Enum.GetValues<DropoutKind>())
        {
            SimulatedShop shop = SimulatedShop.Of(new SimulationOptions { Customers = 60, Days = 100, Segments = [extreme], Dropout = dropout, HorizonDays = 60 });
            foreach (CustomerTruth truth in shop.Truths)
                new[] { truth.ExpectedOrders, truth.ExpectedSpend, truth.WalletPerYear, truth.TreatmentEffectOrders }.Should().OnlyContain(value => double.IsFinite(value));
        }
    }
}
