namespace CustomerValue.BuyTillYouDie.Tests;

/// <summary>What holds for every transaction model, whatever its parameters.</summary>
public class LawTests
{
    public static TheoryData<string> Names => [.. TransactionModels.Names];

    [Theory, MemberData(nameof(Names))]
    public void Probabilities_lie_between_0_and_1_and_nothing_is_ever_nan(string name)
    {
        ITransactionModel model = Examples.Model(name);
        foreach (PurchaseHistory h in Examples.Histories())
            foreach (double t in new[] { 0, 1e-3, 1, 39, 520 })
            {
                model.ProbabilityAlive(h).Should().BeInRange(0, 1);
                model.ProbabilityOfNoPurchase(h, t).Should().BeInRange(0, 1 + 1e-15);
                model.ProbabilityOfPurchases(h, t, 3).Should().BeInRange(0, 1);
                model.ExpectedPurchases(h, t).Should().BeInRange(0, (10_001 + h.X) * (1 + t));
            }
    }

    [Theory, MemberData(nameof(Names))]
    public void Expectations_grow_with_the_window_and_add_up_over_adjoining_windows(string name)
    {
        ITransactionModel model = Examples.Model(name);
        foreach (PurchaseHistory h in Examples.Histories())
        {
            double whole = model.ExpectedPurchases(h, 30), first = model.ExpectedPurchases(h, 10), second = model.ExpectedPurchases(h, 10, 30);
            first.Should().BeGreaterThanOrEqualTo(0);
            second.Should().BeGreaterThanOrEqualTo(-1e-12 * whole);
            (first + second).Should().BeApproximately(whole, 1e-12 * whole + 1e-15);
        }
    }

    /// <summary>Sums run side by side; windows of no length, long ones and those whose walk starts late end them or stand beside them.</summary>
    [Theory, MemberData(nameof(Names))]
    public void Expectations_of_several_windows_are_those_of_each_to_the_last_bit(string name)
    {
        ITransactionModel model = Examples.Model(name);
        double[] times = [0, 1e-3, 1, 6.5, 13, 26, 39, 52, 78, 104, 156, 520, 5200];
        foreach (PurchaseHistory h in Examples.Histories())
            for (int count = 0; count <= times.Length; count++)
            {
                double[] together = new double[count];
                model.ExpectedPurchases(h, times.AsSpan(0, count), together);
                together.Should().Equal(times[..count].Select(t => model.ExpectedPurchases(h, t)));
            }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_chance_of_no_purchase_falls_with_the_window_from_1(string name)
    {
        ITransactionModel model = Examples.Model(name);
        foreach (PurchaseHistory h in Examples.Histories())
        {
            double before = 1;
            foreach (double t in new[] { 0, .1, 1, 10, 100 })
            {
                double none = model.ProbabilityOfNoPurchase(h, t);
                none.Should().BeLessThanOrEqualTo(before + 1e-13);
                before = none;
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Counts_sum_to_one_and_to_the_expectation(string name)
    {
        ITransactionModel model = Examples.Model(name);
        foreach (PurchaseHistory h in new PurchaseHistory[] { new(0, 0, 39), new(2, 30.43, 38.86), new(12, 20, 39), new(7, 38, 39) })
        {
            double[] probabilities = [.. Enumerable.Range(0, 400).Select(n => n == 0 ? model.ProbabilityOfNoPurchase(h, 39) : model.ProbabilityOfPurchases(h, 39, n))];
            probabilities.Sum().Should().BeApproximately(1, 1e-9);
            probabilities.Select((p, n) => n * p).Sum().Should().BeApproximately(model.ExpectedPurchases(h, 39), 1e-7);
        }
        double[] fresh = [.. Enumerable.Range(0, 400).Select(n => model.ProbabilityOfPurchasesOfNewCustomer(39, n))];
        fresh.Sum().Should().BeApproximately(1, 1e-9);
        fresh.Select((p, n) => n * p).Sum().Should().BeApproximately(model.ExpectedPurchasesOfNewCustomer(39), 1e-7);
    }

    [Theory, MemberData(nameof(Names))]
    public void Days_and_weeks_give_the_same_predictions(string name)
    {
        ITransactionModel weeks = Examples.Model(name), days = Examples.InDays(weeks);
        foreach (PurchaseHistory h in Examples.Histories())
        {
            PurchaseHistory inDays = new(h.X, h.Tx * 7, h.T * 7);
            ShouldAgree(days.ProbabilityAlive(inDays), weeks.ProbabilityAlive(h));
            ShouldAgree(days.ExpectedPurchases(inDays, 273), weeks.ExpectedPurchases(h, 39));
            ShouldAgree(days.ProbabilityOfNoPurchase(inDays, 273), weeks.ProbabilityOfNoPurchase(h, 39));
        }

        static void ShouldAgree(double days, double weeks) => days.Should().BeApproximately(weeks, 1e-9 * weeks + 1e-14);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_batch_gives_what_single_customers_give(string name)
    {
        ITransactionModel model = Examples.Model(name);
        PurchaseHistory[] rows = [.. Examples.Histories()];
        double[] x = [.. rows.Select(h => h.X)], tx = [.. rows.Select(h => h.Tx)], age = [.. rows.Select(h => h.T)];
        double[] alive = new double[x.Length], expected = new double[x.Length], none = new double[x.Length];

        model.ProbabilityAlive(x, tx, age, alive);
        model.ExpectedPurchases(x, tx, age, 39, expected);
        model.ProbabilityOfNoPurchase(x, tx, age, 39, none);

        alive.Should().Equal(rows.Select(model.ProbabilityAlive));
        expected.Should().Equal(rows.Select(h => model.ExpectedPurchases(h, 39)));
        none.Should().Equal(rows.Select(h => model.ProbabilityOfNoPurchase(h, 39)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Discounting_lowers_the_expectation_and_a_vanishing_rate_does_not(string name)
    {
        ITransactionModel model = Examples.Model(name);
        PurchaseHistory h = new(4, 30, 39);

        model.DiscountedExpectedPurchases(h, 1e-9, 52).Should().BeApproximately(model.ExpectedPurchases(h, 52), 1e-5);
        model.DiscountedExpectedPurchases(h, .002, 52).Should().BeLessThan(model.ExpectedPurchases(h, 52));
        double byWeeks = Enumerable.Range(0, 520).Sum(week => Math.Exp(-.002 * (week + .5)) * model.ExpectedPurchases(h, week, week + 1));
        model.DiscountedExpectedPurchases(h, .002, 520).Should().BeApproximately(byWeeks, 1e-5 * byWeeks);
        model.DiscountedExpectedPurchases(h, .002).Should().BeGreaterThan(byWeeks);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_median_time_to_the_next_purchase_halves_the_chance_of_none(string name)
    {
        ITransactionModel model = Examples.Model(name);
        PurchaseHistory loyal = new(12, 38, 39), gone = new(40, 5, 5000);

        double median = model.TimeToNextPurchase(loyal, .5);

        model.ProbabilityOfNoPurchase(loyal, median).Should().BeApproximately(.5, 1e-10);
        if (model is not Nbd) model.TimeToNextPurchase(gone, .9).Should().Be(double.PositiveInfinity);
    }

    [Theory, MemberData(nameof(Names))]
    public void Name_and_parameters_rebuild_the_model(string name)
    {
        ITransactionModel model = Examples.Model(name);

        ITransactionModel restored = TransactionModels.Restore(model.Name, model.Parameters.ToDictionary(p => p.Name, p => p.Value));

        foreach (PurchaseHistory h in Examples.Histories().Take(8))
            restored.ExpectedPurchases(h, 39).Should().Be(model.ExpectedPurchases(h, 39));
        Action incomplete = () => TransactionModels.Restore(model.Name, model.Parameters.Skip(1).ToDictionary(p => p.Name, p => p.Value));
        incomplete.Should().Throw<ArgumentException>().WithMessage("*has parameters*");
    }

    [Theory, MemberData(nameof(Names))]
    public void Impossible_histories_and_windows_are_refused(string name)
    {
        ITransactionModel model = Examples.Model(name);
        foreach (PurchaseHistory h in new PurchaseHistory[] { new(-1, 0, 1), new(1, 2, 1), new(0, 1, 2), new(double.NaN, 0, 1), new(1.5, 1, 2), new(1, double.NaN, 2), new(1, 1, double.PositiveInfinity) })
        {
            Action act = () => model.ExpectedPurchases(h, 1);
            act.Should().Throw<InvalidHistoryException>();
        }
        Action negative = () => model.ExpectedPurchases(new PurchaseHistory(1, 1, 2), -1);
        negative.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Sum_and_quadrature_of_the_beta_geometric_expectation_agree()
    {
        foreach ((double r, double a, double b) in new[] { (.25, .8, 2.4), (2.2, .05, 5.0), (40, 1.0, 30.0), (900, .3, 900.0), (500, 60.0, 700.0), (3, 2.0, .2) })
            foreach (double t in new[] { 2.0, 60, 1000 })
            {
                double sum = BetaGeometricProcess.ExpectedBySum(r, 1, a, b, 1, 0, t);
                BetaGeometricProcess.ExpectedOverLongWindow(r, 1, a, b, t).Should().BeApproximately(sum, 1e-9 * sum, $"{r} {a} {b} {t}");
            }
    }

    [Theory, MemberData(nameof(Names))]
    public void Busy_customers_stay_finite_over_windows_of_a_thousand_years(string name)
    {
        ITransactionModel model = Examples.Model(name);
        foreach (double x in new[] { 2.0, 130, 1000 })
        {
            PurchaseHistory h = new(x, 38, 39);
            double century = model.ExpectedPurchases(h, 5_200), longer = model.ExpectedPurchases(h, 52_000);
            century.Should().BeGreaterThan(0);
            longer.Should().BeGreaterThanOrEqualTo(century).And.BeLessThan(1e9);
            model.DiscountedExpectedPurchases(h, .002).Should().BeInRange(0, century * 3);
        }
    }
}
