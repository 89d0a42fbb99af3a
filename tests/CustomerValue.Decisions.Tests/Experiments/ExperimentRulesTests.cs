using CustomerValue.Decisions.Experiments;
using CustomerValue.Models.Evaluation;
using CustomerValue.Strategy.Numerics;

namespace CustomerValue.Decisions.Tests.Experiments;

public class ExperimentRulesTests(ITestOutputHelper output)
{
    [Fact]
    public void Thirty_daily_looks_raise_no_more_false_alarms_than_one_whether_customers_keep_habits_or_not()
    {
        foreach (double habit in new[] { 0, 1.0 })
        {
            const int runs = 1000, customers = 200, days = 30;
            int alarms = 0, naive = 0;
            for (int run = 0; run < runs; run++)
            {
                Random random = new(run);
                int[] arms = [.. Enumerable.Range(0, customers).Select(i => i % 2)];
                double[] own = [.. arms.Select(_ => habit * random.Normal())], sum = new double[customers];
                StratifiedComparison comparison = new(arms, 2, new int[customers]);
                AlwaysValid looks = new(Math.Sqrt(4.0 / customers * (days + days * days * habit * habit)), 0.95);
                bool alarm = false, naiveAlarm = false;
                for (int day = 0; day < days; day++)
                {
                    for (int i = 0; i < customers; i++)
                        sum[i] += own[i] + random.Normal();
                    Estimate estimate = comparison.Compare(sum, 1, 0)!.Value;
                    alarm |= looks.Interval(estimate) is var (low, high) && (low > 0 || high < 0);
                    naiveAlarm |= estimate.PValue < 0.05;
                }
                alarms += alarm ? 1 : 0;
                naive += naiveAlarm ? 1 : 0;
            }
            output.WriteLine($"habit {habit}: {alarms / (double)runs:P1} false alarms in 30 looks; looking with the interval for one look, {naive / (double)runs:P1}");
            alarms.Should().BeLessThanOrEqualTo((int)(0.05 * runs));
        }
    }

    [Fact]
    public void At_the_planned_end_an_interval_for_all_looks_is_no_more_than_a_half_wider_than_one_for_a_single_look()
    {
        Estimate end = new(0, 1);
        double wide = new AlwaysValid(1, 0.95).Interval(end).High / end.Interval(0.95).High;

        output.WriteLine($"width at the planned end: {wide:F3} of the interval for one look");
        wide.Should().BeInRange(1, 1.6);
    }

    [Fact]
    public void Odd_group_sizes_are_found_at_the_rate_stated_and_with_power_that_grows()
    {
        Random random = new(5);
        double[] found = new double[3];
        double[] shares = [0.5, 0.49, 0.47];
        const int runs = 2000, customers = 4000;
        for (int k = 0; k < shares.Length; k++)
            for (int run = 0; run < runs; run++)
            {
                int treated = 0;
                for (int i = 0; i < customers; i++)
                    treated += random.NextDouble() < shares[k] ? 1 : 0;
                found[k] += SampleRatio.PValue([treated, customers - treated], [1, 1]) < 0.05 ? 1.0 / runs : 0;
            }
        output.WriteLine($"found among 4,000: {found[0]:P1} where all is well, {found[1]:P1} at 49 to 51, {found[2]:P1} at 47 to 53");
        found[0].Should().BeInRange(0.035, 0.065);
        found[1].Should().BeGreaterThan(0.15);
        found[2].Should().BeGreaterThan(0.9);
    }

    [Fact]
    public void Beliefs_pooled_over_campaigns_err_less_than_raw_effects_and_than_assumptions()
    {
        Random random = new(9);
        double raw = 0, assumed = 0, pooled = 0, covered = 0;
        const int actions = 2000;
        for (int a = 0; a < actions; a++)
        {
            double truth = 0.05 + 0.03 * random.NextDouble() + 0.02 * random.Normal();
            EffectBelief belief = new(0.065, 0.022);
            Estimate[] measured = [.. Enumerable.Range(0, 1 + a % 3).Select(_ => { double error = 0.01 + 0.05 * random.NextDouble(); return new Estimate(truth + error * random.Normal(), error); })];
            EffectBelief after = EffectPooling.Update(belief, measured);
            raw += Math.Pow(measured.Average(one => one.Difference) - truth, 2);
            assumed += Math.Pow(belief.Mean - truth, 2);
            pooled += Math.Pow(after.Mean - truth, 2);
            covered += Math.Abs(after.Mean - truth) <= Normal.Z90 * after.Deviation ? 1.0 / actions : 0;
        }
        output.WriteLine($"squared error: raw 1, assumed {assumed / raw:F3}, pooled {pooled / raw:F3}; 80 % beliefs hold {covered:P1}");
        pooled.Should().BeLessThan(0.9 * Math.Min(raw, assumed));
        covered.Should().BeInRange(0.74, 0.86);
    }

    [Fact]
    public void The_smallest_control_group_is_just_large_enough()
    {
        SampleSize size = new(0.95, 0.8);
        double share = size.ControlShare(deviation: 2, difference: 0.2, customers: 5000, [1])!.Value;

        size.SmallestDifference(2, 5000 * (1 - share), 5000 * share).Should().BeApproximately(0.2, 1e-9);
        share.Should().BeLessThan(0.5);
        double three = size.ControlShare(2, 0.3, 5000, [2, 1, 1])!.Value;
        size.SmallestDifference(2, 5000 * (1 - three) / 4, 5000 * three).Should().BeApproximately(0.3, 1e-9, "the smallest arm decides");
        size.ControlShare(2, 0.01, 5000, [1]).Should().BeNull();
        // Cohen (1988): .8 power at 5 % for a difference of half a deviation takes 63 (normal) a group.
        size.SmallestDifference(1, 62.79, 62.79).Should().BeApproximately(0.5, 1e-3);
    }

    [Fact]
    public void Tails_are_those_of_the_tables()
    {
        ChiSquareTail.Tail(1, 3.841458820694124).Should().BeApproximately(0.05, 1e-12);
        ChiSquareTail.Tail(4, 0.710723021397324).Should().BeApproximately(0.95, 1e-12);
        ChiSquareTail.Tail(2, 2).Should().BeApproximately(Math.Exp(-1), 1e-14);
        Normal.Cdf(-1.959963984540054).Should().BeApproximately(0.025, 1e-15);
        Normal.Cdf(-6).Should().BeApproximately(9.865876450376981e-10, 1e-22);
        Normal.Quantile(0.975).Should().BeApproximately(1.959963984540054, 1e-13);
        Normal.Quantile(1e-9).Should().BeApproximately(-5.997807015007687, 1e-10);
    }

    [Fact]
    public void Holm_corrects_in_order()
    {
        ManyArms.Holm([0.01, 0.04, 0.03]).Should().Equal(0.03, 0.06, 0.06);
        ManyArms.Holm([]).Should().BeEmpty();
    }
}
