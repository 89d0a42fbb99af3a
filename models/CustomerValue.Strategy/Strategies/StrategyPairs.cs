using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Quadrants;

namespace CustomerValue.Strategy;

/// <summary>Which strategies go with which stage: who is dormant or lost is neither retained nor developed, and who is there is not won back.</summary>
internal static class StrategyPairs
{
    private static readonly Recommendation[] s_present =
        [Recommendation.Retain, Recommendation.Develop, Recommendation.Maintain, Recommendation.Cultivate, Recommendation.Reprice, Recommendation.SelfService, Recommendation.LetGo];

    private static readonly Recommendation[] s_gone = [Recommendation.WinBack, Recommendation.Maintain, Recommendation.LetGo];

    /// <summary>The strategies that may stand beside a stage.</summary>
    public static IReadOnlyList<Recommendation> Of(LifecycleStage stage) => stage is LifecycleStage.Dormant or LifecycleStage.Lost ? s_gone : s_present;

    /// <summary>The quadrant's strategy for who is there; for who is dormant or lost, winning back where they are high on an axis and something is still to be expected, else the least effort.</summary>
    internal static Recommendation Settle(Recommendation strategy, LifecycleStage stage, double potential)
    {
        if (stage is not (LifecycleStage.Dormant or LifecycleStage.Lost) || strategy == Recommendation.LetGo)
            return strategy;
        return strategy is Recommendation.Retain or Recommendation.Develop or Recommendation.Cultivate && potential > 0 ? Recommendation.WinBack : Recommendation.Maintain;
    }
}
