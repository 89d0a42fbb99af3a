using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Tests.Learning;

public class SeasonCurveTests
{
    [Fact]
    public void The_same_season_a_year_before_speaks_for_this_one()
    {
        SeasonCurve curve = SeasonCurve.Learn([At(2023, 9, 1, 0.5), At(2023, 12, 1, -0.4), At(2024, 3, 1, -0.1)]);

        curve.At(new DateOnly(2024, 8, 28)).Spend.Should().BeApproximately(SeasonCurve.Trust * 0.5, 1e-12);
        curve.At(new DateOnly(2024, 8, 28)).Churn.Should().BeApproximately(-0.5, 1e-12);
    }

    [Fact]
    public void A_season_never_seen_takes_the_mean_level()
    {
        SeasonCurve curve = SeasonCurve.Learn([At(2023, 9, 1, 0.5), At(2023, 12, 1, -0.4), At(2024, 3, 1, -0.1)]);

        curve.At(new DateOnly(2024, 6, 10)).Spend.Should().BeApproximately(0, 1e-12);
    }

    [Fact]
    public void A_wave_that_repeats_is_found_seasonal_and_forecast_better_than_by_the_mean()
    {
        SeasonCurve curve = SeasonCurve.Learn([.. Enumerable.Range(0, 24).Select(month => At(2022 + month / 12, 1 + month % 12, 1, Math.Sin(month * Math.PI / 6)))]);

        curve.IsSeasonal.Should().BeTrue();
        curve.SeasonalError.Should().BeLessThan(0.25 * curve.PlainError);
    }

    [Fact]
    public void A_wave_that_turned_round_is_not_followed()
    {
        SeasonCurve curve = SeasonCurve.Learn([.. Enumerable.Range(0, 24).Select(month => At(2022 + month / 12, 1 + month % 12, 1, (month < 12 ? 1 : -1) * Math.Sin(month * Math.PI / 6)))]);

        curve.IsSeasonal.Should().BeFalse();
    }

    [Fact]
    public void Nothing_seen_means_no_deviation()
    {
        SeasonCurve.Learn([]).At(new DateOnly(2024, 1, 1)).Should().Be(Level.Zero(new DateOnly(2024, 1, 1)));
    }

    private static Level At(int year, int month, int day, double level) => new(new DateOnly(year, month, day), level, level, -level);
}
