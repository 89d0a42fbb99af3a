using System.Globalization;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Transactions;
using CustomerValue.Strategy.Costs;

namespace CustomerValue.Strategy.Tests.Costs;

public class SimulatedCostsTests
{
    [Fact]
    public void The_simulator_s_activities_at_its_true_rates_cost_each_customer_the_true_service_cost()
    {
        string samples = Path.Combine(ReferenceData.RepositoryRoot, "data", "samples");
        CustomerAttributes truth = CustomerAttributes.Read(Path.Combine(samples, "truth.csv"));
        ReadOnlySpan<double> serviceCost = truth.Column(truth.Schema.Find("service_cost"));
        // The documentation's true rates: a fixed part by activity, and 0.85 a minute.
        CostRates rates = new([
            new ActivityRate("delivery", "parcel", 3.20, UnitCost: 0.85), new ActivityRate("return_handling", "parcel", 1.40, UnitCost: 0.85),
            new ActivityRate("call", "call", 0, UnitCost: 0.85), new ActivityRate("complaint", "complaint", 4.00, UnitCost: 0.85)]);
        ActivityLog activities = ActivityLog.Read(Path.Combine(samples, "activities.csv"), new NameTable([.. truth.Ids]));

        CostToServe costs = CostToServe.Compute(activities, rates, new CostPeriod(new DateOnly(2022, 7, 1), new DateOnly(2024, 1, 1)));

        costs.Findings.Should().BeEmpty();
        for (int customer = 0; customer < truth.Count; customer++)
            (costs.Cents[customer] / 100m).Should().Be((decimal)serviceCost[customer], "{0} has this cost", truth.Ids[customer].ToString(CultureInfo.InvariantCulture));
    }
}
