using CustomerValue.Strategy.Portfolio;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Tests.Bases;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerValue.Strategy.Tests.Portfolio;

public class PortfolioTests
{
    [Fact]
    public void The_portfolio_is_the_sum_of_its_customers() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        CustomerStrategies strategies = Strategies(1 + Math.Abs(seed % 300), seed);
        PortfolioSummary portfolio = strategies.Portfolio();
        double near = 1e-9 * (1 + strategies.Potential.Sum(Math.Abs) + strategies.Realised.Sum(Math.Abs));

        portfolio.Realised.Should().BeApproximately(strategies.Realised.Sum(), near);
        portfolio.Current.Should().BeApproximately(strategies.Current.Sum(), near);
        portfolio.Equity.Should().BeApproximately(strategies.Potential.Sum(), near);
        portfolio.Total.Should().BeApproximately(strategies.Total.Sum() - strategies.Influence.Sum(), near);
        foreach (IReadOnlyList<PortfolioGroup> groups in new[] { portfolio.Quadrants, portfolio.Stages, portfolio.Recommendations })
        {
            groups.Sum(group => group.Customers).Should().Be(strategies.Count);
            groups.Sum(group => group.Realised).Should().BeApproximately(portfolio.Realised, near);
            groups.Sum(group => group.Current).Should().BeApproximately(portfolio.Current, near);
            groups.Sum(group => group.Potential).Should().BeApproximately(portfolio.Equity, near);
            groups.Sum(group => group.AtRisk).Should().BeApproximately(portfolio.EquityAtRisk, near);
        }
    }));

    [Fact]
    public void The_probabilities_of_the_quadrants_add_to_one() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        CustomerStrategies strategies = Strategies(50, seed);
        for (int i = 0; i < strategies.Count; i++)
        {
            double[] all = [.. Enum.GetValues<Quadrant>().Select(quadrant => strategies.Probability(quadrant)[i])];
            all.Sum().Should().BeApproximately(1, 1e-12);
            all.Should().OnlyContain(probability => probability >= -1e-12 && probability <= 1 + 1e-12);
        }
    }));

    [Fact]
    public void A_migration_holds_every_customer_of_both_days_and_their_money_once()
    {
        CustomerStrategies earlier = Strategies(300, 5), later = Strategies(350, 6);

        MigrationMatrix moves = MigrationMatrix.OfQuadrants(earlier, later);

        moves.Cells.Where(cell => cell.From is not null).Sum(cell => cell.Customers).Should().Be(300);
        moves.Cells.Where(cell => cell.To is not null).Sum(cell => cell.Customers).Should().Be(350);
        moves.Cells.Single(cell => cell.From is null && cell.To == "Maintain").PotentialBefore.Should().Be(0);
        moves.Cells.Sum(cell => cell.PotentialBefore).Should().BeApproximately(earlier.Potential.Sum(), 1e-6);
        moves.Cells.Sum(cell => cell.PotentialAfter).Should().BeApproximately(later.Potential.Sum(), 1e-6);
        moves.Cells.Sum(cell => cell.CurrentAfter).Should().BeApproximately(later.Current.Sum(), 1e-6);
        MigrationMatrix.OfStages(earlier, earlier).Changed.Should().Be(0);
    }

    [Fact]
    public void Equal_values_have_gini_zero_and_one_owner_of_all_nearly_one()
    {
        Concentration.Of([5, 5, 5, 5]).Gini.Should().BeApproximately(0, 1e-12);
        Concentration all = Concentration.Of([0, 0, 0, 0, 0, 0, 0, 0, -3, 7]);
        all.Gini.Should().BeApproximately(0.9, 1e-12);
        all.TopShares.Single(point => point.Customers == 0.10).Value.Should().Be(1);
        Concentration.Of([1, 2, 3, 4]).TopShares.Single(point => point.Customers == 0.50).Value.Should().BeApproximately(0.7, 1e-12);
    }

    [Fact]
    public void Costs_to_win_and_keep_are_unknown_without_costs() =>
        CustomerStrategist.Apply(RandomBase.Of(50, 1, costs: false), CustomerStrategist.Learn(RandomBase.Of(50, 1, costs: false), new StrategyOptions())).Portfolio().WinAndKeep.Should().BeNull();

    private static CustomerStrategies Strategies(int customers, int seed)
    {
        StrategyInput input = RandomBase.Of(customers, seed);
        return CustomerStrategist.Apply(input, CustomerStrategist.Learn(input, new StrategyOptions()));
    }
}
