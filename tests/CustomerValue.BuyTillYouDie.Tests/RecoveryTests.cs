using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie.Tests;

/// <summary>Models fitted to customers drawn from themselves, and intervals set against what was drawn.</summary>
public class RecoveryTests
{
    /// <summary>Each log parameter is near normal around the truth with the reported error: beyond 4 errors lies 1 estimate in 16,000.</summary>
    [Theory]
    [InlineData("nbd")]
    [InlineData("bg-nbd")]
    [InlineData("mbg-nbd")]
    [InlineData("bg-cnbd-k")]
    [InlineData("mbg-cnbd-k")]
    [InlineData("pareto-nbd")]
    [InlineData("ggompertz-nbd")]
    public void Parameters_come_back_within_four_standard_errors(string name)
    {
        // The growth of the risk to leave shows only in busy customers over a long time.
        ITransactionModel truth = name == "ggompertz-nbd" ? new GompertzNbd(2, 4, .06, 1.5, 8) : Examples.Model(name);

        FitResult<ITransactionModel> fit = TransactionModels.Fit(name, Simulated.From(truth, 6000, 5));

        fit.Findings.Should().BeEmpty();
        foreach ((ModelParameter found, ModelParameter expected) in fit.Model.Parameters.Zip(truth.Parameters))
        {
            if (found.Name == "k") found.Value.Should().Be(expected.Value);
            else Math.Abs(Math.Log(found.Value / expected.Value)).Should().BeLessThan(4 * found.StandardError / found.Value, found.Name);
        }
    }

    [Fact]
    public void Gamma_gamma_comes_back_within_four_standard_errors()
    {
        GammaGamma truth = new(6.25, 3.74, 15.44);
        Random random = new(2);
        double[] x = [.. Enumerable.Range(0, 4000).Select(i => 1.0 + i % 6)];
        double[] mean = [.. x.Select(count => truth.SimulateSpends(0, 0, (int)count, random).Average())];

        GammaGamma found = GammaGamma.Fit(x, mean).Model;

        foreach ((ModelParameter estimate, ModelParameter expected) in found.Parameters.Zip(truth.Parameters))
            Math.Abs(estimate.Value - expected.Value).Should().BeLessThan(4 * estimate.StandardError, estimate.Name);
    }

    [Fact]
    public void Beta_geometric_beta_bernoulli_comes_back_within_four_standard_errors()
    {
        BgBb truth = new(1.2, .75, .66, 2.8);
        Random random = new(3);
        const int Customers = 8000, Opportunities = 8;
        int[] x = new int[Customers], tx = new int[Customers], n = new int[Customers];
        for (int i = 0; i < Customers; i++)
        {
            double buys = Sampling.Beta(truth.Alpha, truth.Beta, random), leaves = Sampling.Beta(truth.Gamma, truth.Delta, random);
            n[i] = Opportunities;
            for (int at = 1; at <= Opportunities && random.NextDouble() >= leaves; at++)
                if (random.NextDouble() < buys)
                    (x[i], tx[i]) = (x[i] + 1, at);
        }
        Compare(BgBb.Fit(OpportunityHistories.From(x, tx, n)).Model.Parameters, truth.Parameters);
    }

    [Fact]
    public void Shifted_beta_geometric_comes_back_within_four_standard_errors()
    {
        ShiftedBetaGeometric truth = new(.7, 3.8);
        Random random = new(4);
        double[] left = new double[9];
        for (int contract = 0; contract < 20_000; contract++)
        {
            double leaves = Sampling.Beta(truth.Alpha, truth.Beta, random);
            left[0]++;
            for (int renewal = 1; renewal < left.Length && random.NextDouble() >= leaves; renewal++)
                left[renewal]++;
        }
        Compare(ShiftedBetaGeometric.Fit(CohortSurvival.From(left)).Model.Parameters, truth.Parameters);
    }

    private static void Compare(IReadOnlyList<ModelParameter> found, IReadOnlyList<ModelParameter> truth)
    {
        foreach ((ModelParameter estimate, ModelParameter expected) in found.Zip(truth))
            Math.Abs(Math.Log(estimate.Value / expected.Value)).Should().BeLessThan(4 * estimate.StandardError / estimate.Value, estimate.Name);
    }

    /// <summary>
    /// Counts are whole, so a single customer's 90 % interval holds 90 % or more. What is exact is the place of the outcome in its
    /// distribution, P(X &lt; n) + u P(X = n) with u uniform: 90 % of these lie between .05 and .95, over 20,000 outcomes +/- 0.6 % (3 errors).
    /// </summary>
    [Theory, MemberData(nameof(LawTests.Names), MemberType = typeof(LawTests))]
    public void Ninety_percent_intervals_of_single_customers_cover_ninety_percent(string name)
    {
        ITransactionModel model = Examples.Model(name);
        PurchaseHistory[] customers = [new(0, 0, 39), new(2, 30.4, 38.9), new(6, 35, 39), new(15, 20, 30), new(3, 4, 25)];
        Random random = new(13);
        int inside = 0, held = 0, outcomes = 0;
        foreach (PurchaseHistory h in customers)
        {
            List<double> below = [0];
            PredictionInterval interval = Intervals.OfPurchases([model], h, 39, .9);
            for (int run = 0; run < 4000; run++, outcomes++)
            {
                int n = model.SimulateFuture(h, 39, random).Count;
                while (below.Count <= n + 1) below.Add(below[^1] + model.ProbabilityOfPurchases(h, 39, below.Count - 1));
                double place = below[n] + random.NextDouble() * (below[n + 1] - below[n]);
                if (place is >= .05 and <= .95) inside++;
                if (n >= interval.Lower && n <= interval.Upper) held++;
            }
        }
        (inside / (double)outcomes).Should().BeInRange(.892, .908);
        (held / (double)outcomes).Should().BeGreaterThan(.892);
    }

    /// <summary>Fitted on customers of the same kind; totals of 400 groups of 100 customers; parameters and process together.</summary>
    [Fact]
    public void Ninety_percent_intervals_of_group_totals_cover_88_to_92_percent()
    {
        const int Groups = 400, Size = 100;
        ITransactionModel truth = Examples.Model("bg-nbd");
        ITransactionModel fitted = TransactionModels.Fit("bg-nbd", Simulated.From(truth, 20_000, 3)).Model;
        IReadOnlyList<ITransactionModel> draws = fitted.DrawModels(50, 4);
        Random random = new(8);
        int inside = 0;
        for (int group = 0; group < Groups; group++)
        {
            PurchaseHistories histories = Simulated.From(truth, Size, 100 + group);
            double total = Enumerable.Range(0, Size).Sum(i => truth.SimulateFuture(histories[i], 39, random).Count);
            PredictionInterval interval = Intervals.OfTotalPurchases(draws, histories, 39, .9, 150, group);
            if (total >= interval.Lower && total <= interval.Upper) inside++;
        }
        (inside / (double)Groups).Should().BeInRange(.88, .92);
    }

    [Fact]
    public void The_interval_of_an_estimate_narrows_with_more_customers()
    {
        PurchaseHistory h = new(2, 30, 39);
        double[] widths = [.. new[] { 500, 8000 }.Select(customers =>
        {
            ITransactionModel model = TransactionModels.Fit("pareto-nbd", Simulated.From(Examples.Model("pareto-nbd"), customers, 6)).Model;
            PredictionInterval interval = Intervals.OfEstimate(model.DrawModels(200, 1), m => m.ExpectedPurchases(h, 39), .9);
            interval.Lower.Should().BeLessThan(model.ExpectedPurchases(h, 39));
            interval.Upper.Should().BeGreaterThan(model.ExpectedPurchases(h, 39));
            return interval.Upper - interval.Lower;
        })];

        (widths[0] / widths[1]).Should().BeInRange(2, 8, "16 times the customers halve the error twice");
    }

    [Fact]
    public void Lifetime_value_is_spend_times_discounted_purchases_and_its_interval_holds_it()
    {
        CustomerLifetimeValue value = new(Examples.Model("pareto-nbd"), new GammaGamma(6.25, 3.74, 15.44), .3, .002, 156);
        PurchaseHistory h = new(6, 35, 39);

        double expected = value.Expected(h, 40);
        PredictionInterval interval = value.Interval(h, 40, .9, 4000, 1);

        expected.Should().BeApproximately(.3 * value.Spend.ExpectedSpend(6, 40) * value.Transactions.DiscountedExpectedPurchases(h, .002, 156), 1e-9);
        interval.Lower.Should().BeLessThan(expected);
        interval.Upper.Should().BeGreaterThan(expected);
        value.Interval(h, 40, .9, 4000, 1).Should().Be(interval, "the seed decides");
    }
}
