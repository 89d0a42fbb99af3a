namespace CustomerValue.BuyTillYouDie.Tests;

/// <summary>The published CDNOW results: parameters to 1e-3, log-likelihoods to 0.01.</summary>
public class CdnowTests
{
    private static readonly Lazy<CustomerTable> s_sample = new(() => CustomerTable.Cdnow("cdnow_sample.csv.gz"));
    private static readonly Lazy<CustomerTable> s_master = new(() => CustomerTable.Cdnow("cdnow_master.csv.gz"));

    private static CustomerTable Table(string name) => (name == "sample" ? s_sample : s_master).Value;

    [Theory]
    [InlineData("sample", "bg-nbd", -9582.429, new[] { .2425945, 4.4136019, .7929199, 2.4258881 })]
    [InlineData("sample", "nbd", -9763.658, new[] { .38476588, 12.072014 })]
    [InlineData("sample", "pareto-nbd", -9594.976, new[] { .55315, 10.57633, .60625, 11.67150 })]
    [InlineData("master", "pareto-nbd", -95415.119, new[] { .59739498, 11.585602, .52233519, 8.8328289 })]
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

    [Fact]
    public void Standard_errors_of_pareto_nbd_are_the_published_ones()
    {
        double[] published = [.0476264, .8427222, .1872594, 6.2105448];

        FitResult<ParetoNbd> fit = ParetoNbd.Fit(Table("sample").Histories);

        for (int i = 0; i < published.Length; i++)
            fit.Model.Parameters[i].StandardError.Should().BeApproximately(published[i], 2e-3 * published[i], fit.Model.Parameters[i].Name);
    }

    [Fact]
    public void Gamma_gompertz_finds_the_likelihood_on_its_flat_ridge_and_says_so()
    {
        FitResult<GompertzNbd> fit = GompertzNbd.Fit(Table("sample").Histories);

        fit.LogLikelihood.Should().BeApproximately(-9594.976, 0.01);
        fit.Model.R.Should().BeApproximately(.55313, 1e-3);
        fit.Model.Alpha.Should().BeApproximately(10.5758, 2e-2);
        fit.Findings.Should().Contain(finding => finding.Code == "constant-risk");
    }

    [Fact]
    public void Pareto_nbd_gives_the_printed_function_values()
    {
        ParetoNbd model = new(.5534, 10.5802, .6061, 11.6562);
        PurchaseHistory busy = new(26, 30.86, 31);

        model.ProbabilityAlive(busy).Should().BeApproximately(.9979, 5e-5);
        model.ExpectedPurchases(busy, 52).Should().BeApproximately(25.46, 6e-3);
        double[] expected = [0, .05077821, .09916088, .14542507, .18979930, .23247466, .27361274, .31335159, .35181024, .38909211];
        // Printed at a fit whose parameters are not; they agree to 1 %, as their source asks.
        for (int t = 0; t < expected.Length; t++)
            model.ExpectedPurchasesOfNewCustomer(t).Should().BeApproximately(expected[t], 1e-2 * expected[t]);
    }

    [Fact]
    public void Pareto_nbd_stays_finite_where_hypergeometric_forms_overflow()
    {
        ParetoNbd model = new(.55, 10.58, .61, 11.67);
        model.ExpectedPurchases(new PurchaseHistory(132, 200, 200), 10).Should().BeApproximately(6.20605, 5e-6);
        model.ExpectedPurchases(new PurchaseHistory(133, 200, 200), 10).Should().BeInRange(6.2, 6.3);
        new ParetoNbd(.5143, 2.8845, .2856, 14.1087).ProbabilityAlive(new PurchaseHistory(221, 103.43, 103.57)).Should().BeInRange(0.9, 1);
    }

    [Fact]
    public void Bg_nbd_counts_have_the_printed_probabilities()
    {
        BgNbd model = new(.243, 4.414, .793, 2.426);

        model.ProbabilityOfPurchasesOfNewCustomer(39, 0).Should().BeApproximately(.5737864, 5e-8);
        model.ProbabilityOfPurchasesOfNewCustomer(2, 10).Should().BeApproximately(1.07869e-07, 5e-13);
        double[] expected = [.0019995214, .0015170236, .0011633150, .0009003148, .0007023638, .0005517902, .0004361913, .0003467171, .0002769613, .0002222260];
        for (int i = 0; i < expected.Length; i++)
            model.ProbabilityOfPurchasesOfNewCustomer(30, 11 + i).Should().BeApproximately(expected[i], 5e-11);
    }

    [Fact]
    public void Per_customer_predictions_agree_with_the_reference_file()
    {
        BgNbd bg = new(.243, 4.414, .793, 2.426);
        ParetoNbd pareto = new(.553, 10.578, .606, 11.669);
        GammaGamma spend = new(6.25, 3.74, 15.44);

        foreach (double[] row in CustomerTable.Lines("cdnow", "reference_predictions_btyd.csv.gz").Skip(1)
            .Select(line => line.Split(',').Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)).ToArray()))
        {
            // The file prints t_x and T to six decimals; they are whole days.
            PurchaseHistory h = new(row[1], Math.Round(row[2] * 7) / 7, Math.Round(row[3] * 7) / 7);
            ShouldAgree(bg.ExpectedPurchases(h, 39), row[7]);
            ShouldAgree(bg.ProbabilityAlive(h), row[8]);
            ShouldAgree(pareto.ExpectedPurchases(h, 39), row[9]);
            ShouldAgree(pareto.ProbabilityAlive(h), row[10]);
            ShouldAgree(pareto.DiscountedExpectedPurchases(h, 0.0027), row[11]);
            ShouldAgree(spend.ExpectedSpend(row[1], row[4]), row[12]);
        }

        static void ShouldAgree(double value, double reference) => value.Should().BeApproximately(reference, 1e-6 * reference);
    }

    [Fact]
    public void Gamma_gamma_gives_the_printed_conditional_spend_of_the_first_customers()
    {
        CustomerTable table = Table("sample");
        GammaGamma model = GammaGamma.Fit(table.X, table.MeanSpend).Model;

        double[] printed = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
        for (int i = 0; i < printed.Length; i++)
            model.ExpectedSpend(table.X[i], table.MeanSpend[i]).Should().BeApproximately(printed[i], 0.01);
        model.PopulationMeanSpend.Should().BeApproximately(35.17, 0.01);
    }

    /// <summary>The reference ranks churn by the fewest expected purchases.</summary>
    [Theory]
    [InlineData("sample", "bg-nbd", .7855, 1.6080, -.121, .7725)]
    [InlineData("sample", "pareto-nbd", .7545, 1.6028, -.115, .7787)]
    [InlineData("sample", "mbg-nbd", .7648, 1.6072, -.162, .7728)]
    [InlineData("master", "pareto-nbd", .7938, 1.7262, null, .7687)]
    public void The_next_39_weeks_are_predicted_as_well_as_in_the_reference(string data, string name, double mae, double rmse, double? bias, double auc)
    {
        CustomerTable table = Table(data);
        ITransactionModel model = TransactionModels.Fit(name, table.Histories).Model;
        double[] expected = new double[table.X.Length];

        model.ExpectedPurchases(table.X, table.Tx, table.T, 39, expected);

        double[] errors = [.. expected.Zip(table.HoldoutPurchases, (e, actual) => e - actual)];
        errors.Average(Math.Abs).Should().BeApproximately(mae, 1e-4);
        Math.Sqrt(errors.Average(e => e * e)).Should().BeApproximately(rmse, 1e-4);
        if (bias is { } share) (expected.Sum() / table.HoldoutPurchases.Sum() - 1).Should().BeApproximately(share, 1e-3);
        AreaUnderCurve([.. expected.Select(e => -e)], [.. table.HoldoutPurchases.Select(n => n == 0)]).Should().BeApproximately(auc, 1e-4);
    }

    private static double AreaUnderCurve(double[] score, bool[] positive)
    {
        int[] order = [.. Enumerable.Range(0, score.Length).OrderBy(i => score[i])];
        double ranks = 0, positives = positive.Count(p => p);
        for (int first = 0, last; first < order.Length; first = last)
        {
            for (last = first; last < order.Length && score[order[last]] == score[order[first]]; last++) { }
            for (int i = first; i < last; i++) ranks += positive[order[i]] ? (first + last + 1) / 2.0 : 0;
        }
        return (ranks - positives * (positives + 1) / 2) / (positives * (score.Length - positives));
    }
}
