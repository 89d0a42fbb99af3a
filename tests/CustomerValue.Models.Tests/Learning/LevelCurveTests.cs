using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Tests.Learning;

public class LevelCurveTests
{
    private static readonly DateOnly s_cutoff = new(2024, 3, 1);

    private static readonly LevelCurve s_wave = new([.. Enumerable.Range(0, LevelCurve.Steps).Select(step => Level.Zero(s_cutoff.AddDays(7 * step)) with { Purchases = Math.Sin(2 * Math.PI * step / 52.0), Churn = -step })], 0.1, "a wave");

    [Fact]
    public void Between_two_weeks_the_level_goes_straight()
    {
        s_wave.At(s_cutoff.AddDays(7)).Churn.Should().Be(-1);
        s_wave.At(s_cutoff.AddDays(10)).Churn.Should().BeApproximately(-1 - 3 / 7.0, 1e-12);
    }

    [Theory]
    [InlineData(-40)]
    [InlineData(-1)]
    public void Of_a_day_before_the_cutoff_it_is_the_cutoffs(int days)
    {
        s_wave.At(s_cutoff.AddDays(days)).Purchases.Should().Be(s_wave.At(s_cutoff).Purchases);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(363)]
    public void A_year_later_the_season_comes_again(int days)
    {
        s_wave.At(s_cutoff.AddDays(days + 365)).Purchases.Should().BeApproximately(s_wave.At(s_cutoff.AddDays(days)).Purchases, 1e-9);
    }

    [Fact]
    public void Nothing_seen_means_no_deviation_and_much_doubt()
    {
        LevelCurve flat = LevelCurve.Flat(s_cutoff);

        flat.At(s_cutoff.AddDays(200)).Should().Be(Level.Zero(s_cutoff.AddDays(200)));
        flat.Deviation.Should().BeGreaterThan(0.2);
    }
}
