namespace CustomerValue.BuyTillYouDie.Tests;

public class ShiftedBetaGeometricTests
{
    [Fact]
    public void The_example_of_fader_and_hardie_comes_out()
    {
        // Fader and Hardie (2007), Appendix B: 1,000 customers over four renewals give alpha 0.668, beta 3.806.
        CohortSurvival cohort = CohortSurvival.From([1000, 869, 743, 653, 593, 551, 517, 491]);

        FitResult<ShiftedBetaGeometric> fit = ShiftedBetaGeometric.Fit(cohort);

        fit.Model.Alpha.Should().BeApproximately(.668, 5e-4);
        fit.Model.Beta.Should().BeApproximately(3.806, 5e-4);
        fit.LogLikelihood.Should().BeApproximately(-1611.16, 0.01);
    }

    [Fact]
    public void Survival_is_the_product_of_retentions_and_retention_grows()
    {
        ShiftedBetaGeometric model = new(.668, 3.806);

        double left = 1;
        for (int renewal = 1; renewal < 200; renewal++)
        {
            left *= model.Retention(renewal);
            model.Survival(renewal).Should().BeApproximately(left, 1e-12);
            model.Retention(renewal + 1).Should().BeGreaterThan(model.Retention(renewal));
        }
    }

    [Fact]
    public void Discounted_renewals_are_the_discounted_survivors()
    {
        ShiftedBetaGeometric model = new(.668, 3.806);

        double sum = Enumerable.Range(1, 2000).Sum(n => model.Survival(3 + n) / model.Survival(3) * Math.Pow(1.1, -n));

        model.DiscountedExpectedRenewals(3, .1).Should().BeApproximately(sum, 1e-10);
    }

    [Theory]
    [InlineData(new[] { 100.0 })]
    [InlineData(new[] { 100.0, 101 })]
    [InlineData(new[] { 100.0, double.NaN })]
    [InlineData(new[] { 0.0, 0 })]
    public void Impossible_cohorts_are_refused(double[] left)
    {
        Action act = () => CohortSurvival.From(left);

        act.Should().Throw<InvalidHistoryException>();
    }

    [Fact]
    public void A_cohort_that_nobody_leaves_is_a_finding()
    {
        FitResult<ShiftedBetaGeometric> fit = ShiftedBetaGeometric.Fit(CohortSurvival.From([500, 500, 500]));

        fit.Findings.Should().Contain(finding => finding.Code == "no-dropout");
        fit.Model.Survival(1).Should().BeGreaterThan(.99);
    }
}
