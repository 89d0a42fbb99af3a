namespace CustomerValue.Strategy.Portfolio;

/// <summary>The base as a portfolio. Every sum is the sum over customers; influence only moves value between them and is in no total.</summary>
/// <remarks>
/// Equity at risk is the sum of potential value times churn probability. A point of retention: a customer who stays within the horizon brings
/// potential / (1 - churn), so keeping one more of a hundred brings a hundredth of it (churn is capped at <see cref="MostChurn"/>); Gupta, Lehmann and Stuart (2004) ask the same of a firm.
/// </remarks>
/// <param name="AsOf">First day of the future.</param>
/// <param name="Customers">Customers.</param>
/// <param name="Realised">Sum of realised values.</param>
/// <param name="Current">Sum of current values, a year.</param>
/// <param name="Equity">Customer equity: sum of potential values.</param>
/// <param name="Total">Realised + equity.</param>
/// <param name="InfluenceMoved">Value credited to customers for others; those others' own values hold it already.</param>
/// <param name="Headroom">Sum of headrooms.</param>
/// <param name="EquityAtRisk">Potential value times churn probability, summed.</param>
/// <param name="RetentionPoint">Equity gained if every customer's churn probability were one point lower.</param>
/// <param name="BelowZero">Customers of negative current value.</param>
/// <param name="LossBelowZero">Sum of their current values; money a year, negative.</param>
/// <param name="CurrentConcentration">How current value is spread.</param>
/// <param name="PotentialConcentration">How potential value is spread.</param>
/// <param name="Quadrants">Money by quadrant.</param>
/// <param name="Stages">Money by lifecycle stage.</param>
/// <param name="Recommendations">Money by recommendation.</param>
/// <param name="WinAndKeep">Cost to win against cost to keep; null where costs are unknown.</param>
public sealed record PortfolioSummary(
    DateOnly AsOf,
    int Customers,
    double Realised,
    double Current,
    double Equity,
    double Total,
    double InfluenceMoved,
    double Headroom,
    double EquityAtRisk,
    double RetentionPoint,
    int BelowZero,
    double LossBelowZero,
    Concentration CurrentConcentration,
    Concentration PotentialConcentration,
    IReadOnlyList<PortfolioGroup> Quadrants,
    IReadOnlyList<PortfolioGroup> Stages,
    IReadOnlyList<PortfolioGroup> Recommendations,
    WinAndKeep? WinAndKeep)
{
    /// <summary>Churn probability above which staying is not extrapolated further.</summary>
    public const double MostChurn = 0.95;

    internal static PortfolioSummary Of(CustomerStrategies strategies)
    {
        double realised = 0, current = 0, equity = 0, moved = 0, headroom = 0, risk = 0, point = 0, loss = 0;
        int below = 0;
        for (int i = 0; i < strategies.Count; i++)
        {
            double potential = strategies.Potential[i], churn = strategies.ChurnProbability[i];
            realised += strategies.Realised[i];
            current += strategies.Current[i];
            equity += potential;
            moved += Math.Max(0, strategies.Influence[i]);
            headroom += strategies.Headroom[i];
            risk += Math.Max(0, potential) * churn;
            point += 0.01 * Math.Max(0, potential) / (1 - Math.Min(churn, MostChurn));
            if (strategies.Current[i] < 0)
            {
                below++;
                loss += strategies.Current[i];
            }
        }
        return new PortfolioSummary(strategies.AsOf, strategies.Count, realised, current, equity, realised + equity, moved, headroom, risk, point, below, loss,
            Concentration.Of(strategies.Current), Concentration.Of(strategies.Potential),
            PortfolioGroup.By(strategies, strategies.Quadrant), PortfolioGroup.By(strategies, strategies.Stage), PortfolioGroup.By(strategies, strategies.Recommendation),
            Portfolio.WinAndKeep.Of(strategies));
    }
}
