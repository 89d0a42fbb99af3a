namespace CustomerValue.Boosting.Tests;

public sealed class MetricsTests
{
    private static readonly float[] s_labels = [1, 0, 1, 0, 1];
    private static readonly double[] s_scores = [0.9, 0.8, 0.7, 0.3, 0.3];

    /// <summary>By hand, and as scikit-learn 1.2 gives them: pairs won 2 + 2 - 1 (lost to .8) + .5 for the tie = 3.5 of 6.</summary>
    [Fact]
    public void Ranking_metrics_match_their_definitions()
    {
        Metrics.AreaUnderCurve(s_scores, s_labels).Should().BeApproximately((2 + 1 + 0.5) / 6, 1e-12);
        Metrics.AveragePrecision(s_scores, s_labels).Should().BeApproximately((1 + 2.0 / 3 + 3.0 / 5) / 3, 1e-12);
        Metrics.AreaUnderCurve(s_scores, s_labels, [2, 1, 1, 1, 1]).Should().BeApproximately((4 + 1 + 0.5) / 8, 1e-12);
        Metrics.NormalizedGini([3, 2, 1], [10, 5, 0]).Should().BeApproximately(1, 1e-12);
        Metrics.NormalizedGini([1, 2, 3], [10, 5, 0]).Should().BeApproximately(-1, 1e-12);
        Metrics.NormalizedGini([1, 1, 1], [10, 5, 0]).Should().BeApproximately(0, 1e-12);
    }

    [Fact]
    public void Losses_match_their_definitions()
    {
        Metrics.LogLoss([0.8, 0.4], [1, 0]).Should().BeApproximately(-(Math.Log(0.8) + Math.Log(0.6)) / 2, 1e-12);
        Metrics.Brier([0.8, 0.4], [1, 0]).Should().BeApproximately((0.04 + 0.16) / 2, 1e-12);
        Metrics.Rmse([1, 2], [2, 4]).Should().BeApproximately(Math.Sqrt(2.5), 1e-12);
        Metrics.Mae([1, 2], [2, 4], [3, 1]).Should().BeApproximately(1.25, 1e-12);
        Metrics.Pinball([1, 3], [2, 2], 0.9).Should().BeApproximately((0.9 + 0.1) / 2, 1e-12);
        Metrics.PoissonDeviance([2.0], [0]).Should().BeApproximately(4, 1e-12);
        Metrics.GammaDeviance([2.0], [4]).Should().BeApproximately(2 * (Math.Log(0.5) + 1), 1e-12);
    }

    /// <summary>The Tweedie deviance runs from Poisson's to gamma's as the power goes from 1 to 2.</summary>
    [Fact]
    public void The_Tweedie_deviance_lies_between_its_limits()
    {
        Metrics.TweedieDeviance([2.0], [3], 1.0001).Should().BeApproximately(Metrics.PoissonDeviance([2.0], [3]), 1e-3);
        Metrics.TweedieDeviance([2.0], [3], 1.9999).Should().BeApproximately(Metrics.GammaDeviance([2.0], [3]), 1e-3);
        Metrics.TweedieDeviance([2.0], [2], 1.5).Should().BeApproximately(0, 1e-12);
    }

    [Fact]
    public void Spans_of_different_length_are_refused() =>
        FluentActions.Invoking(() => Metrics.Rmse([1, 2], [1])).Should().Throw<ArgumentException>().WithMessage("*2 predictions, 1 labels*");
}
