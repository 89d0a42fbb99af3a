using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Tests.Deciding;

/// <summary>Service by strategy is the plan, seen from the side of what serving costs.</summary>
public sealed class ServiceMixTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Strategies_add_up_to_the_plan(int seed)
    {
        Shop shop = new(seed, 400);
        DecisionPlan plan = Decider.Decide(shop.Customers, shop.Playbook, new DecisionOptions { Budget = seed % 3 == 0 ? null : 100 + 50 * seed, Effort = 0 });

        ServiceMix mix = ServiceMix.Of(plan);

        mix.CostKnown.Should().BeTrue();
        mix.Shares.Sum(share => share.Customers).Should().Be(shop.Customers.Count);
        mix.Today.Should().BeApproximately(shop.Customers.YearCost.Sum(), 1e-6);
        mix.Spent.Should().BeApproximately(plan.Cost, 1e-6, "fixed costs are shared, none is lost");
        mix.Shares.Sum(share => share.Gain).Should().BeApproximately(plan.Gain, 1e-6);
        mix.Shares.Sum(share => share.After).Should().BeApproximately(mix.Today - mix.Freed + mix.Spent, 1e-6);
        mix.Shares.Should().OnlyContain(share => share.Channels.Sum(pair => pair.Contacts) == share.Treated && share.Treated <= share.Customers);
    }

    [Fact]
    public void What_serving_costs_today_is_told_by_activity()
    {
        Shop shop = new(5, 400);
        double[] calls = Array.ConvertAll(shop.Customers.YearCost, cost => cost / 4), visits = Array.ConvertAll(shop.Customers.YearCost, cost => 3 * cost / 4);
        DecisionCustomers known = shop.Customers with { Activities = [("call", calls), ("visit", visits), ("letter", new double[shop.Customers.Count])] };

        ServiceMix mix = ServiceMix.Of(Decider.Decide(known, shop.Playbook, new DecisionOptions { Budget = 300, Effort = 0 }));

        mix.Shares.Where(share => share.Today > 0).Should().NotBeEmpty().And.OnlyContain(share => share.Activities.Count == 2 && share.Activities[0].Activity == "visit"
            && Math.Abs(share.Activities.Sum(one => one.Cost) - share.Today) < 1e-6 && Math.Abs(share.Activities[0].Cost - (0.75 * share.Today)) < 1e-6);
        int[] some = [.. Enumerable.Range(0, 100).Select(i => 3 * i)];
        known.Select(some).Activities[1].YearCost.Should().Equal(some.Select(row => visits[row]));
    }

    [Fact]
    public void What_is_freed_is_the_share_of_a_years_cost_that_an_action_saves_while_it_lasts()
    {
        Shop shop = new(5, 400);
        DecisionPlan plan = Decider.Decide(shop.Customers, shop.Playbook, new DecisionOptions { Budget = 300, Effort = 0 });
        double freed = 0;
        for (int i = 0; i < shop.Customers.Count; i++)
            if (plan.ActionOf(i) is >= 0 and int a && shop.Playbook.Actions[a] is var action && action.EffectOn(EffectKind.CostToServe) is { } effect)
                freed -= effect.Mean * shop.Customers.YearCost[i] * action.LastsDays / 365;

        ServiceMix.Of(plan).Freed.Should().BeApproximately(freed, 1e-9).And.BePositive("the playbook moves some to self-service");
    }
}
