namespace CustomerValue.Strategy.Portfolio;

/// <summary>Money of the customers of one label.</summary>
/// <param name="Label">Name of the quadrant, stage or recommendation, as in code.</param>
/// <param name="Customers">How many.</param>
/// <param name="Realised">Sum of realised values.</param>
/// <param name="Current">Sum of current values, a year.</param>
/// <param name="Potential">Sum of potential values.</param>
/// <param name="Headroom">Sum of headrooms.</param>
/// <param name="AtRisk">Sum of potential value times churn probability.</param>
public sealed record PortfolioGroup(string Label, int Customers, double Realised, double Current, double Potential, double Headroom, double AtRisk)
{
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
            groups.Add(new PortfolioGroup(label.ToString(), customers, realised, current, potential, headroom, risk));
        }
        return groups;
    }
}
