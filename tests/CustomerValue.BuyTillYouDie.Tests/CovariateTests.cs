namespace CustomerValue.BuyTillYouDie.Tests;

public class CovariateTests
{
    private static readonly ModelParameter[] s_purchaseEffects = [Effect("online", .7), Effect("visits", 0)];
    private static readonly ModelParameter[] s_dropoutEffects = [Effect("online", 0), Effect("visits", .4)];

    private static ModelParameter Effect(string name, double value) => new(name, value, double.NaN, "");

    /// <summary>Two channels and a score from 0 to 3: one changes how often customers buy, the other how soon they leave.</summary>
    private static (PurchaseHistories Histories, CustomerCovariates Covariates) Simulate(CovariateModel truth, int customers)
    {
        Random random = new(17);
        double[] x = new double[customers], tx = new double[customers], age = new double[customers], online = new double[customers], visits = new double[customers];
        for (int i = 0; i < customers; i++)
        {
            (online[i], visits[i], age[i]) = (i % 2, i % 4, 40 + 60 * random.NextDouble());
            IReadOnlyList<double> moments = truth.For(online[i], visits[i]).SimulateNewCustomer(age[i], random);
            (x[i], tx[i]) = (moments.Count, moments.Count == 0 ? 0 : moments[^1]);
        }
        return (PurchaseHistories.From(x, tx, age), CustomerCovariates.From(("online", online), ("visits", visits)));
    }

    [Theory]
    [InlineData("pareto-nbd")]
    [InlineData("bg-nbd")]
    public void Effects_come_back_within_four_standard_errors_and_beat_the_model_without(string kind)
    {
        bool pareto = kind == "pareto-nbd";
        CovariateModel truth = new(pareto ? new ParetoNbd(1, 10, .8, 15) : new BgNbd(1, 10, .8, 3), s_purchaseEffects, s_dropoutEffects);
        (PurchaseHistories histories, CustomerCovariates covariates) = Simulate(truth, 6000);

        FitResult<CovariateModel> fit = pareto ? CovariateModel.FitParetoNbd(histories, covariates) : CovariateModel.FitBgNbd(histories, covariates);
        FitResult<ITransactionModel> without = TransactionModels.Fit(kind, histories);

        fit.Findings.Should().BeEmpty();
        foreach ((ModelParameter found, ModelParameter expected) in fit.Model.PurchaseEffects.Concat(fit.Model.DropoutEffects).Zip(s_purchaseEffects.Concat(s_dropoutEffects)))
        {
            found.StandardError.Should().BeInRange(.005, .2);
            Math.Abs(found.Value - expected.Value).Should().BeLessThan(4 * found.StandardError, found.Name);
        }
        (2 * (fit.LogLikelihood - without.LogLikelihood)).Should().BeGreaterThan(100, "four true effects");
        fit.FreeParameters.Should().Be(8);
    }

    [Fact]
    public void With_effects_of_0_the_likelihood_is_that_of_the_plain_model_and_a_strong_penalty_gets_there()
    {
        CovariateModel truth = new(new BgNbd(1, 10, .8, 3), s_purchaseEffects, s_dropoutEffects);
        (PurchaseHistories histories, CustomerCovariates covariates) = Simulate(truth, 1000);

        FitResult<BgNbd> plain = BgNbd.Fit(histories);
        FitResult<CovariateModel> held = CovariateModel.FitBgNbd(histories, covariates, effectPenalty: 1e7);

        held.LogLikelihood.Should().BeApproximately(plain.LogLikelihood, 0.05);
        held.Model.PurchaseEffects.Should().OnlyContain(effect => Math.Abs(effect.Value) < 1e-3);
    }

    [Fact]
    public void The_unit_of_a_covariate_changes_its_effect_and_no_prediction()
    {
        CovariateModel truth = new(new ParetoNbd(1, 10, .8, 15), s_purchaseEffects, s_dropoutEffects);
        (PurchaseHistories histories, CustomerCovariates covariates) = Simulate(truth, 1000);
        double[] online = [.. Enumerable.Range(0, 1000).Select(i => covariates[i, 0])], tens = [.. Enumerable.Range(0, 1000).Select(i => 5 + 10 * covariates[i, 1])];

        CovariateModel plain = CovariateModel.FitParetoNbd(histories, covariates).Model;
        CovariateModel scaled = CovariateModel.FitParetoNbd(histories, CustomerCovariates.From(("online", online), ("tens", tens))).Model;

        scaled.DropoutEffects[1].Value.Should().BeApproximately(plain.DropoutEffects[1].Value / 10, 1e-6);
        PurchaseHistory h = new(3, 20, 39);
        scaled.For(1, 25).ExpectedPurchases(h, 39).Should().BeApproximately(plain.For(1, 2).ExpectedPurchases(h, 39), 1e-5);
    }

    [Fact]
    public void A_constant_or_broken_covariate_is_refused_by_name()
    {
        Action constant = () => CustomerCovariates.From(("channel", [1, 1, 1]));
        Action broken = () => CustomerCovariates.From(("channel", [1, double.NaN, 0]));

        constant.Should().Throw<InvalidHistoryException>().WithMessage("*channel*same for all*");
        broken.Should().Throw<InvalidHistoryException>().Where(e => e.Row == 1);
    }
}
