using System.Text.Json;
using CustomerValue.Strategy.Portfolio;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Values;

namespace CustomerValue.Strategy.Tests;

/// <summary>Twelve customers whose every figure is done by hand in the case file.</summary>
public class TwelveCustomersTests
{
    private const double Cent = 1e-6;
    private static readonly JsonElement s_case = JsonDocument.Parse(File.ReadAllText(ReferenceData.Case("strategy", "twelve-customers.json"))).RootElement;
    private static readonly JsonElement[] s_customers = [.. s_case.GetProperty("customers").EnumerateArray()];
    private static readonly StrategyInput s_input = Input();
    private static readonly StrategyRecipe s_recipe = CustomerStrategist.Learn(s_input, new StrategyOptions());
    private static readonly CustomerStrategies s_result = CustomerStrategist.Apply(s_input, s_recipe);

    public static TheoryData<int> Rows() => [.. Enumerable.Range(0, s_customers.Length)];

    [Fact]
    public void The_base_teaches_the_rates_and_lines_done_by_hand()
    {
        JsonElement rates = s_case.GetProperty("base"), lines = s_case.GetProperty("thresholds");
        s_recipe.Base.Margin.PriorSpend.Should().BeApproximately(rates.GetProperty("spend_prior").GetDouble(), Cent);
        s_recipe.Base.CostRate.Should().BeApproximately(rates.GetProperty("cost_rate").GetDouble(), Cent);
        s_recipe.Base.PurchaseShape.Should().BeApproximately(rates.GetProperty("purchase_shape").GetDouble(), Cent);
        s_recipe.Base.PurchaseDays.Should().BeApproximately(rates.GetProperty("purchase_days").GetDouble(), Cent);
        s_recipe.Base.OrderSpend.Should().BeApproximately(rates.GetProperty("order_spend").GetDouble(), Cent);
        s_recipe.Base.OrderWeight.Should().BeApproximately(rates.GetProperty("order_weight").GetDouble(), Cent);
        s_recipe.Base.GapDays.Should().BeApproximately(rates.GetProperty("gap_days").GetDouble(), Cent);
        s_recipe.Base.GapSquares.Should().BeApproximately(rates.GetProperty("gap_squares").GetDouble(), Cent);
        s_recipe.Thresholds.Current.Should().BeApproximately(lines.GetProperty("current").GetDouble(), Cent);
        s_recipe.Thresholds.Potential.Should().BeApproximately(lines.GetProperty("potential").GetDouble(), Cent);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_customer_gets_the_figures_done_by_hand(int i)
    {
        JsonElement expected = s_customers[i].GetProperty("expected");
        double Money(string name) => expected.GetProperty(name).GetDouble();
        string? Word(string name) => expected.GetProperty(name).GetString();
        s_result.Realised[i].Should().BeApproximately(Money("realised"), Cent);
        s_result.Current[i].Should().BeApproximately(Money("current"), Cent);
        s_result.Potential[i].Should().BeApproximately(Money("potential"), Cent);
        s_result.PotentialP10[i].Should().BeApproximately(Money("potential_p10"), Cent);
        s_result.PotentialP90[i].Should().BeApproximately(Money("potential_p90"), Cent);
        s_result.Total[i].Should().BeApproximately(Money("total"), Cent);
        s_result.Headroom[i].Should().BeApproximately(Money("headroom"), Cent);
        s_result.Lateness[i].Should().BeApproximately(Money("lateness"), Cent);
        (s_result.DevelopProbability[i] + s_result.CultivateProbability[i]).Should().BeApproximately(Money("high_potential"), Cent);
        s_result.Quadrant[i].ToString().Should().Be(Word("quadrant"));
        s_result.Stage[i].ToString().Should().Be(Word("stage"));
        s_result.Recommendation[i].ToString().Should().Be(Word("recommendation"));
    }

    [Fact]
    public void The_portfolio_is_the_one_done_by_hand()
    {
        PortfolioSummary portfolio = s_result.Portfolio();
        JsonElement expected = s_case.GetProperty("portfolio");
        double Money(string name) => expected.GetProperty(name).GetDouble();
        portfolio.Realised.Should().BeApproximately(Money("realised"), Cent);
        portfolio.Current.Should().BeApproximately(Money("current"), Cent);
        portfolio.Equity.Should().BeApproximately(Money("equity"), Cent);
        portfolio.Headroom.Should().BeApproximately(Money("headroom"), Cent);
        portfolio.EquityAtRisk.Should().BeApproximately(Money("equity_at_risk"), Cent);
        portfolio.RetentionPoint.Should().BeApproximately(Money("retention_point"), Cent);
        portfolio.BelowZero.Should().Be(expected.GetProperty("below_zero").GetInt32());
        portfolio.LossBelowZero.Should().BeApproximately(Money("loss_below_zero"), Cent);
        portfolio.PotentialConcentration.Gini.Should().BeApproximately(Money("potential_gini"), Cent);
        portfolio.WinAndKeep!.CostToWin.Should().BeApproximately(Money("cost_to_win"), Cent);
        portfolio.WinAndKeep.CostToKeep.Should().BeApproximately(Money("cost_to_keep"), Cent);
    }

    private static StrategyInput Input()
    {
        double[] Column(string name) => Array.ConvertAll(s_customers, customer => customer.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.NaN);
        return new StrategyInput
        {
            AsOf = DateOnly.Parse(s_case.GetProperty("as_of").GetString()!, System.Globalization.CultureInfo.InvariantCulture),
            Ids = Array.ConvertAll(s_customers, customer => customer.GetProperty("id").GetString()!),
            PurchaseDays = Column("purchase_days"),
            TenureDays = Column("tenure_days"),
            SinceLastDays = Column("since_last_days"),
            GapSquares = Column("gap_squares"),
            LastGapDays = Column("last_gap_days"),
            RecentPurchaseDays = [.. StrategyInput.RecentWindows.Select((_, window) => Array.ConvertAll(s_customers, customer => customer.GetProperty("recent_purchase_days")[window].GetDouble()))],
            Spend = Column("spend"),
            SpendSquares = Column("spend_squares"),
            FirstSpend = Column("first_spend"),
            YearSpend = Column("year_spend"),
            Margin = Column("margin"),
            YearMargin = Column("year_margin"),
            MarginSource = new MarginSource[s_customers.Length],
            ChurnProbability = Column("churn"),
            ProbabilityAlive = Column("alive"),
            FutureSpend = Column("future_spend"),
            FutureSpendP10 = Column("future_spend_p10"),
            FutureSpendP90 = Column("future_spend_p90"),
            CostToServe = Column("cost_to_serve"),
            YearCostToServe = Column("year_cost_to_serve"),
            AcquisitionCost = Column("acquisition_cost"),
            Influence = Column("influence"),
            StepsTaken = Array.ConvertAll(s_customers, customer => Enum.Parse<GentleSteps>(customer.GetProperty("steps_taken").GetString()!)),
        };
    }
}
