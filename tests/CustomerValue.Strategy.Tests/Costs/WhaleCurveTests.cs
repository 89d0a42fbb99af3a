using CustomerValue.Strategy.Costs;

namespace CustomerValue.Strategy.Tests.Costs;

public class WhaleCurveTests
{
    [Fact]
    public void Ten_customers_rise_to_a_peak_and_fall_to_the_total()
    {
        // 100 + 60 + 40 + 20 + 10 = 230 is the peak at half of the customers; one brings nothing; 5 + 15 + 30 + 80 = 130 are lost; 100 is left.
        WhaleCurve curve = WhaleCurve.Of([-30, 10, 100, 0, 20, -80, 60, -5, 40, -15]);

        (curve.Count, curve.Total, curve.Peak, curve.PeakShare, curve.BelowZero, curve.Loss).Should().Be((10, 100, 230, 0.5, 4, -130));
        curve.ShareOfTop(0.2).Should().BeApproximately(1.6, 1e-12);
        curve.ProfitOfTop(0.25).Should().BeApproximately(180, 1e-12, "half of the third customer counts");
        curve.Points(5).Select(point => point.Profit).Should().Equal(0, 160, 220, 230, 210, 100);
    }

    [Fact]
    public void Without_profit_there_is_no_share_of_it()
    {
        WhaleCurve.Of([-1, 1]).ShareOfTop(0.2).Should().BeNull();
        WhaleCurve.Of([]).ShareOfTop(0.2).Should().BeNull();
        WhaleCurve.Of([]).ProfitOfTop(1).Should().Be(0);
    }

    [Fact]
    public void A_profit_that_is_no_number_is_refused() =>
        FluentActions.Invoking(() => WhaleCurve.Of([1, double.NaN])).Should().Throw<ArgumentException>();
}
