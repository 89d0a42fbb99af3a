using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Optimisation;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Decisions.Tests.Deciding;

public class DeciderTests(ITestOutputHelper output)
{
    [Fact]
    public void The_stated_gain_of_a_plan_covers_the_true_one_as_often_as_it_says()
    {
        const int shops = 100;
        bool[] covered = new bool[shops];
        double[] error = new double[shops];
        Parallel.For(0, shops, s =>
        {
            Shop shop = new(s, 600);
            DecisionPlan plan = Decider.Decide(shop.Customers, shop.Playbook, new DecisionOptions { Budget = 200, ExplorationShare = 0, Effort = 0 });
            double truth = shop.TrueGain(plan);
            covered[s] = truth >= plan.Low && truth <= plan.High;
            error[s] = (truth - plan.Gain) / plan.Gain;
        });
        double share = covered.Count(value => value) / (double)shops;
        output.WriteLine($"80 % intervals cover {share:P1}; true over stated gain {1 + error.Average():F3} +- {Error(error):F3}");
        share.Should().BeInRange(0.75, 0.85);
        error.Average().Should().BeInRange(-3 * Error(error), 3 * Error(error), "the expectation is right on average");
    }

    [Fact]
    public void A_plan_earns_more_true_money_than_simple_rules_for_the_same_budget()
    {
        const int shops = 100;
        Dictionary<string, double[]> more = new() { ["top-by-churn"] = new double[shops], ["top-by-value"] = new double[shops], ["everybody"] = new double[shops], ["random"] = new double[shops] };
        double[] gains = new double[shops];
        const double budget = 200;
        Parallel.For(0, shops, s =>
        {
            // Actions that cost something: with one that costs next to nothing everybody gets it by any rule.
            Shop shop = new(1000 + s, 600, action => action.CostPerCustomer >= 2 && action.FixedCost == 0);
            DecisionOptions options = new() { Budget = budget, ExplorationShare = 0, Effort = 0 };
            DecisionPlan plan = Decider.Decide(shop.Customers, shop.Playbook, options);
            gains[s] = shop.TrueGain(plan);
            OptionTable table = new(shop.Customers, shop.Playbook, plan.Model, 1, default);
            foreach (SimpleRule rule in plan.SimpleRules)
                more[rule.Rule][s] = gains[s] - TrueGain(shop, table, Order(shop, rule.Rule), rule.Action, budget);
            int[] shuffled = [.. Enumerable.Range(0, shop.Customers.Count)];
            new Random(s).Shuffle(shuffled);
            more["random"][s] = gains[s] - TrueGain(shop, table, shuffled, plan.SimpleRules[2].Action, budget);
        });
        output.WriteLine($"the plan earns {gains.Average():F0} for {budget:F0}");
        foreach ((string rule, double[] values) in more)
        {
            output.WriteLine($"more than {rule}: {values.Average():F0} +- {1.96 * Error(values):F0}");
            (values.Average() - 1.96 * Error(values)).Should().BePositive();
        }
    }

    [Fact]
    public void No_owner_gets_more_contacts_than_they_have_hands_for_and_limits_have_names_in_both_languages()
    {
        Shop shop = new(3, 600);
        string[] owners = [.. Enumerable.Range(0, 600).Select(i => $"owner-{i % 3}")];
        Channel call = shop.Playbook.Channels.Single(channel => channel.Id == "phone");
        OwnerCapacities capacities = new(new Dictionary<(string, string), double> { [("owner-0", "phone")] = 0.2, [("", "phone")] = 1.4, [("owner-2", "mail")] = 1000 });
        const int days = 20;
        DecisionOptions free = new() { WorkingDays = days };

        IReadOnlyList<OwnerHands> hands = capacities.Hands(owners, shop.Playbook.Channels, days);
        DecisionPlan before = Decider.Decide(shop.Customers, shop.Playbook, free), plan = Decider.Decide(shop.Customers, shop.Playbook, free with { Hands = hands });

        hands.Select(one => $"{one.Owner} {one.Channel} {one.Daily}").Should().Equal(["owner-0 phone 0.2", "owner-1 phone 1.4", "owner-2 phone 1.4"], "a thousand letters a day cannot bind");
        Calls(before, 0).Should().BeGreaterThan(4);
        Calls(plan, 0).Should().BeLessThanOrEqualTo(4);
        Calls(plan, 1).Should().BeLessThanOrEqualTo(28);
        plan.Gain.Should().BeLessThan(before.Gain);
        LimitUse bound = plan.Solution.Limits.Single(use => use.Limit.Name == "phone by owner-0");
        bound.CeilingPrice.Should().BePositive("one more call would earn something");
        bound.Limit.NameIn(Language.Chinese).Should().Be($"owner-0的{call.Name.Chinese}接触能力");
        ((Action)(() => Decider.Decide(shop.Customers, shop.Playbook, free with { Hands = [.. Enumerable.Repeat(hands[0], 65)] }))).Should().Throw<BadDataException>().WithMessage("Found * limits of budget*as a team.");

        int Calls(DecisionPlan of, int owner) => Enumerable.Range(0, 600).Count(i => i % 3 == owner && of.ActionOf(i) is >= 0 and int a && shop.Playbook.Actions[a].Channel == call);
    }

    [Fact]
    public void Where_limits_do_not_bind_one_customer_alone_gets_what_they_get_among_others()
    {
        Shop shop = new(7, 200);
        DecisionOptions free = new() { ExplorationShare = 0 };
        GainModel model = new(shop.Customers);
        // Fixed costs are shared by many, so a customer alone would not bear them.
        var playbook = shop.Playbook with { Actions = [.. shop.Playbook.Actions.Select(action => action with { FixedCost = 0, DailyCapacity = null, Channel = action.Channel with { DailyCapacity = null } })] };
        DecisionPlan all = Decider.Decide(shop.Customers, playbook, free);
        for (int i = 0; i < 200; i++)
        {
            int best = -1;
            double most = 0;
            OptionTable table = new(One(shop, i), playbook, model, 1, default);
            for (int a = 0; a < playbook.Actions.Count; a++)
                if (!double.IsNaN(table.Gain[a]) && model.Of(i, playbook.Actions[a]).Gain is var gain && gain > most)
                    (best, most) = (a, gain);
            all.ActionOf(i).Should().Be(best, "customer {0}", i);
        }
    }

    [Fact]
    public void Threads_do_not_change_decisions_and_harmed_customers_are_left_alone()
    {
        Shop shop = new(8, 5_000);
        DecisionPlan one = Decider.Decide(shop.Customers, shop.Playbook, new DecisionOptions { Budget = 2_000 }), four = Decider.Decide(shop.Customers, shop.Playbook, new DecisionOptions { Budget = 2_000, Threads = 4 });

        four.Solution.Sets.Should().Equal(one.Solution.Sets);
        four.Gain.Should().Be(one.Gain);
        one.Cost.Should().BeLessThanOrEqualTo(2_000 + 1e-6);
        for (int i = 0; i < shop.Customers.Count; i++)
            if (one.ActionOf(i) is >= 0 and int action)
                one.Model.Of(i, shop.Playbook.Actions[action]).Gain.Should().BePositive();
        output.WriteLine($"gain {one.Gain:F0} ({one.Low:F0} to {one.High:F0}) for {one.Cost:F0}, gap {one.Solution.Gap:P3}; assumed {one.AssumedShare:P0}; unlimited {one.Unlimited}; {string.Join("; ", one.Curve)}");
        one.Curve.Select(point => point.Gain).Should().BeInAscendingOrder();
    }

    [Fact]
    public void The_steps_of_a_gain_add_up_to_it()
    {
        Shop shop = new(9, 50);
        foreach (var action in shop.Playbook.Actions)
        {
            IReadOnlyList<GainStep> steps = new GainModel(shop.Customers).Steps(3, action);
            steps.Where(step => step.Name.StartsWith("gain", StringComparison.Ordinal) || step.Name == "cost").Sum(step => step.Value).Should().BeApproximately(steps[^1].Value, 1e-9);
        }
    }

    [Fact]
    public void A_budget_below_the_cheapest_action_and_limits_that_cannot_hold_are_refused_in_words()
    {
        Shop shop = new(9, 50);
        FluentActions.Invoking(() => Decider.Decide(shop.Customers, shop.Playbook, new DecisionOptions { Budget = 0.01 })).Should().Throw<BadDataException>().WithMessage("The budget is 0.01, and the cheapest action, *");
        SegmentLimit floor = new("retain", [.. shop.Customers.Strategy.Select(strategy => strategy == "retain")], 1_000, null, null);
        FluentActions.Invoking(() => Decider.Decide(shop.Customers, shop.Playbook, new DecisionOptions { Budget = 500, Segments = [floor] })).Should().Throw<BadDataException>().WithMessage("The limits cannot hold together: *'retain' is 1000*would do*");
    }

    private static int[] Order(Shop shop, string rule)
    {
        IEnumerable<int> rows = Enumerable.Range(0, shop.Customers.Count);
        return [.. rule switch { "top-by-churn" => rows.OrderByDescending(i => shop.Customers.ChurnProbability[i]), "top-by-value" => rows.OrderByDescending(i => shop.Customers.Potential[i]), _ => rows }];
    }

    private static double TrueGain(Shop shop, OptionTable table, int[] order, int action, double budget)
    {
        var what = shop.Playbook.Actions[action];
        double cost = what.FixedCost, gain = -what.FixedCost;
        int count = 0;
        double room = Math.Min(what.DailyCapacity ?? double.PositiveInfinity, what.Channel.DailyCapacity ?? double.PositiveInfinity) * 20;
        foreach (int i in order)
        {
            if (double.IsNaN(table.Gain[i * table.Actions + action]))
                continue;
            if (count + 1 > room || cost + what.CostPerCustomer > budget)
                break;
            (count, cost, gain) = (count + 1, cost + what.CostPerCustomer, gain + shop.TrueGain(i, action));
        }
        return gain;
    }

    private static Customers.DecisionCustomers One(Shop shop, int i) => shop.Customers with
    {
        Ids = [shop.Customers.Ids[i]],
        ChurnProbability = [shop.Customers.ChurnProbability[i]],
        ExpectedMargin = [shop.Customers.ExpectedMargin[i]],
        MarginDeviation = [shop.Customers.MarginDeviation[i]],
        YearCost = [shop.Customers.YearCost[i]],
        Potential = [shop.Customers.Potential[i]],
        Strategy = [shop.Customers.Strategy[i]],
        Stage = [shop.Customers.Stage[i]],
        Further = [.. shop.Customers.Further.Select(further => (further.Column, further.Numbers is { } numbers ? (double[]?)[numbers[i]] : null, (string?[]?)null))],
    };

    private static double Error(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }
}
