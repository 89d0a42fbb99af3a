using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Tests.Bases;

namespace CustomerValue.Strategy.Tests;

/// <summary>Customers whose true rates and future are known. Floors lie below what 6,000 customers gave with a probabilistic forecast; docs/value.md has the figures of the full race.</summary>
public class SimulatedCustomersTests
{
    private static readonly Lazy<CustomerStrategies> s_strategies = new(() => CustomerStrategist.Apply(Base.Input, CustomerStrategist.Learn(Base.Input, new StrategyOptions()), threads: 2));

    private static SimulatedBase Base => SimulatedBase.Quick.Value;

    private static CustomerStrategies Strategies => s_strategies.Value;

    [Fact]
    public void Potential_value_ranks_customers_as_their_future_does()
    {
        Measures.RankCorrelation(Strategies.Potential, Base.Realised).Should().BeGreaterThan(0.70, "0.75 when written");
        Measures.RankCorrelation(Strategies.Potential, Base.Expected).Should().BeGreaterThan(0.76, "0.81 when written");
    }

    [Fact]
    public void Current_value_ranks_customers_as_their_true_yearly_margin_does() =>
        Measures.RankCorrelation(Strategies.Current, Base.TrueYear).Should().BeGreaterThan(0.88, "0.92 when written");

    [Fact]
    public void Headroom_ranks_customers_as_their_unspent_wallet_does() =>
        Measures.RankCorrelation(Strategies.Headroom, Base.UnspentWallet).Should().BeGreaterThan(0.33, "0.38 when written");

    [Fact]
    public void A_quadrant_stated_with_seventy_percent_is_right_in_seventy_of_a_hundred()
    {
        // Lines by share of value and by median; some 800 statements lie in the band, with a standard error of .016.
        List<(double Stated, bool True)> statements = [.. Statements(Strategies), .. Statements(Median())];
        List<(double Stated, bool True)> seventy = statements.FindAll(statement => statement.Stated is >= 0.65 and < 0.75);

        seventy.Count.Should().BeGreaterThan(600);
        seventy.Average(statement => statement.True ? 1 : 0).Should().BeInRange(0.65, 0.75);
        double error = statements.GroupBy(statement => (int)Math.Min(9, statement.Stated * 10))
            .Sum(bin => Math.Abs(bin.Average(statement => statement.Stated) - bin.Average(statement => statement.True ? 1 : 0)) * bin.Count() / statements.Count);
        error.Should().BeLessThan(0.02, "the stated probabilities differ from what happens by 1 in 100 on average");
    }

    private static CustomerStrategies Median() => CustomerStrategist.Apply(Base.Input, CustomerStrategist.Learn(Base.Input, new StrategyOptions { ThresholdRule = ThresholdRule.Median }));

    /// <summary>Each customer's four probabilities and whether that quadrant was the true one: true yearly margin and the margin that really came, by the learnt lines.</summary>
    private static List<(double Stated, bool True)> Statements(CustomerStrategies strategies)
    {
        Thresholds lines = strategies.Recipe.Thresholds;
        List<(double, bool)> statements = [];
        for (int i = 0; i < strategies.Count; i++)
        {
            bool current = Base.TrueYear[i] >= lines.Current, potential = Base.Realised[i] >= lines.Potential;
            Quadrant actual = current ? (potential ? Quadrant.Develop : Quadrant.Retain) : potential ? Quadrant.Cultivate : Quadrant.Maintain;
            foreach (Quadrant quadrant in Enum.GetValues<Quadrant>())
                statements.Add((strategies.Probability(quadrant)[i], quadrant == actual));
        }
        return statements;
    }
}
