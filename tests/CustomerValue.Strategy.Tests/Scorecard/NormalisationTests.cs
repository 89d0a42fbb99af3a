using CustomerValue.Strategy.Scorecard;

namespace CustomerValue.Strategy.Tests.Scorecard;

public class NormalisationTests
{
    [Fact]
    public void Ranks_of_many_customers_stay_within_a_thousandth_of_the_exact_ones()
    {
        // Skewed, a third of them level at 10: the curve keeps about two thousand points of a hundred thousand, those on both sides of the step among them.
        Random random = new(7);
        double[] values = [.. Enumerable.Range(0, 100_000).Select(_ => random.Next(3) == 0 ? 10 : Math.Exp(3 * random.NextDouble()))];
        double[] sorted = [.. values.Order()];
        int last = values.Length - 1, below = values.Count(value => value < 10), upTo = values.Count(value => value <= 10);

        ScoreCurve curve = new Normalisation(NormalisationMethod.Rank, 0, 0, 0, false).Fit(values)!;

        curve.Values.Length.Should().BeLessThan(2100);
        curve.Score(10).Should().BeApproximately((below + upTo - 1) / 2.0 / last, 1e-12);
        foreach (int i in Enumerable.Range(0, 100).Select(i => i * 997).Where(i => i < below || i >= upTo).Append(below - 1).Append(upTo))
            curve.Score(sorted[i]).Should().BeApproximately((double)i / last, 0.001);
    }

    [Fact]
    public void Winsorising_cuts_the_outermost_shares_off()
    {
        double[] values = [.. Enumerable.Range(0, 101).Select(i => (double)i)];
        values[100] = 1e9;

        ScoreCurve curve = new Normalisation(NormalisationMethod.MinMax, 0.05, 0, 0, false).Fit(values)!;

        (curve.Score(5), curve.Score(50), curve.Score(95), curve.Score(1e9), curve.Score(-3)).Should().Be((0, 0.5, 1, 1, 0));
    }

    [Fact]
    public void Target_may_lie_below_the_worst()
    {
        ScoreCurve curve = new Normalisation(NormalisationMethod.Target, 0, 10, 60, false).Fit([])!;

        (curve.Score(5), curve.Score(10), curve.Score(35), curve.Score(60), curve.Score(90)).Should().Be((1, 1, 0.5, 0, 0));
    }

    [Fact]
    public void Entropy_weighs_what_tells_customers_apart()
    {
        // All of one column's sum is one customer's: entropy 0, weight in proportion 1. Shares 1/4 and 3/4: entropy .811278, in proportion .188722. Alike: 0.
        double[] weights = EntropyWeights.Of([[0, 1], [0.25, 0.75], [0.5, 0.5]]);

        weights[0].Should().BeApproximately(1 / 1.188722, 1e-6);
        weights[1].Should().BeApproximately(0.188722 / 1.188722, 1e-6);
        weights[2].Should().Be(0);
        EntropyWeights.Of([[1, 1], [0, 0]]).Should().Equal(0.5, 0.5);
    }
}
