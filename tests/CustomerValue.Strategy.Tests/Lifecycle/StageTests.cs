using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Tests.Bases;

namespace CustomerValue.Strategy.Tests.Lifecycle;

public class StageTests
{
    private static readonly StrategyInput s_base = RandomBase.Of(300, seed: 12);
    private static readonly StrategyRecipe s_recipe = Recipe();

    [Fact]
    public void The_same_silence_is_steady_for_a_slow_buyer_and_dormant_for_a_quick_one()
    {
        Stage(days: 9, gap: 60, since: 70).Should().Be(LifecycleStage.Steady);
        Stage(days: 60, gap: 10, since: 70).Should().Be(LifecycleStage.Dormant);
        Stage(days: 20, gap: 40, since: 70).Should().Be(LifecycleStage.Slipping);
    }

    [Fact]
    public void Whoever_stays_silent_slips_then_sleeps_then_is_lost()
    {
        LifecycleStage[] stages = [.. Enumerable.Range(1, 400).Select(since => Stage(days: 20, gap: 30, since))];

        stages.Distinct().Should().Equal(LifecycleStage.Steady, LifecycleStage.Slipping, LifecycleStage.Dormant, LifecycleStage.Lost);
    }

    [Fact]
    public void Who_is_late_and_probably_gone_is_lost() => Stage(days: 20, gap: 30, since: 90, alive: 0.05).Should().Be(LifecycleStage.Lost);

    [Fact]
    public void Who_came_only_now_is_new() => Stage(days: 1, gap: 0, since: 20).Should().Be(LifecycleStage.New);

    [Fact]
    public void Who_came_back_after_a_dormancy_has_returned() => Stage(days: 10, gap: 30, since: 5, lastGap: 400).Should().Be(LifecycleStage.Returned);

    [Fact]
    public void A_quicker_pace_than_before_is_growth_and_a_slower_one_slipping()
    {
        // 20 purchases a month apart; the last three usual gaps fill the window of 180 days, which promises six.
        Stage(days: 20, gap: 30, since: 10, recent: 12).Should().Be(LifecycleStage.Growing);
        Stage(days: 20, gap: 30, since: 10, recent: 6).Should().Be(LifecycleStage.Steady);
        Stage(days: 20, gap: 30, since: 10, recent: 1).Should().Be(LifecycleStage.Slipping);
    }

    private static StrategyRecipe Recipe()
    {
        StrategyRecipe recipe = CustomerStrategist.Learn(s_base, new StrategyOptions());
        return recipe with { Base = recipe.Base with { GapDays = 60, GapSquares = 5000 } };
    }

    /// <summary>Stage of a regular customer: purchase days a fixed gap apart, the last one perhaps after a longer one.</summary>
    private static LifecycleStage Stage(int days, int gap, int since, int? lastGap = null, int? recent = null, double alive = 0.9)
    {
        int last = lastGap ?? gap, regular = Math.Max(0, days - 2);
        double sum = days > 1 ? regular * gap + last : 0, tenure = sum + since;
        double InWindow(int window) => recent ?? (gap == 0 ? 1 : Math.Clamp(Math.Floor((window - since) / (double)gap) + 1, 0, days));
        StrategyInput one = RandomBase.Alone(s_base, 0) with
        {
            PurchaseDays = [days],
            TenureDays = [tenure],
            SinceLastDays = [since],
            LastGapDays = [last],
            ProbabilityAlive = [alive],
            GapSquares = [days > 1 ? regular * (double)gap * gap + (double)last * last : 0],
            RecentPurchaseDays = [.. StrategyInput.RecentWindows.Select(window => new[] { InWindow(window) })],
        };
        return CustomerStrategist.Apply(one, s_recipe).Stage[0];
    }
}
