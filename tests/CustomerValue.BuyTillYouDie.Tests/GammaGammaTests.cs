namespace CustomerValue.BuyTillYouDie.Tests;

public class GammaGammaTests
{
    [Fact]
    public void The_unit_of_money_scales_gamma_and_nothing_else()
    {
        CustomerTable table = CustomerTable.Cdnow("cdnow_sample.csv.gz");

        FitResult<GammaGamma> dollars = GammaGamma.Fit(table.X, table.MeanSpend);
        FitResult<GammaGamma> cents = GammaGamma.Fit(table.X, [.. table.MeanSpend.Select(mean => 100 * mean)]);

        cents.Model.P.Should().BeApproximately(dollars.Model.P, 1e-5);
        cents.Model.Gamma.Should().BeApproximately(100 * dollars.Model.Gamma, 1e-3);
        cents.Model.ExpectedSpend(2, 3000).Should().BeApproximately(100 * dollars.Model.ExpectedSpend(2, 30), 1e-3);
    }

    [Fact]
    public void Expected_spend_lies_between_the_own_mean_and_the_populations_and_nears_the_own_with_purchases()
    {
        GammaGamma model = new(6.25, 3.74, 15.44);
        double before = model.PopulationMeanSpend;
        foreach (int x in new[] { 1, 2, 5, 20, 100 })
        {
            double expected = model.ExpectedSpend(x, 80);
            expected.Should().BeInRange(before, 80);
            before = expected;
        }
    }

    [Fact]
    public void Spend_of_0_or_less_is_left_out_with_a_finding_that_names_the_row()
    {
        FitResult<GammaGamma> fit = GammaGamma.Fit([1, 2, 0, 3, 1, 4], [20, 0, 0, 35, -5, 28]);

        fit.Customers.Should().Be(3);
        fit.Findings.Should().Contain(finding => finding.Code == "spend-not-positive" && finding.Message.Contains("row 1"));
    }

    [Fact]
    public void Spend_that_grows_with_frequency_is_a_finding()
    {
        Random random = new(1);
        double[] x = [.. Enumerable.Range(0, 500).Select(i => 1.0 + i % 9)];

        FitResult<GammaGamma> fit = GammaGamma.Fit(x, [.. x.Select(n => 10 * n * (0.5 + random.NextDouble()))]);

        fit.Findings.Should().Contain(finding => finding.Code == "spend-depends-on-frequency");
    }

    [Fact]
    public void Where_the_mean_would_be_infinite_the_fit_holds_the_observed_one_and_says_so()
    {
        GammaGamma heavyTail = new(3, .7, 10);
        Random random = new(4);
        double[] x = [.. Enumerable.Range(0, 800).Select(i => 1.0 + i % 4)];
        double[] means = [.. x.Select(n => heavyTail.SimulateSpends(0, 0, (int)n, random).Average())];

        FitResult<GammaGamma> fit = GammaGamma.Fit(x, means);

        fit.Findings.Should().Contain(finding => finding.Code == "infinite-mean-spend");
        fit.Model.PopulationMeanSpend.Should().BeApproximately(means.Average(), 1e-6 * means.Average());
        double.IsFinite(fit.Model.ExpectedSpend(0, 0)).Should().BeTrue();
    }

    [Fact]
    public void Identical_customers_give_a_finding_and_their_spend()
    {
        FitResult<GammaGamma> fit = GammaGamma.Fit([2, 2, 2], [30, 30, 30]);

        fit.Findings.Should().Contain(finding => finding.Code == "customers-identical");
        fit.Model.ExpectedSpend(2, 30).Should().BeInRange(15, 60);
    }

    [Fact]
    public void Broken_spend_is_refused_by_row()
    {
        Action broken = () => GammaGamma.Fit([1, 2], [20, double.NaN]);
        Action none = () => GammaGamma.Fit([0, 0], [0, 0]);

        broken.Should().Throw<InvalidHistoryException>().Where(e => e.Row == 1);
        none.Should().Throw<InvalidHistoryException>().WithMessage("No customer has*");
    }
}
