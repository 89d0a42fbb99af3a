using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;

namespace CustomerValue.Models.Tests.Candidates;

public class SharpeningTests
{
    private const double Usual = 1.1;

    /// <summary>Lognormal rates, Poisson purchases; a forecast flattened by the power 1 / slope below the ceiling is put right by that slope, of which the pull towards what is usual keeps a part.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1.3)]
    public void What_a_mixture_lost_in_sharpness_is_learnt_from_outcomes(double slope)
    {
        Random random = new(5);
        (double[] Mixed, double[] Actual)[] origins = [.. Enumerable.Range(0, 3).Select(_ => Origin(random, slope))];

        double learnt = Sharpening.Learn(origins);

        learnt.Should().BeInRange(Math.Min(slope, Usual), Math.Max(slope, Usual));
        Math.Abs(learnt - slope).Should().BeLessThan(0.8 * Math.Abs(Usual - slope), "9,000 customers say more than what is usual");
    }

    [Fact]
    public void Without_outcomes_the_usual_slope_is_taken()
    {
        Sharpening.Learn([]).Should().Be(Usual);
        Sharpening.Learn([([0.5, 0.2], [0, 0])]).Should().Be(Usual);
    }

    /// <summary>The season moves everyone alike, so it does not sharpen.</summary>
    [Fact]
    public void A_level_moves_no_factor()
    {
        Sharpening sharpening = new(1.1, 3, 0, 0, 90);

        sharpening.Of(0.4 * Math.Exp(0.7), 0.7).Should().BeApproximately(sharpening.Of(0.4, 0), 1e-12);
        sharpening.Of(2, 0).Should().BeApproximately(0.1 * Math.Log(2), 1e-12);
        sharpening.Of(50, 0).Should().BeApproximately(sharpening.Of(3, 0), 1e-12, "few buy so much");
        Sharpening.None(90).Of(2, 0).Should().Be(0);
    }

    /// <summary>A customer's factor is that of the horizon which was learnt, so the ratio of two horizons is that of the mixture.</summary>
    [Fact]
    public void More_days_never_mean_fewer_purchases()
    {
        RaceResult race = Races.Measured.Result;
        Blend blend = race.Entrants.Select(entrant => entrant.Model).OfType<Blend>().Single();
        double[] half = blend.Predict(race.Latest, Races.HorizonDays / 2).ExpectedPurchases, whole = blend.Predict(race.Latest, Races.HorizonDays).ExpectedPurchases,
            twice = blend.Predict(race.Latest, 2 * Races.HorizonDays).ExpectedPurchases;

        for (int i = 0; i < whole.Length; i++)
        {
            half[i].Should().BeLessThanOrEqualTo(whole[i]);
            whole[i].Should().BeLessThanOrEqualTo(twice[i]);
        }
    }

    private static (double[] Mixed, double[] Actual) Origin(Random random, double slope)
    {
        const int customers = 3000;
        double[] mixed = new double[customers], actual = new double[customers];
        for (int i = 0; i < customers; i++)
        {
            double mean = Math.Exp(-0.7 + 1.2 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            mixed[i] = Math.Pow(mean, 1 / slope);
            for (double time = -Math.Log(1 - random.NextDouble()); time < mean; time -= Math.Log(1 - random.NextDouble()))
                actual[i]++;
        }
        return (mixed, actual);
    }
}
