namespace CustomerValue.Strategy.Portfolio;

/// <summary>A base of customers as a portfolio.</summary>
public static class Portfolios
{
    /// <summary>The portfolio: sums, concentration, what is at risk and what retention is worth.</summary>
    public static PortfolioSummary Portfolio(this CustomerStrategies strategies) => PortfolioSummary.Of(strategies);
}
