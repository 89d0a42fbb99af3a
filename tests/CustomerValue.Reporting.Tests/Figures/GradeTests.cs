using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Evaluation;
using CustomerValue.Reporting.Figures;

namespace CustomerValue.Reporting.Tests.Figures;

public sealed class GradeTests
{
    [Theory]
    [InlineData(3, 0, 0.02, -0.10, "A")]
    [InlineData(2, 0, 0.02, 0.10, "B")]
    [InlineData(3, 0, 0.05, 0.10, "B")]
    [InlineData(3, 0, 0.02, -0.40, "C")]
    [InlineData(2, 1, 0.02, 0.10, "C")]
    [InlineData(0, 0, 0.02, 0.10, "do not use")]
    [InlineData(3, 0, 0.20, 0.10, "do not use")]
    [InlineData(3, 0, 0.02, double.NaN, "do not use")]
    public void The_worst_check_is_the_grade(int better, int worse, double calibration, double bias, string letter)
    {
        Grade grade = Grade.Of(Comparisons(better, worse), Figures(calibration, bias), []);

        grade.Letter.Should().Be(letter);
        grade.Checks.Should().Contain(check => check.Allows == letter);
    }

    [Fact]
    public void An_error_among_the_findings_forbids_use()
    {
        Grade.Of(Comparisons(3, 0), Figures(0.01, 0), [new Finding("x", Severity.Error, "Broken.", "Mend it.")]).Letter.Should().Be("do not use");
        Grade.Of(Comparisons(3, 0), Figures(0.01, 0), [new Finding("x", Severity.Warning, "Odd.", "Look.")]).Letter.Should().Be("A");
    }

    [Fact]
    public void The_first_sentence_says_how_much_better_or_that_it_is_not()
    {
        TargetComparison[] mixed =
        [
            new()
            {
                Target = "purchases",
                Figure = "MAE",
                Champion = 0.75,
                Rule = "recency-rule",
                RuleFigure = 1.0,
                Difference = new Interval(-0.25, -0.3, -0.2),
                Standing = Standing.Better,
            },
            new()
            {
                Target = "spend",
                Figure = "MAE",
                Champion = 31,
                Rule = "mean-spend",
                RuleFigure = 30,
                Difference = new Interval(1, 0.5, 1.5),
                Standing = Standing.Worse,
            },
            new()
            {
                Target = "churn",
                Figure = "AUC",
                Champion = 0.78,
                Rule = "recency-rule",
                RuleFigure = 0.779,
                Difference = new Interval(0.001, -0.01, 0.012),
                Standing = Standing.NoDifferent,
            },
        ];

        Headline.Of("blend", new(new DateOnly(2024, 1, 1), 90), mixed).Sentence.Should().Be(
            "The champion (blend) beats the best naive rule on purchases, but not on spend and churn over the 90 days from 2024-01-01: the error of purchases is 25 % lower (MAE 0.750 against 1.000), "
            + "the error of spend is 3.3 % higher (MAE 31.0 against 30.0), churn is ranked no differently (AUC 0.780 against 0.779).");
        Headline.Of("blend", new(new DateOnly(2024, 1, 1), 90), mixed[1..]).Sentence.Should().StartWith("The champion (blend) does not beat the best naive rule on any target");
    }

    private static TargetComparison[] Comparisons(int better, int worse) =>
        [.. Enumerable.Range(0, 3).Select(i => new TargetComparison
        {
            Target = "spend",
            Figure = "MAE",
            Champion = 1,
            Rule = "rule",
            RuleFigure = 2,
            Difference = new Interval(0, 0, 0),
            Standing = i < better ? Standing.Better : i < better + worse ? Standing.Worse : Standing.NoDifferent,
        })];

    private static CandidateReport Figures(double calibration, double bias) => new()
    {
        Name = "blend",
        IsBaseline = false,
        Description = "",
        FitSeconds = 0,
        Purchases = new PurchaseMetrics(1, 1, 0, 0.5, 0.5),
        Spend = new SpendMetrics
        {
            Mae = 1,
            Rmse = 1,
            Bias = bias,
            Spearman = 0.5,
            NormalizedGini = 0.5,
            DecileMape = 0.1,
            Top20Captured = 0.5,
        },
        Churn = new ChurnMetrics(0.8, 0.7, 0.5, 0.2, calibration, 2),
        Active = null,
    };
}
