using CustomerValue.Models.Evaluation;

namespace CustomerValue.Models.Tests.Evaluation;

public class MetricsTests
{
    [Fact]
    public void Figures_match_a_case_done_by_hand()
    {
        // Pairs of an event and a non-event: scores .8 and .4 against .6 and .2 win 3 of 4. Precision at recall steps: 1/1, 2/3.
        double[] scores = [0.8, 0.6, 0.4, 0.2];
        bool[] events = [true, false, true, false];

        Ranking.AreaUnderCurve(scores, events).Should().Be(0.75);
        Ranking.AveragePrecision(scores, events).Should().BeApproximately(0.5 * 1 + 0.5 * 2 / 3, 1e-15);
        ChurnMetrics churn = ChurnMetrics.Measure(scores, events);
        churn.Brier.Should().BeApproximately((0.04 + 0.36 + 0.36 + 0.04) / 4, 1e-15);
        churn.LogLoss.Should().BeApproximately(-(2 * Math.Log(0.8) + 2 * Math.Log(0.4)) / 4, 1e-15);
    }

    [Fact]
    public void Ties_make_no_figure_depend_on_the_order_of_rows()
    {
        Random random = new(3);
        double[] predicted = [.. Enumerable.Range(0, 500).Select(_ => (double)random.Next(4))], actual = [.. predicted.Select(p => p * random.NextDouble())];
        int[] shuffled = [.. Enumerable.Range(0, 500).OrderBy(_ => random.Next())];
        double[] predictedShuffled = [.. shuffled.Select(i => predicted[i])], actualShuffled = [.. shuffled.Select(i => actual[i])];

        SpendMetrics before = SpendMetrics.Measure(predicted, actual), after = SpendMetrics.Measure(predictedShuffled, actualShuffled);

        after.NormalizedGini.Should().BeApproximately(before.NormalizedGini, 1e-12);
        after.Spearman.Should().BeApproximately(before.Spearman, 1e-12);
        after.DecileMape.Should().BeApproximately(before.DecileMape, 1e-12);
        after.Top20Captured.Should().BeApproximately(before.Top20Captured, 1e-12);
    }

    [Fact]
    public void A_perfect_ranking_has_gini_one_and_a_constant_none()
    {
        double[] actual = [5, 0, 2, 9, 1];

        Ranking.NormalizedGini(actual, actual).Should().BeApproximately(1, 1e-15);
        Ranking.NormalizedGini(actual, [1, 1, 1, 1, 1]).Should().BeApproximately(0, 1e-15);
        Ranking.NormalizedGini(actual, [.. actual.Select(value => -value)]).Should().BeApproximately(-1, 1e-15);
        Ranking.TopShare(actual, actual, 0.2).Should().BeApproximately(9.0 / 17, 1e-15);
    }

    [Fact]
    public void Perfect_forecasts_have_no_error()
    {
        double[] actual = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

        SpendMetrics spend = SpendMetrics.Measure(actual, actual);

        spend.Should().BeEquivalentTo(new { Mae = 0.0, Rmse = 0.0, Bias = 0.0, DecileMape = 0.0 });
        PurchaseMetrics.Measure(actual, actual).Pearson.Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public void Doubling_money_doubles_money_errors_and_leaves_shares()
    {
        double[] predicted = [3, 8, 1, 9, 4, 4, 7, 2, 6, 5], actual = [2, 9, 0, 12, 5, 1, 7, 0, 8, 3];

        SpendMetrics one = SpendMetrics.Measure(predicted, actual), two = SpendMetrics.Measure([.. predicted.Select(v => 2 * v)], [.. actual.Select(v => 2 * v)]);

        two.Mae.Should().BeApproximately(2 * one.Mae, 1e-12);
        two.Rmse.Should().BeApproximately(2 * one.Rmse, 1e-12);
        (two with { Mae = one.Mae, Rmse = one.Rmse }).Should().Be(one);
    }

    [Fact]
    public void Figures_that_do_not_exist_are_not_numbers()
    {
        Ranking.AreaUnderCurve([0.1, 0.2], [true, true]).Should().Be(double.NaN);
        Errors.Bias([1, 2], [0, 0]).Should().Be(double.NaN);
        Ranking.Pearson([1, 1], [1, 2]).Should().Be(double.NaN);
    }
}
