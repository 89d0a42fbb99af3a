namespace CustomerValue.BuyTillYouDie.Tests;

/// <summary>The published CDNOW results: parameters to 1e-3, log-likelihoods to 0.01.</summary>
public class CdnowTests
{
    private static readonly Lazy<CustomerTable> s_sample = new(() => CustomerTable.Cdnow("cdnow_sample.csv.gz"));
    private static readonly Lazy<CustomerTable> s_master = new(() => CustomerTable.Cdnow("cdnow_master.csv.gz"));

    private static CustomerTable Table(string name) => (name == "sample" ? s_sample : s_master).Value;

    [Theory]
    [InlineData("sample", "bg-nbd", -9582.429, new[] { .2425945, 4.4136019, .7929199, 2.4258881 })]
    [InlineData("sample", "mbg-nbd", -9582.136, new[] { .52484, 6.18309, .89139, 1.61405 })]
    [InlineData("master", "mbg-nbd", -95336.958, new[] { .63712975, 7.3102251, .80749131, 1.2284429 })]
    [InlineData("master", "bg-nbd", -95368.444, new[] { .25162392, 4.7889431, .72343084, 2.1610784 })]
    public void Transaction_models_reproduce_the_published_fit(string data, string model, double logLikelihood, double[] parameters)
    {
        FitResult<ITransactionModel> fit = TransactionModels.Fit(model, Table(data).Histories);

        Published.ShouldMatch(fit, Table(data).Histories, logLikelihood, parameters);
        fit.Converged.Should().BeTrue();
        fit.Findings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("sample", 946, -4055.918, 6.25, 3.74, 15.44, 5e-3)]
    [InlineData("master", 9450, -40763.476, 6.2753429, 3.6244428, 14.983711, 1e-3)]
    public void Gamma_gamma_reproduces_the_published_fit(string data, int customers, double logLikelihood, double p, double q, double gamma, double rounding)
    {
        CustomerTable table = Table(data);

        FitResult<GammaGamma> fit = GammaGamma.Fit(table.X, table.MeanSpend);

        fit.Customers.Should().Be(customers);
        fit.LogLikelihood.Should().BeApproximately(logLikelihood, 0.01);
        fit.Model.P.Should().BeApproximately(p, p * rounding);
        fit.Model.Q.Should().BeApproximately(q, q * rounding);
        fit.Model.Gamma.Should().BeApproximately(gamma, gamma * rounding);
    }

    [Fact]
    public void Bg_nbd_gives_the_printed_function_values()
    {
        BgNbd model = new(.2425945, 4.4136019, .7929199, 2.4258881);

        // The sheet behind the note prints 1.8576 for t = 78: its series stops at 150 terms; summed to the end it is 1.85796.
        double[] times = [.1429, 1, 3, 31.857, 32, 78], expected = [.0078, .0532, .1506, 1.0405, 1.0437, 1.8580];
        for (int i = 0; i < times.Length; i++)
            model.ExpectedPurchasesOfNewCustomer(times[i]).Should().BeApproximately(expected[i], 5e-5);
        model.ExpectedPurchases(new PurchaseHistory(2, 30.43, 38.86), 39).Should().BeApproximately(1.226, 5e-4);
        // Printed at the printing package's own estimate, which agrees with this one to about 1e-5.
        PurchaseHistory busy = new(26, 30.857, 31);
        model.ExpectedPurchases(busy, 52).Should().BeApproximately(25.75659, 1e-3);
        model.ProbabilityAlive(busy).Should().BeApproximately(.9688523, 1e-5);
        model.ExpectedPurchasesOfNewCustomer(52).Should().BeApproximately(1.444004, 1e-5);
    }
}
