using CustomerValue.Models.Versions;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerValue.Models.Tests.Scoring;

/// <summary>The interval around a total, from how far totals lay off before.</summary>
public sealed class PastForecastsTests
{
    private static readonly DateOnly s_cutoff = new(2024, 1, 1);

    /// <summary>90 % quantiles of Student's distribution by degrees of freedom (Abramowitz and Stegun, table 26.10).</summary>
    [Theory]
    [InlineData(2, 1.886)]
    [InlineData(3, 1.638)]
    [InlineData(4, 1.533)]
    public void Equal_errors_reach_as_far_as_students_distribution_says(int horizons, double quantile)
    {
        (double low, double high) = Of([.. Enumerable.Range(0, horizons).Select(i => i % 2 == 0 ? 0.1 : -0.1)])!.Around(1000);

        (Math.Log(high / 1000) / 0.1).Should().BeApproximately(quantile, 0.01);
        (low * high).Should().BeApproximately(1e6, 1e-3, "both sides are as far by ratio");
    }

    [Fact]
    public void What_the_version_learnt_counts_for_three_horizons_and_grows_with_the_days_after_its_cutoff()
    {
        LevelCertainty level = new(s_cutoff, 0.1);

        TotalDoubt.Of(level, [], 0, s_cutoff, 90).Should().Be(new TotalDoubt(0.1, 3));
        TotalDoubt.Of(level, [], 0, s_cutoff.AddDays(90), 90)!.Deviation.Should().BeApproximately(0.1 * Math.Sqrt(2), 1e-12);
        TotalDoubt.Of(level, [Past(s_cutoff, 0.3)], 0.05, s_cutoff.AddDays(90), 90)!.Deviation
            .Should().BeApproximately(Math.Sqrt((0.05 * 0.05) + (2 * ((3 * 0.01) + 0.09) / 4)), 1e-12);
        TotalDoubt.Of(level, [Past(s_cutoff.AddDays(90), 0.3)], 0, s_cutoff.AddDays(90), 90)!.Deviation
            .Should().BeApproximately(Math.Sqrt(2 * ((3 * 0.01) + (0.09 / 2)) / 4), 1e-12, "an error of a later day was to be expected larger");
    }

    [Fact]
    public void The_interval_holds_the_total_and_grows_with_every_error_and_with_chance() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<NormalFloat>>(), ArbMap.Default.ArbFor<PositiveInt>(), (errors, total) =>
        {
            double[] bounded = [.. errors.Get.Select(error => Math.Tanh(error.Get)), 0.05, -0.2];
            (double low, double high) = Of(bounded)!.Around(total.Get);
            (double wideLow, double wideHigh) = Of([.. bounded.Select(error => 2 * error)])!.Around(total.Get);
            (double byChance, _) = Of(bounded, chance: 0.1)!.Around(total.Get);
            return low <= total.Get && total.Get <= high && wideLow <= low && high <= wideHigh && byChance <= low;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Too_few_errors_or_no_money_give_no_interval()
    {
        Of([0.1]).Should().BeNull();
        TotalDoubt.Of(null, [new(s_cutoff, 10, 12), new(s_cutoff, 10, 0), new(s_cutoff, -1, 5)], 0, s_cutoff, 90).Should().BeNull("a total of nothing has no ratio");
        new PastForecasts { Horizons = [], Doubt = new TotalDoubt(0.1, 3), Churn = null, Last = null, YearBefore = null }.Around(0).Should().BeNull();
    }

    private static TotalDoubt? Of(double[] errors, double chance = 0) => TotalDoubt.Of(null, [.. errors.Select(error => Past(s_cutoff, error))], chance, s_cutoff, 90);

    private static PastForecast Past(DateOnly day, double error) => new(day, 100, 100 * Math.Exp(error));
}
