using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Tests.Experiments;
using CustomerValue.Decisions.Uplift;

namespace CustomerValue.Decisions.Tests.Uplift;

/// <summary>What holds of uplift figures whatever the data, and what is refused.</summary>
public class UpliftLawTests
{
    [Fact]
    public void Figures_of_four_customers_by_hand()
    {
        // By score: a treated buyer, a control who does not, a treated who does not, a control buyer.
        CurveFigures figures = new UpliftCurve([4, 3, 2, 1], [true, false, true, false], [1, 0, 0, 1], [1, 1, 1, 1]).Of([]);

        // g at quarters: 0 (no control yet), (1 - 0) / 2, (1 - 0) / 2, (1 - 1) / 2.
        figures.Auuc.Should().BeApproximately(0.25 * (0 + 0) / 2 + 0.25 * (0 + 0.5) / 2 + 0.25 * 0.5 + 0.25 * (0.5 + 0) / 2, 1e-12);
        figures.Average.Should().Be(0);
        figures.Qini.Should().BeApproximately(figures.Auuc, 1e-12);
        figures.AtShare[3].Should().Be(1, "the better half are one treated who bought and one control who did not");
    }

    [Fact]
    public void Equal_scores_are_an_order_by_chance_and_doubled_money_doubles_every_figure()
    {
        Random random = new(1);
        double[] score = [.. Enumerable.Range(0, 2000).Select(_ => (double)random.Next(50))], outcome = [.. score.Select(_ => random.NextDouble())], ones = [.. score.Select(_ => 1.0)];
        bool[] treated = [.. score.Select(_ => random.Next(2) == 1)];
        CurveFigures flat = new UpliftCurve(ones, treated, outcome, ones).Of([]), figures = new UpliftCurve(score, treated, outcome, ones).Of([]),
            doubled = new UpliftCurve(score, treated, [.. outcome.Select(value => 2 * value)], ones).Of([]), scaled = new UpliftCurve([.. score.Select(value => 3 * value - 7)], treated, outcome, ones).Of([]);

        flat.Qini.Should().BeApproximately(0, 1e-12);
        flat.AtShare.Should().AllSatisfy(value => value.Should().BeApproximately(flat.Average, 1e-12));
        doubled.Qini.Should().BeApproximately(2 * figures.Qini, 1e-12);
        doubled.Auuc.Should().BeApproximately(2 * figures.Auuc, 1e-12);
        scaled.Should().BeEquivalentTo(figures, "only the order matters");

        int[] shuffled = [.. Enumerable.Range(0, score.Length).OrderBy(_ => random.Next())];
        CurveFigures other = new UpliftCurve([.. shuffled.Select(i => score[i])], [.. shuffled.Select(i => treated[i])], [.. shuffled.Select(i => outcome[i])], ones).Of([]);
        other.Qini.Should().BeApproximately(figures.Qini, 1e-12, "the order of rows does not matter");
    }

    [Fact]
    public void A_row_that_counts_twice_is_a_row_given_twice()
    {
        Random random = new(2);
        double[] score = [.. Enumerable.Range(0, 300).Select(_ => random.NextDouble())], outcome = [.. score.Select(_ => random.NextDouble())];
        bool[] treated = [.. score.Select(_ => random.Next(2) == 1)];
        byte[] times = [.. score.Select(_ => (byte)random.Next(3))];
        int[] rows = [.. Enumerable.Range(0, 300).SelectMany(i => Enumerable.Repeat(i, times[i]))];

        CurveFigures counted = new UpliftCurve(score, treated, outcome, [.. score.Select(_ => 1.0)]).Of(times),
            given = new UpliftCurve([.. rows.Select(i => score[i])], [.. rows.Select(i => treated[i])], [.. rows.Select(i => outcome[i])], [.. rows.Select(_ => 1.0)]).Of([]);

        given.Qini.Should().BeApproximately(counted.Qini, 1e-12);
        given.AtShare.Should().BeEquivalentTo(counted.AtShare, options => options.Using<double>(pair => pair.Subject.Should().BeApproximately(pair.Expectation, 1e-9)).WhenTypeIs<double>());
    }

    [Fact]
    public void Calibration_finds_the_slope_and_takes_a_model_that_is_wrong_way_round_for_none()
    {
        Random random = new(3);
        double[] predicted = [.. Enumerable.Range(0, 20_000).Select(_ => random.Normal())], effects = [.. predicted.Select(value => 0.5 + 0.4 * value + random.Normal())];

        UpliftCalibration right = UpliftCalibration.Fit(predicted, effects, _ => true), wrong = UpliftCalibration.Fit([.. predicted.Select(value => -value)], effects, _ => true);

        right.Slope.Should().BeApproximately(0.4, 0.03);
        right.Of(0).Should().BeApproximately(0.5, 0.03);
        wrong.Slope.Should().Be(0);
        wrong.Of(5).Should().BeApproximately(0.5, 0.03);
    }

    [Fact]
    public void Who_is_treated_by_their_features_is_weighed_so_that_the_effect_comes_out_and_a_finding_says_so()
    {
        Random random = new(4);
        float[] need = [.. Enumerable.Range(0, 8000).Select(_ => (float)random.Normal())];
        int[] arm = [.. need.Select(value => random.NextDouble() < 1 / (1 + Math.Exp(-1.5 * value)) ? 1 : 0)];
        UpliftTable table = Experiments.Table(random, arm, i => random.NextDouble() < 0.3 + 0.1 * Math.Tanh(need[i]) + 0.1 * arm[i] ? 1 : 0, first: need);
        List<Finding> findings = [];

        UpliftReport report = UpliftEvaluation.Run(table, new UpliftOptions { Threads = 2, Folds = 2, Learners = [UpliftLearner.TLearner] }, findings);

        findings.Should().ContainSingle(finding => finding.Code == "not-randomised");
        report.IsRandomised.Should().BeFalse();
        double naive = report.Arms[1].Mean - report.Arms[0].Mean;
        naive.Should().BeGreaterThan(0.15, "the needy are treated and buy anyway");
        report.Effects[0].Effect.Estimate.Should().BeInRange(0.06, 0.14, "the effect is .1, its standard error about .012");
    }

    [Fact]
    public void Treatment_decided_by_the_outcome_and_other_experiments_that_are_none_are_refused()
    {
        Random random = new(5);
        int[] arm = [.. Enumerable.Range(0, 400).Select(i => i % 2)];

        Refused(() => Experiments.Table(random, arm, i => arm[i])).Should().Contain("the outcome tells who was treated").And.Contain("drawn by chance");
        Refused(() => Experiments.Table(random, arm, i => arm[i] == 1 || i % 4 == 0 ? 1 : 0)).Should().Contain("the outcome tells who was treated", "all who were treated bought");
        Refused(() => Experiments.Table(random, arm, i => arm[i] == 1 ? 10 + i % 7 : i % 9, UpliftOutcome.Spend)).Should().Contain("the outcome tells who was treated");
        Refused(() => Experiments.Table(random, arm, _ => 0)).Should().Contain("nothing to learn from");
        Refused(() => Experiments.Table(random, [.. arm.Select((_, i) => i < 30 ? 1 : 0)], i => i % 3 == 0 ? 1 : 0)).Should().Contain("arm 'call': found 30 customers, expected 100 or more");
    }

    private static string Refused(Func<UpliftTable> make) => make.Should().Throw<BadDataException>().Which.Message;
}
