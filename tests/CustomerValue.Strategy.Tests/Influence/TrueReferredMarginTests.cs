using CustomerValue.Data.Transactions;
using CustomerValue.Models.Evaluation;
using CustomerValue.Simulation;
using CustomerValue.Strategy.Influence;

namespace CustomerValue.Strategy.Tests.Influence;

public class TrueReferredMarginTests
{
    [Fact]
    public void Influence_ranks_referrers_as_the_margin_that_came_through_them_does()
    {
        SimulationOptions options = new() { Customers = 10_000, Days = 730, Seed = 11 };
        string[] ids = [.. Enumerable.Range(0, options.Customers).Select(i => $"C{i:000000}")];
        double[] margin = new double[options.Customers], truth = new double[options.Customers];
        DateOnly[] firstDays = new DateOnly[options.Customers];
        List<Referral> referrals = [];
        List<(int Referrer, int Referee)> made = [];
        foreach (CustomerBlock block in CustomerSimulator.Simulate(options))
        {
            foreach (SimulatedLine line in block.Lines)
                margin[line.Customer] += (line.AmountCents - ((double)line.Quantity * line.UnitCostCents)) / 100;
            foreach (SimulatedCustomer customer in block.Customers)
                firstDays[customer.Customer] = options.Start.AddDays(customer.SignupDay);
            foreach (SimulatedReferral referral in block.Referrals)
                referrals.Add(new Referral(ids[referral.Referrer], ids[referral.Referee], options.Start.AddDays(referral.Day)));
            foreach (CustomerTruth customer in block.Truths)
                if (customer.ReferredBy >= 0 && !customer.WouldHaveComeAnyway)
                    made.Add((customer.ReferredBy, customer.Customer));
        }
        foreach ((int referrer, int referee) in made)
            truth[referrer] += margin[referee];

        ReferralGraph graph = ReferralGraph.From(referrals, new ReferralScope(new NameTable(ids), firstDays, options.End));
        // In the simulator 70 % of the referred would not have come without the referral, and only direct referrers bring.
        InfluenceValues influence = InfluenceValues.Compute(graph, margin, new InfluenceOptions { MaxHops = 1, Share = 0.7 });

        int[] referrers = [.. Enumerable.Range(0, ids.Length).Where(i => graph.DirectReferrals[i] > 0)];
        double among = Ranking.Spearman([.. referrers.Select(i => influence.Credited[i])], [.. referrers.Select(i => truth[i])]);
        double all = Ranking.Spearman(influence.Credited, truth);
        double total = influence.Credited.ToArray().Sum() / truth.Sum();
        graph.Findings.Should().BeEmpty();
        // Measured .60, .85 and 1.06. Whether a referral made the difference is a coin of 70 to 30 that nobody sees, and most referrers brought one
        // customer: three in ten of them are truly worth nothing as referrers, which bounds the ranking among them.
        among.Should().BeGreaterThan(0.5);
        all.Should().BeGreaterThan(0.8);
        total.Should().BeInRange(0.9, 1.1);
    }
}
