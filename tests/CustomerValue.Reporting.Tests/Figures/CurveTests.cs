using CustomerValue.Models.Evaluation;
using CustomerValue.Reporting.Figures;

namespace CustomerValue.Reporting.Tests.Figures;

public sealed class CurveTests
{
    [Fact]
    public void Delong_interval_equals_the_definition_over_all_pairs()
    {
        Random random = new(3);
        double[] left = [.. Enumerable.Range(0, 60).Select(_ => Math.Round(random.NextDouble(), 1))], right = [.. Enumerable.Range(0, 60).Select(_ => Math.Round(random.NextDouble(), 1))];
        bool[] events = [.. left.Select(score => random.NextDouble() < score)];

        Interval found = AucDifference.Of(left, right, events);

        (double estimate, double variance) = ByPairs(left, right, events);
        found.Estimate.Should().BeApproximately(estimate, 1e-12);
        ((found.High - found.Low) / 2 / 1.959963984540054).Should().BeApproximately(Math.Sqrt(variance), 1e-12);
    }

    [Fact]
    public void A_ranking_is_no_better_than_itself()
    {
        double[] scores = [0.1, 0.9, 0.4, 0.4, 0.7];

        Interval found = AucDifference.Of(scores, scores, [false, true, false, true, true]);

        found.Should().Be(new Interval(0, 0, 0));
    }

    [Fact]
    public void Gain_of_the_outcome_itself_is_perfect_and_of_a_constant_is_chance()
    {
        double[] outcome = [.. Enumerable.Range(0, 100).Select(i => i < 25 ? 1.0 : 0.0)];

        GainCurve curve = GainCurve.Of(outcome, "constant", new double[100], outcome);

        curve.Points.Should().HaveCount(21);
        curve.Points.Should().OnlyContain(point => Math.Abs(point.Champion - Math.Min(4 * point.Share, 1)) < 1e-12);
        curve.Points.Should().OnlyContain(point => Math.Abs(point.Rule!.Value - point.Share) < 1e-12);
        curve.Points[2].Lift.Should().BeApproximately(4, 1e-12);
    }

    [Fact]
    public void Gain_does_not_depend_on_the_order_of_rows()
    {
        Random random = new(9);
        double[] scores = [.. Enumerable.Range(0, 333).Select(_ => (double)random.Next(8))], outcome = [.. scores.Select(score => score * random.NextDouble())];
        int[] order = [.. Enumerable.Range(0, 333)];
        random.Shuffle(order);

        GainCurve straight = GainCurve.Of(scores, null, default, outcome), shuffled = GainCurve.Of([.. order.Select(i => scores[i])], null, default, [.. order.Select(i => outcome[i])]);

        for (int i = 0; i < 21; i++)
            shuffled.Points[i].Champion.Should().BeApproximately(straight.Points[i].Champion, 1e-12);
    }

    private static (double Estimate, double Variance) ByPairs(double[] left, double[] right, bool[] events)
    {
        int[] positives = [.. Enumerable.Range(0, events.Length).Where(i => events[i])], negatives = [.. Enumerable.Range(0, events.Length).Where(i => !events[i])];
        double[] byPositive = [.. positives.Select(p => negatives.Average(n => Wins(left, p, n) - Wins(right, p, n)))];
        double[] byNegative = [.. negatives.Select(n => positives.Average(p => Wins(left, p, n) - Wins(right, p, n)))];
        return (byPositive.Average(), Variance(byPositive) / positives.Length + Variance(byNegative) / negatives.Length);
    }

    private static double Wins(double[] scores, int positive, int negative) => scores[positive] > scores[negative] ? 1 : scores[positive] == scores[negative] ? 0.5 : 0;

    private static double Variance(double[] values) => values.Sum(value => (value - values.Average()) * (value - values.Average())) / (values.Length - 1);
}
