using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Experiments;

namespace CustomerValue.Decisions.Tests.Campaigns;

public class FactorialTests(ITestOutputHelper output)
{
    private static readonly GlobalHoldout s_none = new(0);

    [Fact]
    public void Contrasts_of_two_factors_are_those_of_the_textbook()
    {
        // Arms a0b0, a0b1, a1b0, a1b1 with means 1, 2, 4, 9: a changes ((4 - 1) + (9 - 2)) / 2 = 5, b ((2 - 1) + (9 - 4)) / 2 = 3; a changes 7 - 3 = 4 more beside b1.
        double[] means = [1, 2, 4, 9];
        FactorialDesign design = new([2, 2]);
        Sum(design.Main(0, 1)).Should().Be(5);
        Sum(design.Main(1, 1)).Should().Be(3);
        Sum(design.Interaction(0, 1, 1, 1)).Should().Be(4);

        // Three factors of 3, 2 and 2 levels: effects of additive means are the levels' own, and nothing interacts.
        FactorialDesign three = new([3, 2, 2]);
        means = [.. Enumerable.Range(0, three.Count).Select(one => 10.0 * three.Level(one, 0) + 3 * three.Level(one, 1) + 0.5 * three.Level(one, 2))];
        Sum(three.Main(0, 2)).Should().BeApproximately(20, 1e-12);
        Sum(three.Main(1, 1)).Should().BeApproximately(3, 1e-12);
        Sum(three.Main(2, 1)).Should().BeApproximately(0.5, 1e-12);
        Sum(three.Interaction(0, 2, 2, 1)).Should().BeApproximately(0, 1e-12);

        double Sum(double[] weights) => weights.Zip(means, (weight, mean) => weight * mean).Sum();
    }

    [Fact]
    public void Effects_of_a_campaign_are_contrasts_of_its_arms_and_the_plan_says_what_will_be_seen()
    {
        Town town = new(3, 4000);
        (CampaignPlan plan, CampaignAssignment assignment) = town.Planner.Plan(Town.Factorial("mix", 3, 2), town.Everybody, null, s_none, []);
        (_, CampaignAssignment again) = town.Planner.Plan(Town.Factorial("mix", 3, 2), town.Everybody, null, s_none, []);
        again.Arm.Should().Equal(assignment.Arm);
        plan.Arms.Select(arm => arm.Id).Should().Equal("control", "a0b0", "a0b1", "a1b0", "a1b1", "a2b0", "a2b1");
        plan.FactorDesign.Select(figure => $"{figure.Factor} {figure.Level} {figure.Outcome}").Should().Equal("f0 a1 buyers", "f0 a1 spend", "f0 a2 buyers", "f0 a2 spend", "f1 b1 buyers", "f1 b1 spend");
        // b divides all customers in two, a in three: b is seen best, and an interaction takes more than a main effect.
        plan.FactorDesign[4].Smallest.Should().BeLessThan(plan.FactorDesign[0].Smallest);
        plan.FactorDesign[0].SmallestInteraction.Should().BeGreaterThan(plan.FactorDesign[0].Smallest);

        CampaignResult result = Measure(plan, assignment, town.After(Factor(assignment, plan, (a, b) => 1 + 0.7 * (a == 2 ? 1 : 0))));

        result.Factors.Should().HaveCount(3 + 2);
        FactorEffect effect = result.Factors.Single(one => one.Level == "a2" && one.OtherFactor is null);
        effect.Of("buyers").PValue.Should().BeLessThan(0.01);
        effect.Name.Should().Be("f0: a2 beside a0");
        result.Factors.Single(one => one.Level == "b1" && one.OtherFactor is null).Of("buyers").PValue.Should().BeGreaterThan(0.05);
        CampaignWords.Of(result).Should().Contain(word => word.StartsWith("f0 'a2' brings ", StringComparison.Ordinal));
        result.Arms.Should().AllSatisfy(arm => arm.Effects.Should().BeEmpty("what a combination did is no action's own doing"));
        double levels = result.Factors.Single(one => one.Level == "a2" && one.OtherFactor is null).Of("spend").Control;
        levels.Should().BeApproximately(result.Arms.Take(2).Average(arm => arm.Of("spend").Control + arm.Of("spend").Difference), 2.5, "without the covariate's adjustment the mean at the first level");

        // A look in between has wider intervals and no probabilities.
        CampaignResult look = CampaignMeasurement.Measure(plan, assignment, town.After(_ => 1), ReturnsPolicy.Net, Town.AsOf.AddDays(14), null, []);
        look.Factors.Should().AllSatisfy(one => one.Of("spend").PValue.Should().BeNull());
        look.Factors.Should().AllSatisfy(one => (one.Of("spend").High - one.Of("spend").Low).Should().BeGreaterThan(2 * 1.96 * one.Of("spend").StandardError));
    }

    [Fact]
    public void Intervals_of_main_effects_cover_and_interactions_that_are_not_there_are_rarely_seen()
    {
        const int runs = 1000, count = 480;
        int[] covered = new int[4];
        int alarms = 0;
        Parallel.For(0, runs, run =>
        {
            Town town = new(20_000 + run, count);
            (CampaignPlan plan, CampaignAssignment assignment) = town.Planner.Plan(Town.Factorial("mix", 2, 2), town.Everybody, null, s_none, []);
            // Rates of buying add, so purchases do not interact; buyers and purchases are measured against the truth of these very customers.
            const double one = 0.5, other = 0.3;
            CampaignResult result = Measure(plan, assignment, town.After(Factor(assignment, plan, (a, b) => 1 + one * a + other * b)));
            double[] factors = [1, 1 + other, 1 + one, 1 + one + other];
            for (int f = 0; f < 2; f++)
            {
                double[] weights = new FactorialDesign([2, 2]).Main(f, 1);
                double purchases = Enumerable.Range(0, count).Average(i => weights.Select((weight, k) => weight * town.TruePurchases(i, factors[k])).Sum()), buyers = Enumerable.Range(0, count).Average(i => weights.Select((weight, k) => weight * town.TrueBuyers(i, factors[k])).Sum());
                Count(covered, 2 * f, result.Factors[f].Of("purchases"), purchases);
                Count(covered, 2 * f + 1, result.Factors[f].Of("buyers"), buyers);
            }
            if (result.Factors[2].Of("purchases").PValue < 0.05)
                Interlocked.Increment(ref alarms);
        });
        output.WriteLine($"95 % intervals of main effects cover {string.Join(", ", covered.Select(c => $"{c / (double)runs:P1}"))}; interactions that are not there seen in {alarms / (double)runs:P1}");
        covered.Should().AllSatisfy(c => (c / (double)runs).Should().BeInRange(0.93, 0.97));
        (alarms / (double)runs).Should().BeLessThanOrEqualTo(0.05);
    }

    [Fact]
    public void Factors_that_cannot_be_tried_are_refused_with_a_reason()
    {
        Town town = new(10, 200);
        Refused(Town.Factorial("mix", 2), "*found 1 factor, expected 2 or 3*");
        Refused(Town.Factorial("mix", 2, 1), "*factor 'f1': found 1 level, expected two or more*");
        Refused(Town.Factorial("mix", 9, 9), "*found 81 combinations of levels, expected 64 at most*");
        CampaignDesign twice = Town.Factorial("mix", 2, 2);
        Refused(twice with { Factors = [twice.Factors[0], twice.Factors[0]] }, "*factor 'f0' twice*");

        void Refused(CampaignDesign design, string message) => ((Action)(() => town.Planner.Plan(design, town.Everybody, null, s_none, []))).Should().Throw<BadDataException>().WithMessage(message);
    }

    private static void Count(int[] covered, int at, OutcomeEffect effect, double truth)
    {
        if (effect.Low <= truth && truth <= effect.High)
            Interlocked.Increment(ref covered[at]);
    }

    private static CampaignResult Measure(CampaignPlan plan, CampaignAssignment assignment, TransactionLog log) => CampaignMeasurement.Measure(plan, assignment, log, ReturnsPolicy.Net, null, null, []);

    private static Func<string, double> Factor(CampaignAssignment assignment, CampaignPlan plan, Func<int, int, double> rate)
    {
        FactorialDesign design = new([.. plan.Factors.Select(factor => factor.Levels.Count)]);
        Dictionary<string, int> arms = Enumerable.Range(0, assignment.Count).ToDictionary(i => assignment.Ids[i], i => assignment.Arm[i], StringComparer.Ordinal);
        return id => arms.TryGetValue(id, out int arm) && arm > 0 ? rate(design.Level(arm - 1, 0), design.Level(arm - 1, 1)) : 1;
    }
}
