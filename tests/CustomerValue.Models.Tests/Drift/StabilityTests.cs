using CustomerValue.Models.Drift;
using CustomerValue.Models.Evaluation;

namespace CustomerValue.Models.Tests.Drift;

public sealed class StabilityTests
{
    [Fact]
    public void Equal_shares_have_no_distance()
    {
        Stability.Index([100, 200, 700], [100, 200, 700]).Should().Be(0);
        Stability.JensenShannon([100, 200, 700], [10, 20, 70]).Should().BeApproximately(0, 1e-7);
    }

    [Fact]
    public void Disjoint_shares_have_the_largest_distance() => Stability.JensenShannon([100, 0], [0, 50]).Should().BeApproximately(1, 1e-12);

    [Fact]
    public void The_index_is_the_textbook_sum_for_many_customers()
    {
        // (0.3 - 0.2) ln(0.3 / 0.2) + (0.7 - 0.8) ln(0.7 / 0.8); the half customers matter below 1e-6 among ten million.
        double expected = 0.1 * Math.Log(1.5) - 0.1 * Math.Log(0.875);
        Stability.Index([2_000_000, 8_000_000], [3_000_000, 7_000_000]).Should().BeApproximately(expected, 1e-6);
    }

    [Fact]
    public void Bins_that_both_sides_leave_empty_change_nothing()
    {
        Stability.Index([5, 0, 9, 0], [6, 0, 3, 0]).Should().Be(Stability.Index([5, 9], [6, 3]));
        Stability.ChanceLimit([5, 0, 9], [6, 0, 3], 0.01).Should().Be(Stability.ChanceLimit([5, 9], [6, 3], 0.01));
    }

    [Theory]
    // Upper quantiles of chi-square as any table of it prints them.
    [InlineData(2, 0.001, 10.828)]
    [InlineData(3, 0.001, 13.816)]
    [InlineData(10, 0.001, 27.877)]
    [InlineData(11, 0.1, 15.987)]
    [InlineData(31, 0.01, 50.892)]
    public void The_chance_limit_is_a_scaled_chi_square_quantile(int bins, double tail, double quantile)
    {
        int[] counts = [.. Enumerable.Repeat(100, bins)];
        double scale = 2.0 / (100 * bins);
        (Stability.ChanceLimit(counts, counts, tail) / scale).Should().BeApproximately(quantile, 1e-3);
    }

    [Fact]
    public void Chance_exceeds_the_limit_as_often_as_it_says()
    {
        Random random = new(7);
        const int draws = 4000;
        const double tail = 0.05;
        int exceeded = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            int[] one = Sample(random, 2000), two = Sample(random, 1500);
            exceeded += Stability.Index(one, two) > Stability.ChanceLimit(one, two, tail) ? 1 : 0;
        }
        // The share of 4,000 draws has a standard error of 0.0034; four of them, and 0.005 for the approximation.
        ((double)exceeded / draws).Should().BeApproximately(tail, 0.019);
    }

    [Fact]
    public void The_expected_area_is_the_mean_over_outcomes_drawn_from_the_probabilities()
    {
        Random random = new(3);
        double[] probability = [.. Enumerable.Range(0, 400).Select(_ => Math.Round(random.NextDouble(), 2))];
        List<double> areas = [];
        for (int draw = 0; draw < 2000; draw++)
            areas.Add(Ranking.AreaUnderCurve(probability, Array.ConvertAll(probability, p => random.NextDouble() < p)));
        double expected = ExpectedRanking.AreaUnderCurve(probability);
        // One area varies by about 0.02, so the mean of 2,000 by 0.0005.
        areas.Average().Should().BeApproximately(expected, 0.002);
        double deviation = Math.Sqrt(areas.Average(area => (area - expected) * (area - expected)));
        deviation.Should().BeLessThan(ExpectedRanking.StandardError(expected, probability.Sum(), 400 - probability.Sum()) * 1.2);
    }

    [Fact]
    public void Without_both_classes_there_is_no_area() => ExpectedRanking.AreaUnderCurve([1, 1, 1]).Should().Be(double.NaN);

    [Fact]
    public void Equal_probabilities_rank_by_chance() => ExpectedRanking.AreaUnderCurve([0.3, 0.3, 0.3, 0.3]).Should().BeApproximately(0.5, 1e-12);

    private static int[] Sample(Random random, int customers)
    {
        int[] counts = new int[6];
        for (int i = 0; i < customers; i++)
        {
            double u = random.NextDouble();
            counts[u < 0.1 ? 0 : u < 0.25 ? 1 : u < 0.5 ? 2 : u < 0.7 ? 3 : u < 0.85 ? 4 : 5]++;
        }
        return counts;
    }
}
