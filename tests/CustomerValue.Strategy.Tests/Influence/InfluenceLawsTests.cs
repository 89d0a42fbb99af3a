using CustomerValue.Data.Transactions;
using CustomerValue.Strategy.Influence;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerValue.Strategy.Tests.Influence;

public class InfluenceLawsTests
{
    private static readonly DateOnly s_day = new(2024, 1, 1);

    [Fact]
    public void What_is_credited_is_what_was_shared_in_any_graph_circles_included()
    {
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            (ReferralGraph graph, double[] values) = Graph(random, random.Next(2) == 0);
            InfluenceOptions options = new() { MaxHops = 1 + random.Next(10), Decay = random.NextDouble(), Share = random.NextDouble(), HalfLifeDays = 1 + (random.NextDouble() * 100) };

            InfluenceValues influence = InfluenceValues.Compute(graph, values, options);

            double credited = influence.Credited.ToArray().Sum(), shared = influence.Shared.ToArray().Sum();
            bool within = Enumerable.Range(0, values.Length).All(i => influence.Shared[i] <= options.Share * Math.Max(0, values[i]) && influence.Credited[i] >= 0);
            return within && Math.Abs(credited - shared) <= 1e-9 * Math.Max(1, shared);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Nobody_is_credited_for_their_own_value()
    {
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            (ReferralGraph graph, double[] values) = Graph(new Random(seed), true);
            int only = seed % values.Length;
            double[] alone = new double[values.Length];
            alone[only] = 100;

            return InfluenceValues.Compute(graph, alone, new InfluenceOptions { MaxHops = 10, Decay = 1 }).Credited[only] == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_order_of_lines_changes_nothing_where_days_differ()
    {
        Referral[] lines = [new("a", "b", s_day), new("b", "c", s_day.AddDays(1)), new("c", "a", s_day.AddDays(2)), new("a", "c", s_day.AddDays(5), 2)];
        ReferralScope scope = new(new NameTable(["a", "b", "c"]));

        double[] straight = InfluenceValues.Compute(ReferralGraph.From(lines, scope), [1, 10, 100]).Credited.ToArray();
        double[] reversed = InfluenceValues.Compute(ReferralGraph.From(lines.Reverse(), scope), [1, 10, 100]).Credited.ToArray();

        reversed.Should().Equal(straight);
        straight.Sum().Should().BeGreaterThan(0);
    }

    [Fact]
    public void A_chain_of_one_day_counts_and_a_circle_of_one_day_is_opened()
    {
        DateOnly[] days = [s_day, s_day, s_day];
        ReferralScope scope = new(new NameTable(["a", "b", "c"]), days);

        ReferralGraph chain = ReferralGraph.From([new Referral("c", "b", s_day), new Referral("b", "a", s_day)], scope);
        ReferralGraph circle = ReferralGraph.From([new Referral("c", "b", s_day), new Referral("b", "a", s_day), new Referral("a", "c", s_day)], scope);

        (chain.Count, chain.Findings.Count).Should().Be((2, 0));
        chain.DirectReferrals.ToArray().Should().Equal(0, 1, 1);
        circle.Count.Should().Be(2);
        circle.Findings.Should().ContainSingle(finding => finding.Code == "circular-referrals");
    }

    [Fact]
    public void An_option_out_of_range_is_refused()
    {
        ReferralGraph graph = ReferralGraph.From([], new ReferralScope(new NameTable(["a"])));

        FluentActions.Invoking(() => InfluenceValues.Compute(graph, [1], new InfluenceOptions { MaxHops = 0, Decay = 2 }))
            .Should().Throw<ArgumentException>().WithMessage("*MaxHops*Decay*");
        FluentActions.Invoking(() => InfluenceValues.Compute(graph, [1, 2])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => InfluenceValues.Compute(graph, [double.NaN])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => ReferralGraph.From([new Referral("a", "b", s_day, -1)], new ReferralScope(new NameTable(["a"])))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => ReferralGraph.From([], new ReferralScope(new NameTable(["a"]), []))).Should().Throw<ArgumentException>();
    }

    private static (ReferralGraph Graph, double[] Values) Graph(Random random, bool withFirstDays)
    {
        int customers = 1 + random.Next(25);
        NameTable names = new([.. Enumerable.Range(0, customers).Select(i => $"c{i:00}")]);
        DateOnly[] days = [.. names.Names.Select(_ => s_day.AddDays(random.Next(10)))];
        List<Referral> referrals = [];
        for (int i = random.Next(100); i > 0; i--)
            referrals.Add(new Referral($"c{random.Next(customers + 1):00}", $"c{random.Next(customers + 1):00}", s_day.AddDays(random.Next(20)), random.Next(4)));
        return (ReferralGraph.From(referrals, new ReferralScope(names, withFirstDays ? days : null)), [.. names.Names.Select(_ => (random.NextDouble() * 1000) - 100)]);
    }
}
