using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Tests.Bases;

namespace CustomerValue.Strategy.Tests.Quadrants;

public class QuadrantTests
{
    private static readonly StrategyInput s_input = RandomBase.Of(300, seed: 9);

    [Fact]
    public void Those_above_the_line_of_share_hold_the_share_and_one_fewer_would_not()
    {
        CustomerStrategies result = Apply(new StrategyOptions { ShareOfValue = 0.7 });
        double line = result.Recipe.Thresholds.Potential, all = result.Potential.Where(value => value > 0).Sum();

        result.Potential.Where(value => value >= line).Sum().Should().BeGreaterThanOrEqualTo(0.7 * all);
        result.Potential.Where(value => value > line).Sum().Should().BeLessThan(0.7 * all);
    }

    [Fact]
    public void The_median_halves_the_base()
    {
        CustomerStrategies result = Apply(new StrategyOptions { ThresholdRule = ThresholdRule.Median });

        result.Quadrant.Count(quadrant => quadrant is Quadrant.Develop or Quadrant.Cultivate).Should().Be(150);
    }

    [Fact]
    public void Stated_amounts_are_the_lines()
    {
        CustomerStrategies result = Apply(new StrategyOptions { ThresholdRule = ThresholdRule.Amount, CurrentThreshold = 100, PotentialThreshold = 250 });

        for (int i = 0; i < result.Count; i++)
            (result.Quadrant[i] is Quadrant.Develop).Should().Be(result.Current[i] >= 100 && result.Potential[i] >= 250);
    }

    [Fact]
    public void Indices_may_stand_on_the_axes()
    {
        StrategyInput input = s_input with { CurrentIndex = [.. s_input.Ids.Select((_, i) => i % 101.0)], PotentialIndex = [.. s_input.Ids.Select((_, i) => (i * 7) % 101.0)] };
        StrategyOptions options = new() { Axes = ValueAxes.Indices, ThresholdRule = ThresholdRule.Amount, CurrentThreshold = 50, PotentialThreshold = 50 };

        CustomerStrategies result = CustomerStrategist.Apply(input, CustomerStrategist.Learn(input, options));

        for (int i = 0; i < result.Count; i++)
            (result.Quadrant[i] is Quadrant.Retain).Should().Be(input.CurrentIndex![i] >= 50 && input.PotentialIndex![i] < 50);
        FluentActions.Invoking(() => CustomerStrategist.Learn(s_input, options)).Should().Throw<ArgumentException>().WithMessage("*add a scorecard*");
    }

    [Fact]
    public void A_label_is_held_until_a_value_moves_clearly_past_its_line()
    {
        StrategyOptions options = new() { ThresholdRule = ThresholdRule.Amount, CurrentThreshold = 0.01, PotentialThreshold = 250, HysteresisBand = 0.2 };
        StrategyRecipe recipe = CustomerStrategist.Learn(s_input, options);
        CustomerStrategies before = CustomerStrategist.Apply(s_input, recipe);

        CustomerStrategies slightly = Moved(0.9), clearly = Moved(0.5);

        int held = 0;
        for (int i = 0; i < before.Count; i++)
        {
            bool was = before.Potential[i] >= 250;
            IsHigh(slightly.Quadrant[i]).Should().Be(slightly.Potential[i] >= (was ? 200 : 300));
            IsHigh(clearly.Quadrant[i]).Should().Be(clearly.Potential[i] >= (was ? 200 : 300));
            held += slightly.Held[i] ? 1 : 0;
        }
        held.Should().BePositive();
        Moved(1).Held.Should().OnlyContain(kept => !kept);

        CustomerStrategies Moved(double factor) =>
            CustomerStrategist.Apply(s_input with { FutureSpend = Array.ConvertAll(s_input.FutureSpend, value => factor * value) }, recipe, before);
    }

    [Fact]
    public void A_customer_unknown_on_the_earlier_day_gets_a_fresh_label()
    {
        StrategyRecipe recipe = CustomerStrategist.Learn(s_input, new StrategyOptions());
        CustomerStrategies before = CustomerStrategist.Apply(RandomBase.Alone(s_input, 7), recipe), fresh = CustomerStrategist.Apply(s_input, recipe);

        CustomerStrategist.Apply(s_input, recipe, before).Quadrant.Should().Equal(fresh.Quadrant);
    }

    [Theory]
    [InlineData(GentleSteps.None, Recommendation.Reprice)]
    [InlineData(GentleSteps.SelfService, Recommendation.Reprice)]
    [InlineData(GentleSteps.Repriced, Recommendation.SelfService)]
    [InlineData(GentleSteps.All, Recommendation.LetGo)]
    public void Letting_go_comes_after_both_gentler_steps(GentleSteps taken, Recommendation expected)
    {
        StrategyInput loss = Loss(taken);
        StrategyRecipe recipe = CustomerStrategist.Learn(s_input, new StrategyOptions());

        CustomerStrategist.Apply(loss, recipe).Recommendation[0].Should().Be(expected);
        CustomerStrategist.Apply(loss with { Influence = [1] }, recipe).Recommendation[0].Should().NotBe(expected, "influence keeps a customer");
        CustomerStrategist.Apply(loss with { CostToServe = [0], FutureSpend = [1000] }, recipe).Recommendation[0].Should().NotBe(expected, "potential keeps a customer");
        CustomerStrategist.Apply(loss with { YearCostToServe = [0] }, recipe).Recommendation[0].Should().NotBe(expected, "a customer who earns is kept");
    }

    private static StrategyInput Loss(GentleSteps taken) => RandomBase.Alone(s_input, 0) with
    {
        TenureDays = [800],
        SinceLastDays = [100],
        PurchaseDays = [3],
        Spend = [300],
        YearSpend = [100],
        Margin = [120],
        YearMargin = [40],
        CostToServe = [5000],
        YearCostToServe = [2000],
        FutureSpend = [50],
        FutureSpendP10 = [0],
        FutureSpendP90 = [90],
        Influence = [0],
        StepsTaken = [taken],
    };

    private static bool IsHigh(Quadrant quadrant) => quadrant is Quadrant.Develop or Quadrant.Cultivate;

    private static CustomerStrategies Apply(StrategyOptions options) => CustomerStrategist.Apply(s_input, CustomerStrategist.Learn(s_input, options));
}
