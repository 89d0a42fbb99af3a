using CustomerValue.Strategy.Values;

namespace CustomerValue.Strategy.Lifecycle;

/// <summary>Reads a customer's stage from their own gaps, each mixed with one gap of the base so that few gaps do not mislead.</summary>
/// <remarks>
/// Usual gap g = (sum of gaps + G) / (gaps + 1); deviation s from (sum of squares + Q) / (gaps + 1) - g^2, with G and Q the base's mean gap and squared gap.
/// Lateness = days since the last purchase / (g + s): a regular customer is late soon, an irregular one later.
/// </remarks>
internal sealed class StageRule(LifecycleOptions options, BaseRates rates)
{
    public (LifecycleStage Stage, double Lateness) Of(StrategyInput input, int i)
    {
        double gaps = input.PurchaseDays[i] - 1, tenure = input.TenureDays[i], sum = tenure - input.SinceLastDays[i];
        (double usual, double allowance) = Rhythm(gaps, sum, input.GapSquares[i]);
        double lateness = input.SinceLastDays[i] / allowance;
        return (Stage(input, i, gaps, sum, usual, lateness), lateness);
    }

    private LifecycleStage Stage(StrategyInput input, int i, double gaps, double sum, double usual, double lateness)
    {
        if (lateness > options.LostLateness || lateness > options.SlippingLateness && input.ProbabilityAlive[i] < options.LostAlive)
            return LifecycleStage.Lost;
        if (lateness > options.DormantLateness)
            return LifecycleStage.Dormant;
        int trend = Trend(input, i, usual);
        if (lateness > options.SlippingLateness || trend < 0)
            return LifecycleStage.Slipping;
        if (gaps >= 1 && CameBack(gaps - 1, sum, input.GapSquares[i], input.LastGapDays[i]))
            return LifecycleStage.Returned;
        if (input.TenureDays[i] <= options.NewGaps * usual)
            return LifecycleStage.New;
        return trend > 0 ? LifecycleStage.Growing : LifecycleStage.Steady;
    }

    private (double Usual, double Allowance) Rhythm(double gaps, double sum, double squares)
    {
        double usual = (sum + rates.GapDays) / (gaps + 1);
        double variance = (squares + rates.GapSquares) / (gaps + 1) - usual * usual;
        return (usual, usual + Math.Sqrt(Math.Max(0, variance)));
    }

    /// <summary>Whether the last gap, by the gaps before it (by the base's alone for the first one), was a dormancy.</summary>
    private bool CameBack(double gapsBefore, double sum, double squares, double last) =>
        last > options.DormantLateness * Rhythm(gapsBefore, sum - last, squares - last * last).Allowance;

    /// <summary>1, 0 or -1: more, as many or fewer purchases in the last few own gaps than the pace before them promised.</summary>
    private int Trend(StrategyInput input, int i, double usual)
    {
        IReadOnlyList<int> windows = StrategyInput.RecentWindows;
        int chosen = 0;
        while (chosen < windows.Count - 1 && windows[chosen] < options.RecentGaps * usual)
            chosen++;
        double days = windows[chosen], before = input.TenureDays[i] - days, recent = input.RecentPurchaseDays[chosen][i];
        if (before < days)
            return 0;
        double expected = (input.PurchaseDays[i] - 1 - recent) / before * days;
        double deviation = options.TrendDeviations * Math.Sqrt(Math.Max(1, expected));
        return recent > expected + deviation ? 1 : recent < expected - deviation ? -1 : 0;
    }
}
