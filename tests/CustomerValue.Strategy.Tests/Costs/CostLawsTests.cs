using CustomerValue.Data.Transactions;
using CustomerValue.Strategy.Costs;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerValue.Strategy.Tests.Costs;

public class CostLawsTests
{
    private static readonly CostPeriod s_year = new(new DateOnly(2024, 1, 1), new DateOnly(2025, 1, 1));

    [Fact]
    public void Parts_add_up_to_the_whole_and_lie_within_a_cent_of_their_exact_share()
    {
        Prop.ForAll(Gen.Choose(0, 2_000_000).ToArbitrary(), Gen.NonEmptyListOf(Gen.Choose(0, 1000)).ToArbitrary(), (whole, tenths) =>
        {
            double[] weights = [.. tenths.Select(tenth => tenth / 10.0), 0.1];
            long[] parts = new long[weights.Length];

            Apportionment.Add(whole, weights, parts);

            double sum = weights.Sum();
            return parts.Sum() == whole
                && Enumerable.Range(0, parts.Length).All(i => Math.Abs(parts[i] - (whole * weights[i] / sum)) < 1 + 1e-6 && (weights[i] > 0 || parts[i] == 0));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_cent_left_over_goes_to_the_largest_remainder_however_narrow_and_then_to_the_first()
    {
        long[] narrow = new long[3], level = new long[3];

        Apportionment.Add(1, [1, 1 + 1e-9, 1], narrow);
        Apportionment.Add(2, [1, 1, 1], level);

        narrow.Should().Equal(0, 1, 0);
        level.Should().Equal(1, 1, 0);
    }

    [Fact]
    public void Assigned_and_idle_add_up_to_the_cost_of_each_pool_and_customers_to_what_was_assigned()
    {
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            CostToServe costs = Costs(random, out CostRates rates);

            decimal assigned = costs.Pools.Sum(pool => pool.Assigned);
            decimal customers = costs.Cents.ToArray().Sum() / 100m;
            bool pools = costs.Pools.All(pool => pool.Assigned + pool.Idle == pool.Pool.Cost);
            bool byActivity = Enumerable.Range(0, rates.Rates.Count).All(rate =>
                (costs.CentsOf(rate).ToArray().Sum() / 100m) + costs.ByActivity[rate].UnknownCustomers == costs.ByActivity[rate].Cost);
            decimal plain = costs.ByActivity.Where(activity => activity.Activity == "parcel").Sum(activity => activity.Cost);
            return pools && byActivity && customers + costs.UnknownCustomers == costs.Total && assigned + plain == costs.Total;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void One_customer_alone_costs_what_they_cost_among_others_within_a_few_cents_of_their_whole_cents()
    {
        NameTable customers = new(["a", "b", "c"]);
        Activity[] calls = [.. customers.Names.SelectMany(id => Enumerable.Repeat(new Activity(id, s_year.From, "call", 1), id[0] - 'a' + 1))];
        CostRates rates = new([new ActivityRate("call", "call", 0.125, 1, "desk")], [new ResourcePool("desk", 1000, 7000)]);

        CostToServe all = CostToServe.Compute(ActivityLog.From(calls, customers), rates, s_year);

        for (int i = 0; i < 3; i++)
        {
            string id = customers[i];
            double alone = CostToServe.Compute(ActivityLog.From(calls.Where(call => call.CustomerId == id), new NameTable([id])), rates, s_year).ToMoney()[0];
            alone.Should().Be(all.ToMoney()[i]).And.BeApproximately((i + 1) * (0.125 + 1.0 / 7), 1e-12);
            alone.Should().BeApproximately(all.Cents[i] / 100.0, 0.02, "the activity and the pool are rounded");
        }
    }

    [Fact]
    public void Twice_the_capacity_halves_what_is_assigned()
    {
        NameTable customers = new(["a"]);
        ActivityLog log = ActivityLog.From([new Activity("a", s_year.From, "call", 3)], customers);
        CostRates Rates(double capacity) => new([new ActivityRate("call", "call", 0, 5, "desk")], [new ResourcePool("desk", 900, capacity)]);

        decimal once = CostToServe.Compute(log, Rates(100), s_year).Total, twice = CostToServe.Compute(log, Rates(200), s_year).Total;

        once.Should().Be(135m);
        twice.Should().Be(67.5m);
    }

    [Fact]
    public void More_use_than_capacity_shows_a_negative_idle_cost_and_a_finding()
    {
        ActivityLog log = ActivityLog.From([new Activity("a", s_year.From, "call", 1, 150)], new NameTable(["a"]));

        CostToServe costs = CostToServe.Compute(log, new CostRates([new ActivityRate("call", "call", 0, null, "desk")], [new ResourcePool("desk", 100, 100)]), s_year);

        costs.Pools[0].Assigned.Should().Be(150m);
        costs.Pools[0].Idle.Should().Be(-50m);
        costs.Findings.Should().ContainSingle(finding => finding.Code == "pool-over-capacity");
    }

    private static CostToServe Costs(Random random, out CostRates rates)
    {
        NameTable customers = new([.. Enumerable.Range(0, 1 + random.Next(30)).Select(i => $"c{i:00}")]);
        string[] names = ["call", "return", "parcel"];
        List<Activity> activities = [];
        for (int i = random.Next(200); i > 0; i--)
            activities.Add(new Activity($"c{random.Next(35):00}", s_year.From.AddDays(random.Next(366)), names[random.Next(3)], random.Next(4), random.Next(2) == 0 ? random.NextDouble() * 30 : null));
        rates = new CostRates(
            [new ActivityRate("call", "call", 0, 7.5, "desk"), new ActivityRate("return", "parcel", 0, 11, random.Next(2) == 0 ? "desk" : "store"), new ActivityRate("parcel", "parcel", 3.333)],
            [new ResourcePool("desk", random.Next(1_000_000) / 100m, 1 + (random.NextDouble() * 1000)), new ResourcePool("store", random.Next(1_000_000) / 100m, 1 + (random.NextDouble() * 1000))]);
        return CostToServe.Compute(ActivityLog.From(activities, customers), rates, s_year);
    }
}
