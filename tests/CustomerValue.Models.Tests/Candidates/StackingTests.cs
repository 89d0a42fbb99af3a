using CustomerValue.Models.Candidates;

namespace CustomerValue.Models.Tests.Candidates;

public class StackingTests
{
    private static readonly double[] s_equal = [1.0 / 3, 1.0 / 3, 1.0 / 3];

    [Fact]
    public void Without_an_origin_the_defaults_are_the_answer()
    {
        Stacking.Weights([], s_equal, Squared).Should().Equal(s_equal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Shares_are_positive_sum_to_one_and_lose_no_more_than_the_defaults(int seed)
    {
        Random random = new(seed);
        Stacking.Origin[] origins = [.. Enumerable.Range(0, 1 + seed % 3).Select(_ => Draw(random, 50 + random.Next(500), random.NextDouble(), random.NextDouble(), random.NextDouble()))];

        double[] weights = Stacking.Weights(origins, s_equal, Squared);

        weights.Should().OnlyContain(weight => weight > 0);
        weights.Sum().Should().BeApproximately(1, 1e-12);
        origins.Average(origin => Loss(origin, weights) / Loss(origin, s_equal)).Should().BeLessThanOrEqualTo(1);
    }

    /// <summary>One part without error among two as wrong as the outcome itself: its weight is 1 but for the pull of .01 + 20/n, which of many customers leaves a hundredth or two and of five nearly the defaults.</summary>
    [Theory]
    [InlineData(5, 0.33, 0.6)]
    [InlineData(200, 0.7, 1.0)]
    [InlineData(20_000, 0.9, 1.0)]
    public void The_best_part_gains_the_more_the_more_customers_judge(int customers, double least, double most)
    {
        double[] weights = Stacking.Weights([Draw(new Random(7), customers, 0, 1, 1)], s_equal, Squared);

        weights[0].Should().BeInRange(least, most);
    }

    [Fact]
    public void Who_never_ran_keeps_the_default_share_beside_the_others()
    {
        Stacking.Origin origin = Draw(new Random(5), 2000, 0.2, 0.9, 0.9);

        double[] weights = Stacking.Weights([origin with { Parts = [origin.Parts[0], origin.Parts[1], null] }], s_equal, Squared);

        weights[2].Should().BeInRange(0.2, 0.45);
        weights[0].Should().BeGreaterThan(weights[1]);
    }

    [Fact]
    public void The_order_of_customers_changes_nothing_but_rounding()
    {
        Stacking.Origin origin = Draw(new Random(3), 800, 0.3, 0.5, 0.9);
        Stacking.Origin turned = new([.. origin.Parts.Select(part => part!.Reverse().ToArray())], [.. origin.Actual.Reverse()]);

        double[] one = Stacking.Weights([origin], s_equal, Squared), other = Stacking.Weights([turned], s_equal, Squared);

        one.Zip(other, (a, b) => Math.Abs(a - b)).Should().OnlyContain(difference => difference < 1e-6);
    }

    private static (double, double) Squared(double said, double came) => ((said - came) * (said - came), 2 * (said - came));

    private static double Loss(Stacking.Origin origin, double[] weights) =>
        Enumerable.Range(0, origin.Actual.Length).Average(i => Squared(weights.Select((weight, k) => weight * origin.Parts[k]![i]).Sum(), origin.Actual[i]).Item1);

    private static Stacking.Origin Draw(Random random, int customers, params double[] noise)
    {
        double[] actual = [.. Enumerable.Range(0, customers).Select(_ => 3 * random.NextDouble())];
        return new Stacking.Origin([.. noise.Select(size => actual.Select(value => value + 3 * size * (random.NextDouble() - 0.5)).ToArray())], actual);
    }
}
