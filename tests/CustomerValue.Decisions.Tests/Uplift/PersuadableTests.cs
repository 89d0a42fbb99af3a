using CustomerValue.Decisions.Uplift;

namespace CustomerValue.Decisions.Tests.Uplift;

/// <summary>What is learnt of simulated customers, beside what is true; 100,000 of them and every learner where CUSTOMER_VALUE_ACCEPTANCE is 1.</summary>
public class PersuadableTests(ITestOutputHelper output)
{
    private static readonly bool s_acceptance = Environment.GetEnvironmentVariable("CUSTOMER_VALUE_ACCEPTANCE") == "1";

    [Fact]
    public void The_best_learner_comes_near_the_oracle_and_finds_who_should_not_be_disturbed()
    {
        Persuadables learnt = new(s_acceptance ? 100_000 : 20_000, 1), fresh = new(50_000, 2);
        UpliftLearner[] learners = s_acceptance ? Enum.GetValues<UpliftLearner>() : [UpliftLearner.XLearner];
        UpliftModel model = UpliftModel.Train(learnt.Table, new UpliftOptions { Threads = 2, Folds = s_acceptance ? 5 : 2, Learners = learners }, []);
        double[] uplift = model.Predict(fresh.Table.Features)[0], truth = fresh.TrueUplift[0];
        double share = Qini(truth, uplift) / Qini(truth, truth);
        // Who loses a twentieth of a purchase and more is to be left alone.
        int[] harmed = [.. Enumerable.Range(0, truth.Length).Where(i => truth[i] < -0.05)];
        double found = harmed.Count(i => uplift[i] < 0) / (double)harmed.Length, wrongly = Enumerable.Range(0, truth.Length).Count(i => uplift[i] < 0 && truth[i] > 0.02) / (double)truth.Length;

        output.WriteLine($"{model.Card.Learner}: Qini {share:P1} of the oracle's; of {harmed.Length} who should not be disturbed {found:P1} are found, {wrongly:P1} of all are left alone wrongly; mean effect {model.Card.Arms[0].Effect:F4}, true {learnt.TrueUplift[0].Average():F4}");
        share.Should().BeGreaterThan(0.8);
        // The choice keeps to the S-learner, the timid one, where no other is clearly better: it leaves alone fewer, and nearly none wrongly.
        found.Should().BeGreaterThan(model.Card.Learner == UpliftLearner.SLearner ? 0.65 : 0.8);
        wrongly.Should().BeLessThan(0.03);
        Math.Abs(model.Card.Arms[0].Effect - learnt.TrueUplift[0].Average()).Should().BeLessThan(4 * model.Card.Arms[0].StandardError);
    }

    [Fact]
    public void Of_several_arms_and_money_each_effect_is_right_and_choosing_among_arms_pays()
    {
        Persuadables town = new(30_000, 3, arms: 3, money: true);

        UpliftReport report = UpliftEvaluation.Run(town.Table, new UpliftOptions { Threads = 2, Folds = 2, Learners = [UpliftLearner.SLearner, UpliftLearner.DrLearner], ContactCost = 1, ArmCosts = new Dictionary<string, double> { ["call-2"] = 0.5 } }, []);

        for (int a = 0; a < 2; a++)
        {
            double truth = town.TrueUplift[a].Average(), width = report.Effects[a].Effect.High - report.Effects[a].Effect.Low;
            output.WriteLine($"{report.Effects[a].Arm}: {report.Effects[a].Effect}, true {truth:F3}");
            report.Effects[a].Effect.Estimate.Should().BeApproximately(truth, width, "twice the half width of a 95 % interval misses once in ten thousand");
        }
        report.Arms.Select(arm => arm.ContactCost).Should().Equal(0, 1, 0.5);
        report.Chosen.Arms.Should().AllSatisfy(arm => arm.Qini.Low.Should().BePositive());
        report.PolicyOverTreatAll.Low.Should().BePositive();
        report.Deciles.Should().HaveCount(20);
        report.Deciles.Where(decile => decile.Arm == "call-1").Select(decile => decile.Predicted).Should().BeInDescendingOrder();
    }

    [Theory]
    [InlineData(0.1, 0, UpliftVerdict.TreatAll)]
    [InlineData(0.1, 0.3, UpliftVerdict.TreatNobody)]
    [InlineData(0, 0, UpliftVerdict.NoBetterThanRandom)]
    public void Where_all_are_alike_the_verdict_is_one_for_all(double effect, double cost, UpliftVerdict expected)
    {
        UpliftTable table = Experiments.Alike(4000, effect, seed: 5);

        UpliftReport report = UpliftEvaluation.Run(table, new UpliftOptions { Threads = 2, Folds = 2, Learners = [UpliftLearner.TLearner], ContactCost = cost }, []);

        report.Verdict.Should().Be(expected);
        report.Chosen.IsBetterThanRandom.Should().BeFalse("there is nothing to find");
        UpliftWords.Of(report).Should().Contain(word => word.Contains("no better than random", StringComparison.Ordinal));
    }

    /// <summary>By true uplift, so that chance in the outcomes blurs nothing: area under the mean of the best scored, less that of an order by chance.</summary>
    private static double Qini(double[] truth, double[] score)
    {
        double[] keys = [.. score.Select(value => -value)], ordered = [.. truth];
        Array.Sort(keys, ordered);
        double mean = ordered.Average(), sum = 0, area = 0;
        foreach (double value in ordered)
            area += sum += value - mean;
        return area / truth.Length / truth.Length;
    }
}
