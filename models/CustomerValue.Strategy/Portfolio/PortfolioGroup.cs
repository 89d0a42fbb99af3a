namespace CustomerValue.Strategy.Portfolio;

/// <summary>Money of the customers of one label.</summary>
public sealed record PortfolioGroup
{
    /// <summary>Name of the quadrant, stage or recommendation, as in code.</summary>
    public required string Label { get; init; }

    /// <summary>How many.</summary>
    public required int Customers { get; init; }

    /// <summary>Sum of realised values.</summary>
    public required double Realised { get; init; }

    /// <summary>Sum of current values, a year.</summary>
    public required double Current { get; init; }

    /// <summary>Sum of potential values.</summary>
    public required double Potential { get; init; }

    /// <summary>Sum of headrooms.</summary>
    public required double Headroom { get; init; }

    /// <summary>Sum of potential value times churn probability.</summary>
    public required double AtRisk { get; init; }

    internal static IReadOnlyList<PortfolioGroup> By<TLabel>(CustomerStrategies strategies, TLabel[] labels)
        where TLabel : struct, Enum
    {
        List<PortfolioGroup> groups = [];
        foreach (TLabel label in Enum.GetValues<TLabel>())
        {
            int customers = 0;
            double realised = 0, current = 0, potential = 0, headroom = 0, risk = 0;
            for (int i = 0; i < labels.Length; i++)
            {
                if (!EqualityComparer<TLabel>.Default.Equals(labels[i], label))
                    continue;
                customers++;
                realised += strategies.Realised[i];
                current += strategies.Current[i];
                potential += strategies.Potential[i];
                headroom += strategies.Headroom[i];
                risk += Math.Max(0, strategies.Potential[i]) * strategies.ChurnProbability[i];
            }
            groups.Add(new PortfolioGroup
            {
                Label = label.ToString(),
                Customers = customers,
                Realised = realised,
                Current = current,
                Potential = potential,
                Headroom = headroom,
                AtRisk = risk,
            });
        }
        return groups;
    }
}
