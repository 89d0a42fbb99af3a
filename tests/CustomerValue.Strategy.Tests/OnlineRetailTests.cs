using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Portfolio;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Tests.Bases;

namespace CustomerValue.Strategy.Tests;

/// <summary>A real base of 5,000 customers; docs/value.md shows the figures.</summary>
public class OnlineRetailTests
{
    private static readonly DateOnly s_june = new(2011, 6, 1), s_september = new(2011, 9, 1);
    private static readonly Lazy<StrategyRecipe> s_recipe = new(() => CustomerStrategist.Learn(OnlineRetailBase.Shared.Value.At(s_june), new StrategyOptions()));

    [Fact]
    public void The_quadrants_hold_the_money_that_the_lines_promise()
    {
        CustomerStrategies june = Apply(s_june);
        PortfolioSummary portfolio = june.Portfolio();

        double high = portfolio.Quadrants.Where(group => group.Label is "Develop" or "Cultivate").Sum(group => group.Potential);
        (high / portfolio.Equity).Should().BeInRange(0.79, 0.81, "the line of potential value is drawn at 80 % of it");
        portfolio.Quadrants.Single(group => group.Label == "Develop").Customers.Should().BeInRange(900, 1200);
        portfolio.PotentialConcentration.TopShares.Single(point => point.Customers == 0.20).Value.Should().BeInRange(0.65, 0.75);
    }

    [Fact]
    public void A_fifth_of_the_customers_brought_three_quarters_of_the_profit_and_some_cost_more_than_they_brought()
    {
        WhaleCurve whale = WhaleCurve.Of(Apply(s_june).Realised);

        whale.ShareOfTop(0.20).Should().BeInRange(0.72, 0.82);
        whale.BelowZero.Should().BeInRange(20, 200);
        whale.Peak.Should().BeGreaterThan(whale.Total);
    }

    [Fact]
    public void The_migration_of_three_months_holds_everybody_and_the_money()
    {
        CustomerStrategies june = Apply(s_june), september = CustomerStrategist.Apply(OnlineRetailBase.Shared.Value.At(s_september), s_recipe.Value, june);

        MigrationMatrix moves = MigrationMatrix.OfQuadrants(june, september);

        moves.Cells.Where(cell => cell.From is not null).Sum(cell => cell.Customers).Should().Be(june.Count);
        moves.Cells.Where(cell => cell.To is not null).Sum(cell => cell.Customers).Should().Be(september.Count);
        moves.Cells.Sum(cell => cell.PotentialBefore).Should().BeApproximately(june.Potential.Sum(), 0.01);
        moves.Cells.Sum(cell => cell.PotentialAfter).Should().BeApproximately(september.Potential.Sum(), 0.01);
        MigrationCell stayed = moves.Cells.Single(cell => cell.From == "Develop" && cell.To == "Develop");
        ((double)stayed.Customers / june.Quadrant.Count(quadrant => quadrant == Quadrant.Develop)).Should().BeGreaterThan(0.8);
    }

    [Fact]
    public void Hysteresis_halves_the_changes_of_label_and_keeps_the_captured_value()
    {
        (int changes, double captured, double customers) = Follow(new StrategyOptions().HysteresisBand);
        (int plainChanges, double plainCaptured, double plainCustomers) = Follow(0);

        changes.Should().BeLessThan((int)(0.6 * plainChanges), "at least 40 % fewer");
        captured.Should().BeGreaterThan(plainCaptured - 0.01, "nearly the same share of what came in the next 90 days");
        (customers / plainCustomers).Should().BeInRange(0.9, 1.1, "with nearly as many customers");
    }

    private static CustomerStrategies Apply(DateOnly day) => CustomerStrategist.Apply(OnlineRetailBase.Shared.Value.At(day), s_recipe.Value);

    /// <summary>Labels from June to September, a month apart: how many changed, and what those labelled high in potential spent in the 90 days after each.</summary>
    private static (int Changes, double Captured, double Customers) Follow(double band)
    {
        OnlineRetailBase retail = OnlineRetailBase.Shared.Value;
        StrategyRecipe recipe = s_recipe.Value with { Options = s_recipe.Value.Options with { HysteresisBand = band } };
        CustomerStrategies? before = null;
        int changes = 0, customers = 0;
        double captured = 0, all = 0;
        for (int month = 0; month <= 3; month++)
        {
            StrategyInput input = retail.At(s_june.AddMonths(month));
            CustomerStrategies now = CustomerStrategist.Apply(input, recipe, before);
            changes += before is null ? 0 : MigrationMatrix.OfQuadrants(before, now).Changed;
            double[] spent = retail.SpendAfter(input, 90);
            for (int i = 0; i < now.Count; i++)
            {
                bool high = now.Quadrant[i] is Quadrant.Develop or Quadrant.Cultivate;
                customers += high ? 1 : 0;
                captured += high ? spent[i] : 0;
                all += spent[i];
            }
            before = now;
        }
        return (changes, captured / all, customers);
    }
}
