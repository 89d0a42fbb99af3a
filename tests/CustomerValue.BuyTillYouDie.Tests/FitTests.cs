namespace CustomerValue.BuyTillYouDie.Tests;

/// <summary>How fits behave: laws of the data, degenerate data, options.</summary>
public class FitTests
{
    private static readonly Lazy<CustomerTable> s_table = new(() => CustomerTable.Cdnow("cdnow_sample.csv.gz"));

    public static TheoryData<string> Names => [.. TransactionModels.Names];

    private static double[] Values(ITransactionModel model) => [.. model.Parameters.Select(p => p.Value)];

    [Theory]
    [InlineData("bg-nbd")]
    [InlineData("pareto-nbd")]
    [InlineData("mbg-cnbd-k")]
    public void Order_and_threads_change_no_bit_of_a_fit(string name)
    {
        CustomerTable table = CustomerTable.Cdnow("cdnow_master.csv.gz");
        int[] order = [.. Enumerable.Range(0, table.X.Length)];
        new Random(3).Shuffle(order);
        PurchaseHistories shuffled = PurchaseHistories.From([.. order.Select(i => table.X[i])], [.. order.Select(i => table.Tx[i])], [.. order.Select(i => table.T[i])]);
        PurchaseHistories plain = PurchaseHistories.From(table.X, table.Tx, table.T);

        FitResult<ITransactionModel> one = TransactionModels.Fit(name, plain, new FitOptions { Threads = 1 });
        FitResult<ITransactionModel> four = TransactionModels.Fit(name, shuffled, new FitOptions { Threads = 4 });

        Values(four.Model).Should().Equal(Values(one.Model));
        four.LogLikelihood.Should().Be(one.LogLikelihood);
    }

    [Fact]
    public void Weights_equal_repetition()
    {
        CustomerTable table = s_table.Value;
        double[] weights = [.. table.X.Select((_, i) => 1.0 + i % 3)];
        int[] repeated = [.. table.X.SelectMany((_, i) => Enumerable.Repeat(i, 1 + i % 3))];

        FitResult<BgNbd> weighted = BgNbd.Fit(PurchaseHistories.From(table.X, table.Tx, table.T, weights));
        FitResult<BgNbd> rows = BgNbd.Fit(PurchaseHistories.From([.. repeated.Select(i => table.X[i])], [.. repeated.Select(i => table.Tx[i])], [.. repeated.Select(i => table.T[i])]));

        weighted.Customers.Should().Be(repeated.Length);
        weighted.LogLikelihood.Should().BeApproximately(rows.LogLikelihood, 1e-6);
        weighted.Model.Alpha.Should().BeApproximately(rows.Model.Alpha, 1e-6);
    }

    [Theory]
    [InlineData("nbd")]
    [InlineData("bg-nbd")]
    [InlineData("mbg-cnbd-k")]
    [InlineData("pareto-nbd")]
    public void Days_instead_of_weeks_scale_the_times_and_leave_the_rest(string name)
    {
        CustomerTable table = s_table.Value;
        PurchaseHistories days = PurchaseHistories.From([.. table.X], [.. table.Tx.Select(t => t * 7)], [.. table.T.Select(t => t * 7)], default,
            [.. table.LogIntervals.Select((sum, i) => sum + table.X[i] * Math.Log(7))]);

        FitResult<ITransactionModel> inWeeks = TransactionModels.Fit(name, table.Histories), inDays = TransactionModels.Fit(name, days);

        inDays.LogLikelihood.Should().BeApproximately(inWeeks.LogLikelihood - table.X.Sum() * Math.Log(7), 1e-4);
        foreach ((ModelParameter week, ModelParameter day) in inWeeks.Model.Parameters.Zip(inDays.Model.Parameters))
            day.Value.Should().BeApproximately(week.Value * (week.Name is "alpha" or "beta" ? 7 : 1), 1e-4 * day.Value, week.Name);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_gradient_is_the_slope_of_the_log_likelihood(string name)
    {
        // At the optimum the log-likelihood falls in every direction.
        PurchaseHistories histories = s_table.Value.Histories;
        FitResult<ITransactionModel> fit = TransactionModels.Fit(name, histories);

        fit.Model.LogLikelihood(histories).Should().BeApproximately(fit.LogLikelihood, 1e-7);
        foreach (ModelParameter parameter in fit.Model.Parameters.Where(p => p.Name != "k"))
            foreach (double factor in new[] { .98, 1.02 })
                TransactionModels.Restore(name, fit.Model.Parameters.ToDictionary(p => p.Name, p => p == parameter ? p.Value * factor : p.Value))
                    .LogLikelihood(histories).Should().BeLessThanOrEqualTo(fit.LogLikelihood + 1e-6);
    }

    [Theory, MemberData(nameof(Names))]
    public void Without_a_repeat_purchase_there_is_a_finding_and_a_finite_model(string name)
    {
        FitResult<ITransactionModel> fit = TransactionModels.Fit(name, PurchaseHistories.From([0, 0, 0], [0, 0, 0], [10, 20, 30]));

        fit.Findings.Should().Contain(finding => finding.Code == "no-repeat-purchase" && finding.Severity == FitSeverity.Error);
        fit.Model.ExpectedPurchases(new PurchaseHistory(0, 0, 10), 10).Should().BeInRange(0, 1);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_single_customer_and_identical_customers_give_a_finding_and_a_finite_model(string name)
    {
        foreach (int count in new[] { 1, 200 })
        {
            double[] x = [.. Enumerable.Repeat(2.0, count)], tx = [.. Enumerable.Repeat(20.0, count)], age = [.. Enumerable.Repeat(39.0, count)];

            FitResult<ITransactionModel> fit = TransactionModels.Fit(name, PurchaseHistories.From(x, tx, age));

            fit.Findings.Should().Contain(finding => finding.Code == "customers-identical");
            fit.Model.ExpectedPurchases(new PurchaseHistory(2, 20, 39), 39).Should().BeInRange(0, 10);
            double.IsFinite(fit.LogLikelihood).Should().BeTrue();
        }
    }

    [Fact]
    public void Extreme_histories_leave_every_fit_finite()
    {
        // Days over a century, up to 10,000 purchases, beside customers who came once.
        Random random = new(11);
        double[] age = [.. Enumerable.Range(0, 300).Select(_ => 1 + 36_500 * random.NextDouble())];
        double[] x = [.. age.Select((_, i) => i % 3 == 0 ? 0 : Math.Floor(Math.Exp(random.NextDouble() * Math.Log(10_000))))];
        double[] tx = [.. age.Select((t, i) => x[i] == 0 ? 0 : t * random.NextDouble())];
        PurchaseHistories histories = PurchaseHistories.From(x, tx, age);

        foreach (string name in TransactionModels.Names)
        {
            FitResult<ITransactionModel> fit = TransactionModels.Fit(name, histories);
            double.IsFinite(fit.LogLikelihood).Should().BeTrue(name);
            for (int i = 0; i < 20; i++)
                double.IsFinite(fit.Model.ExpectedPurchases(histories[i], 365)).Should().BeTrue(name);
        }
    }

    [Fact]
    public void Impossible_rows_are_named()
    {
        Action act = () => PurchaseHistories.From([1, 2], [1, 5], [3, 4]);

        act.Should().Throw<InvalidHistoryException>().WithMessage("Row 1 has t_x = 5 with T = 4*").Where(e => e.Row == 1);
    }

    [Fact]
    public void Cancelling_stops_a_fit()
    {
        PurchaseHistories histories = Simulated.From(Examples.Model("bg-nbd"), customers: 200, seed: 3);
        using CancellationTokenSource source = new();
        source.Cancel();

        Action act = () => BgNbd.Fit(histories, null, source.Token);

        act.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void A_penalty_draws_parameters_together_and_all_bad_options_are_reported_at_once()
    {
        PurchaseHistories histories = s_table.Value.Histories;

        BgNbd free = BgNbd.Fit(histories).Model, held = BgNbd.Fit(histories, new FitOptions { Penalty = 20 }).Model;
        Action act = () => BgNbd.Fit(histories, new FitOptions { Penalty = -1, Threads = 0 });

        Math.Abs(Math.Log(held.B)).Should().BeLessThan(Math.Abs(Math.Log(free.B)));
        act.Should().Throw<ArgumentException>().WithMessage("*Threads*Penalty*");
    }
}
