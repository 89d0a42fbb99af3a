namespace CustomerValue.BuyTillYouDie.Tests;

public class DiagnosticsTests
{
    private static readonly Lazy<CustomerTable> s_table = new(() => CustomerTable.Cdnow("cdnow_sample.csv.gz"));

    /// <summary>
    /// The published tracking figures, columns 20 to 25 of a weekly table that starts with the first week of 1997. (They are often
    /// quoted as weeks 73 to 78, whose totals are more than twice as large.)
    /// </summary>
    [Fact]
    public void Cumulative_tracking_gives_the_published_totals()
    {
        CustomerTable table = s_table.Value;
        double first = new DateOnly(1997, 1, 1).DayNumber;
        double[] firstPurchases = [.. table.FirstDay.Select(day => (day - first) / 7)];

        TrackingCurve pareto = Tracking.Expected(new ParetoNbd(.5532, 10.5763, .6063, 11.6715), firstPurchases, 1, 78);
        TrackingCurve bg = Tracking.Expected(new BgNbd(.2426, 4.4136, .7929, 2.4259), firstPurchases, 1, 78);

        pareto.Cumulative[19].Should().BeApproximately(1308.9, 1);
        pareto.Cumulative[24].Should().BeApproximately(1674.25, 1);
        bg.Cumulative[19].Should().BeApproximately(1312.5, 1);
        bg.Cumulative[24].Should().BeApproximately(1669.6, 1);
        pareto.Incremental.Sum().Should().BeApproximately(pareto.Cumulative[77], 1e-9);
    }

    [Fact]
    public void Expected_frequencies_add_up_to_the_customers_and_follow_the_actual_ones()
    {
        PurchaseHistories histories = s_table.Value.Histories;

        IReadOnlyList<double> expected = Tracking.ExpectedFrequencies(BgNbd.Fit(histories).Model, histories, 7);
        IReadOnlyList<double> actual = Tracking.ActualFrequencies(histories, 7);

        expected.Sum().Should().BeApproximately(2357, 1e-6);
        actual.Sum().Should().Be(2357);
        actual[0].Should().Be(1411);
        for (int n = 0; n <= 7; n++) expected[n].Should().BeApproximately(actual[n], 6 * Math.Sqrt(actual[n]));
    }

    [Fact]
    public void The_chance_to_be_alive_falls_in_silence_and_jumps_at_a_purchase()
    {
        BgNbd model = new(.2426, 4.4136, .7929, 2.4259);

        IReadOnlyList<double> path = Tracking.AlivePath(model, [2, 4, 30], [0, 2, 3, 4, 10, 29.9, 30, 50]);

        path[0].Should().Be(1);
        path[4].Should().BeGreaterThan(path[5]);
        path[6].Should().BeGreaterThan(path[5]);
        path[7].Should().BeLessThan(path[6]).And.Be(model.ProbabilityAlive(new PurchaseHistory(3, 30, 50)));
        Action unordered = () => Tracking.AlivePath(model, [4, 2], [5]);
        unordered.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Comparison_ranks_by_aic_and_the_likelihood_ratio_rejects_a_world_without_dropout()
    {
        PurchaseHistories histories = s_table.Value.Histories;
        FitResult<ITransactionModel>[] fits = [.. new[] { "nbd", "bg-nbd", "mbg-nbd", "pareto-nbd" }.Select(name => TransactionModels.Fit(name, histories))];

        IReadOnlyList<ComparedModel> compared = ModelComparison.Compare(fits);
        LikelihoodRatio test = ModelComparison.Test(fits[0], fits[3]);

        compared.Select(model => model.Name).Should().Equal("mbg-nbd", "bg-nbd", "pareto-nbd", "nbd");
        compared.Sum(model => model.AkaikeWeight).Should().BeApproximately(1, 1e-12);
        compared[0].Aic.Should().BeApproximately(2 * 4 + 2 * 9582.136, 0.02);
        compared[0].Bic.Should().BeApproximately(4 * Math.Log(2357) + 2 * 9582.136, 0.02);
        test.DegreesOfFreedom.Should().Be(2);
        test.Statistic.Should().BeApproximately(2 * (9763.658 - 9594.976), 0.02);
        test.PValue.Should().BeLessThan(1e-70);
    }

    [Theory]
    [InlineData(3.841459, 1, .05)]
    [InlineData(0.01, 1, .9203443)]
    [InlineData(5.991465, 2, .05)]
    [InlineData(0.3518463, 3, .95)]
    public void The_chi_square_tail_is_that_of_the_tables(double value, int degrees, double tail) =>
        Numerics.ChiSquare.Above(value, degrees).Should().BeApproximately(tail, 1e-6);
}
