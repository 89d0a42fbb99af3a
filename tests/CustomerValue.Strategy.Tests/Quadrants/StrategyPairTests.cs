using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Tests.Bases;

namespace CustomerValue.Strategy.Tests.Quadrants;

/// <summary>A stage and a strategy never contradict each other.</summary>
public sealed class StrategyPairTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Only_pairs_of_the_table_exist(int seed)
    {
        StrategyInput input = RandomBase.Of(2000, seed);
        CustomerStrategies result = CustomerStrategist.Apply(input, CustomerStrategist.Learn(input, new StrategyOptions()));

        for (int i = 0; i < result.Count; i++)
        {
            StrategyPairs.Of(result.Stage[i]).Should().Contain(result.Recommendation[i]);
            bool gone = result.Stage[i] is LifecycleStage.Dormant or LifecycleStage.Lost;
            if (result.Recommendation[i] == Recommendation.WinBack)
                (gone && result.Potential[i] > 0 && result.Quadrant[i] != Quadrant.Maintain).Should().BeTrue();
            else if (!gone && (int)result.Recommendation[i] <= (int)Recommendation.Cultivate)
                ((int)result.Recommendation[i]).Should().Be((int)result.Quadrant[i]);
        }
        result.Recommendation.Should().Contain(Recommendation.WinBack, "the base holds such customers");
    }

    [Fact]
    public void Every_stage_has_its_pairs()
    {
        foreach (LifecycleStage stage in Enum.GetValues<LifecycleStage>())
        {
            bool gone = stage is LifecycleStage.Dormant or LifecycleStage.Lost;
            StrategyPairs.Of(stage).Contains(Recommendation.Retain).Should().Be(!gone);
            StrategyPairs.Of(stage).Contains(Recommendation.WinBack).Should().Be(gone);
            foreach (Recommendation strategy in Enum.GetValues<Recommendation>().Where(strategy => strategy != Recommendation.WinBack))
                StrategyPairs.Of(stage).Should().Contain(StrategyPairs.Settle(strategy, stage, 5)).And.Contain(StrategyPairs.Settle(strategy, stage, -5));
        }
    }

    [Fact]
    public void What_winning_back_is_worth_times_its_odds_is_the_potential()
    {
        StrategyInput input = RandomBase.Of(2000, seed: 2);
        CustomerStrategies result = CustomerStrategist.Apply(input, CustomerStrategist.Learn(input, new StrategyOptions()));
        int row = Array.IndexOf(result.Recommendation, Recommendation.WinBack);

        string worth = (result.Potential[row] / input.ProbabilityAlive[row]).ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

        result.Reasons(row, Language.English).Should().Contain(reason => reason.StartsWith($"Worth {worth} if", StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_at_nothing_makes_nobody_high()
    {
        StrategyInput random = RandomBase.Of(300, seed: 5), input = random with { FutureSpend = new double[random.Count], FutureSpendP10 = [], FutureSpendP90 = [] };
        CustomerStrategies result = CustomerStrategist.Apply(input, CustomerStrategist.Learn(input, new StrategyOptions()));

        result.Recipe.Thresholds.Potential.Should().Be(0);
        result.Quadrant.Should().NotContain(Quadrant.Develop).And.NotContain(Quadrant.Cultivate);
        result.DevelopProbability.Should().OnlyContain(probability => probability == 0);
    }
}
