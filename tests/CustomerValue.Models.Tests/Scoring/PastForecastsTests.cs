using CustomerValue.Models.Versions;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerValue.Models.Tests.Scoring;

/// <summary>The interval around a total, from how far totals lay off before.</summary>
public sealed class PastForecastsTests
{
    /// <summary>90 % quantiles of Student's distribution by degrees of freedom (Abramowitz and Stegun, table 26.10).</summary>
    [Theory]
    [InlineData(2, 1.886)]
    [InlineData(3, 1.638)]
    [InlineData(4, 1.533)]
    public void Equal_errors_reach_as_far_as_students_distribution_says(int horizons, double quantile)
    {
        PastForecasts past = Of([.. Enumerable.Range(0, horizons).Select(i => i % 2 == 0 ? 0.1 : -0.1)]);

        (double low, double high) = past.Around(1000)!.Value;

        (Math.Log(high / 1000) / 0.1).Should().BeApproximately(quantile, 0.01);
        (low * high).Should().BeApproximately(1e6, 1e-3, "both sides are as far by ratio");
    }

    [Fact]
    public void The_interval_holds_the_total_and_grows_with_every_error() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<NormalFloat>>(), ArbMap.Default.ArbFor<PositiveInt>(), (errors, total) =>
        {
            double[] bounded = [.. errors.Get.Select(error => Math.Tanh(error.Get)), 0.05, -0.2];
            (double low, double high) = Of(bounded).Around(total.Get)!.Value;
            (double wideLow, double wideHigh) = Of([.. bounded.Select(error => 2 * error)]).Around(total.Get)!.Value;
            return low <= total.Get && total.Get <= high && wideLow <= low && high <= wideHigh;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Too_few_errors_or_no_money_give_no_interval()
    {
        Of([0.1]).Around(100).Should().BeNull();
        Of([0.1, 0.2]).Around(0).Should().BeNull();
        new PastForecasts { Horizons = [new(default, 10, 12), new(default, 10, 0), new(default, -1, 5)], Churn = null, Last = null, YearBefore = null }.Around(100).Should().BeNull("a total of nothing has no ratio");
    }

    private static PastForecasts Of(double[] errors) => new() { Horizons = [.. errors.Select((error, i) => new PastForecast(new DateOnly(2024, 1, 1).AddDays(-90 * i), 100, 100 * Math.Exp(error)))], Churn = null, Last = null, YearBefore = null };
}
