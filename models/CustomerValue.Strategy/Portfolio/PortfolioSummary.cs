namespace CustomerValue.Strategy.Portfolio;

/// <summary>The base as a portfolio. Every sum is the sum over customers; influence only moves value between them and is in no total.</summary>
/// <remarks>
/// Equity at risk is the sum of potential value times churn probability. A point of retention: a customer who stays within the horizon brings
/// potential / (1 - churn), so keeping one more of a hundred brings a hundredth of it (churn is capped at <see cref="MostChurn"/>); Gupta, Lehmann and Stuart (2004) ask the same of a firm.
/// </remarks>
public sealed record PortfolioSummary
{
    /// <summary>First day of the future.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Customers.</summary>
    public required int Customers { get; init; }

    /// <summary>Sum of realised values.</summary>
    public required double Realised { get; init; }

    /// <summary>Sum of current values, a year.</summary>
    public required double Current { get; init; }

    /// <summary>Customer equity: sum of potential values.</summary>
    public required double Equity { get; init; }

    /// <summary>Realised + equity.</summary>
    public required double Total { get; init; }

    /// <summary>Value credited to customers for others; those others' own values hold it already.</summary>
    public required double InfluenceMoved { get; init; }

    /// <summary>Sum of headrooms.</summary>
    public required double Headroom { get; init; }

    /// <summary>Potential value times churn probability, summed.</summary>
    public required double EquityAtRisk { get; init; }

    /// <summary>Equity gained if every customer's churn probability were one point lower.</summary>
    public required double RetentionPoint { get; init; }

    /// <summary>Customers of negative current value.</summary>
    public required int BelowZero { get; init; }

    /// <summary>Sum of their current values; money a year, negative.</summary>
    public required double LossBelowZero { get; init; }

    /// <summary>How current value is spread.</summary>
    public required Concentration CurrentConcentration { get; init; }

    /// <summary>How potential value is spread.</summary>
    public required Concentration PotentialConcentration { get; init; }

    /// <summary>Money by quadrant.</summary>
    public required IReadOnlyList<PortfolioGroup> Quadrants { get; init; }

    /// <summary>Money by lifecycle stage.</summary>
    public required IReadOnlyList<PortfolioGroup> Stages { get; init; }

    /// <summary>Money by recommendation.</summary>
    public required IReadOnlyList<PortfolioGroup> Recommendations { get; init; }

    /// <summary>Cost to win against cost to keep; null where costs are unknown.</summary>
    public required WinAndKeep? WinAndKeep { get; init; }

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
        return new PortfolioSummary
        {
            AsOf = strategies.AsOf,
            Customers = strategies.Count,
            Realised = realised,
            Current = current,
            Equity = equity,
            Total = realised + equity,
            InfluenceMoved = moved,
            Headroom = headroom,
            EquityAtRisk = risk,
            RetentionPoint = point,
            BelowZero = below,
            LossBelowZero = loss,
            CurrentConcentration = Concentration.Of(strategies.Current),
            PotentialConcentration = Concentration.Of(strategies.Potential),
            Quadrants = PortfolioGroup.By(strategies, strategies.Quadrant),
            Stages = PortfolioGroup.By(strategies, strategies.Stage),
            Recommendations = PortfolioGroup.By(strategies, strategies.Recommendation),
            WinAndKeep = Portfolio.WinAndKeep.Of(strategies),
        };
    }
}
