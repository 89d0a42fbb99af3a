
namespace CustomerValue.Simulation.Tests;

public class RandomStreamTests
{
    private const int Draws = 200_000;

    // The mean of n draws with standard deviation sd lies within 4 sd / sqrt(n) in all but 1 of 16,000 seeds; the seed is fixed.
    private static void MeanShouldBe(Func<double> draw, double mean, double deviation)
    {
        double sum = 0;
        for (int i = 0; i < Draws; i++)
            sum += draw();
        (sum / Draws).Should().BeApproximately(mean, 4 * deviation / Math.Sqrt(Draws));
    }

    [Fact]
    public void Uniform_is_open_at_both_ends_and_centred()
    {
        RandomStream random = new(1, 0, StreamPurpose.Core);
        MeanShouldBe(() => random.NextUniform(), 0.5, Math.Sqrt(1 / 12.0));
        for (int i = 0; i < Draws; i++)
            random.NextUniform().Should().BeGreaterThan(0).And.BeLessThan(1);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(7.5)]
    public void Gamma_has_mean_and_variance_of_its_shape(double shape)
    {
        RandomStream random = new(2, 5, StreamPurpose.Profile);
        MeanShouldBe(() => random.NextGamma(shape), shape, Math.Sqrt(shape));
        // (g - a)^2 has mean a and variance 2 a^2 + 6 a.
        MeanShouldBe(() => Math.Pow(random.NextGamma(shape) - shape, 2), shape, Math.Sqrt(2 * shape * shape + 6 * shape));
    }

    [Fact]
    public void Normal_exponential_beta_and_index_have_their_means()
    {
        RandomStream random = new(3, 9, StreamPurpose.Basket);
        MeanShouldBe(() => random.NextNormal(), 0, 1);
        MeanShouldBe(() => Math.Pow(random.NextNormal(), 2), 1, Math.Sqrt(2));
        MeanShouldBe(() => random.NextExponential(), 1, 1);
        // Beta(2, 3): mean 2/5, variance 2*3 / (25 * 6).
        MeanShouldBe(() => random.NextBeta(2, 3), 0.4, 0.2);
        MeanShouldBe(() => random.NextIndex(7), 3, 2);
    }

    [Fact]
    public void Streams_of_other_seeds_customers_and_purposes_start_differently()
    {
        HashSet<ulong> first = [];
        for (ulong seed = 0; seed < 20; seed++)
            for (int customer = 0; customer < 200; customer++)
                foreach (StreamPurpose purpose in Enum.GetValues<StreamPurpose>())
                    first.Add(new RandomStream(seed, customer, purpose).NextBits());
        first.Should().HaveCount(20 * 200 * 8);
    }
}
