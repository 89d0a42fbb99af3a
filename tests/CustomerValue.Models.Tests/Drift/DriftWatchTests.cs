using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Drift;

namespace CustomerValue.Models.Tests.Drift;

/// <summary>Drift told while a model answers is the drift that the detector finds in the same customers.</summary>
public sealed class DriftWatchTests
{
    private static Shop Shop => Shop.Instance;

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public void A_watch_that_saw_customers_in_pieces_says_what_the_detector_says_of_all(int daysLater)
    {
        DriftSample now = Shop.SampleOf(Shop.Transactions, Shop.Cutoff.AddDays(daysLater));
        DriftReport report = DriftDetector.Compare("v1", Shop.Baseline, now, new DriftOptions());
        DriftWatch watch = Watch();

        foreach (int[] rows in Enumerable.Range(0, now.Count).Chunk(97))
            Add(watch, now.Rows(rows));

        watch.Scores().Should().Equal(report.Scores.Select(score => new RunningDrift(score.Name, score.Stability, score.Limit, now.Count)));
        DistributionDrift[] watched = [.. report.Features.Where(feature => feature.Movement == Movement.Watched).OrderBy(feature => feature.Name, StringComparer.Ordinal)];
        watch.Features().OrderBy(feature => feature.Name, StringComparer.Ordinal).Should().Equal(watched.Select(feature => new RunningDrift(feature.Name, feature.Stability, feature.Limit, now.Count)));
        watched.Should().HaveCountGreaterThan(20);
    }

    [Fact]
    public void Nothing_is_said_of_too_few()
    {
        DriftWatch watch = Watch();
        Add(watch, Shop.AtCutoff.Rows([.. Enumerable.Range(0, DriftWatch.LeastCustomers - 1)]));

        watch.Scores().Should().BeEmpty();
        watch.Features().Should().BeEmpty();

        Add(watch, Shop.AtCutoff.Rows([0]));
        watch.Scores().Should().HaveCount(3);
    }

    [Fact]
    public void What_was_long_ago_is_forgotten_and_counts_stay_bounded()
    {
        DriftWatch watch = Watch();
        double[] sure = [.. Enumerable.Repeat(0.999, 1000)], none = [.. Enumerable.Repeat(0.001, 1000)];
        for (int call = 0; call < 30; call++)
            watch.AddScores(Shop.Cutoff, sure, none, none);
        watch.Scores().Should().OnlyContain(score => score.Stability > score.Limit && score.Customers <= 2 * DriftWatch.WindowCustomers);

        for (int call = 0; call < 20; call++)
            Add(watch, Shop.AtCutoff);

        watch.Scores().Should().OnlyContain(score => score.Stability < 0.01 && score.Customers <= 2 * (DriftWatch.WindowCustomers + Shop.AtCutoff.Count));
    }

    [Fact]
    public void Many_threads_lose_nobody()
    {
        DriftWatch watch = Watch();
        DriftSample some = Shop.AtCutoff.Rows([.. Enumerable.Range(0, 10)]);

        Parallel.For(0, 900, _ => Add(watch, some));

        watch.Scores().Concat(watch.Features()).Should().OnlyContain(moved => moved.Customers == 9000);
    }

    [Fact]
    public void A_baseline_of_another_model_is_refused_by_name()
    {
        DriftBaseline other = Shop.Baseline with { Features = [.. Shop.Baseline.Features.Skip(1)] }, odd = Shop.Baseline with { Scores = [.. Shop.Baseline.Scores.Select(score => score with { Counts = [1, 2] })] };

        ((Func<DriftWatch>)(() => new DriftWatch(other, Shop.AtCutoff.Features.Schema, new DriftOptions()))).Should().Throw<BadDataException>().WithMessage("*drift-baseline.json*Train again*");
        ((Func<DriftWatch>)(() => new DriftWatch(odd, Shop.AtCutoff.Features.Schema, new DriftOptions()))).Should().Throw<BadDataException>().WithMessage("*churn_probability: found 2 counts*");
    }

    private static DriftWatch Watch() => new(Shop.Baseline, Shop.AtCutoff.Features.Schema, new DriftOptions());

    private static void Add(DriftWatch watch, DriftSample sample)
    {
        watch.AddScores(sample.Window.Cutoff, sample.Forecast.ChurnProbability, sample.Forecast.ExpectedPurchases, sample.Forecast.ExpectedSpend);
        watch.AddFeatures(sample.Features);
    }
}
