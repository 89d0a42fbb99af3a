using System.Text.Json;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Tests.Bases;

namespace CustomerValue.Strategy.Tests;

public class CustomerStrategistTests
{
    private static readonly StrategyInput s_input = RandomBase.Of(400, seed: 3);
    private static readonly StrategyRecipe s_recipe = CustomerStrategist.Learn(s_input, new StrategyOptions());

    [Fact]
    public void One_customer_alone_gets_the_answer_of_the_batch()
    {
        CustomerStrategies all = CustomerStrategist.Apply(s_input, s_recipe, threads: 2);
        for (int i = 0; i < all.Count; i += 37)
        {
            CustomerStrategies one = CustomerStrategist.Apply(RandomBase.Alone(s_input, i), s_recipe);

            (one.Realised[0], one.Current[0], one.Potential[0], one.Influence[0], one.Total[0], one.Headroom[0])
                .Should().Be((all.Realised[i], all.Current[i], all.Potential[i], all.Influence[i], all.Total[i], all.Headroom[i]));
            (one.Quadrant[0], one.Stage[0], one.Recommendation[0], one.Lateness[0]).Should().Be((all.Quadrant[i], all.Stage[i], all.Recommendation[i], all.Lateness[i]));
            foreach (Quadrant quadrant in Enum.GetValues<Quadrant>())
                one.Probability(quadrant)[0].Should().Be(all.Probability(quadrant)[i]);
            one.Reasons(0, Language.English).Should().Equal(all.Reasons(i, Language.English));
        }
    }

    [Fact]
    public void A_recipe_saved_as_json_gives_the_same_answers()
    {
        StrategyRecipe read = JsonSerializer.Deserialize<StrategyRecipe>(JsonSerializer.Serialize(s_recipe))!;

        CustomerStrategies before = CustomerStrategist.Apply(s_input, s_recipe), after = CustomerStrategist.Apply(s_input, read);

        after.Total.Should().Equal(before.Total);
        after.Headroom.Should().Equal(before.Headroom);
        after.DevelopProbability.Should().Equal(before.DevelopProbability);
        after.Recommendation.Should().Equal(before.Recommendation);
        after.Stage.Should().Equal(before.Stage);
    }

    [Fact]
    public void Money_in_half_the_unit_doubles_every_value_and_changes_no_label()
    {
        StrategyInput doubled = s_input with
        {
            Spend = Twice(s_input.Spend),
            FirstSpend = Twice(s_input.FirstSpend),
            YearSpend = Twice(s_input.YearSpend),
            Margin = Twice(s_input.Margin),
            YearMargin = Twice(s_input.YearMargin),
            SpendSquares = Twice(Twice(s_input.SpendSquares)),
            FutureSpend = Twice(s_input.FutureSpend),
            FutureSpendP10 = Twice(s_input.FutureSpendP10),
            FutureSpendP90 = Twice(s_input.FutureSpendP90),
            CostToServe = Twice(s_input.CostToServe!),
            YearCostToServe = Twice(s_input.YearCostToServe!),
            AcquisitionCost = Twice(s_input.AcquisitionCost!),
            Influence = Twice(s_input.Influence!),
        };
        CustomerStrategies one = CustomerStrategist.Apply(s_input, s_recipe), two = CustomerStrategist.Apply(doubled, CustomerStrategist.Learn(doubled, new StrategyOptions()));

        for (int i = 0; i < one.Count; i++)
        {
            two.Current[i].Should().BeApproximately(2 * one.Current[i], 1e-6);
            two.Potential[i].Should().BeApproximately(2 * one.Potential[i], 1e-6);
            two.Total[i].Should().BeApproximately(2 * one.Total[i], 1e-6);
        }
        two.Quadrant.Should().Equal(one.Quadrant);
        two.Stage.Should().Equal(one.Stage);
    }

    [Fact]
    public void Threads_change_nothing()
    {
        StrategyInput many = RandomBase.Of(20_000, seed: 4);
        StrategyRecipe recipe = CustomerStrategist.Learn(many, new StrategyOptions());

        CustomerStrategist.Apply(many, recipe, threads: 4).Headroom.Should().Equal(CustomerStrategist.Apply(many, recipe).Headroom);
    }

    [Fact]
    public void Bad_columns_and_options_are_named_together()
    {
        StrategyInput bad = s_input with { ChurnProbability = [.. s_input.ChurnProbability.Select((p, i) => i == 5 ? 1.5 : p)], YearCostToServe = null };

        Action learn = () => CustomerStrategist.Learn(bad, new StrategyOptions { ShareOfValue = 2, BudgetShares = [1, 1] });

        learn.Should().Throw<ArgumentException>().WithMessage("*ShareOfValue*").WithMessage("*BudgetShares has 2 entries*").WithMessage("*ChurnProbability of customer c000005 is 1.5*").WithMessage("*CostToServe and YearCostToServe*");
    }

    [Fact]
    public void Ids_out_of_order_are_refused()
    {
        StrategyInput bad = s_input with { Ids = [.. s_input.Ids.Reverse()] };

        FluentActions.Invoking(() => CustomerStrategist.Learn(bad, new StrategyOptions())).Should().Throw<ArgumentException>().WithMessage("*ascend*c000398*");
    }

    private static double[] Twice(double[] values) => Array.ConvertAll(values, value => 2 * value);
}
