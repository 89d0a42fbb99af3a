using CustomerValue.Data.Windows;

namespace CustomerValue.Strategy.Portfolio;

/// <summary>What it costs to win a customer against what it costs to keep one.</summary>
/// <param name="NewCustomers">Customers whose first purchase lies in the last 365 days.</param>
/// <param name="CostToWin">Mean acquisition cost of a new customer; money.</param>
/// <param name="KeptCustomers">Older customers who bought in the last 365 days.</param>
/// <param name="CostToKeep">Mean cost to serve of a kept customer in the last 365 days; money a year.</param>
/// <param name="Ratio">Cost to win over cost to keep; null where keeping cost nothing.</param>
/// <param name="PotentialOfNew">Mean potential value of a new customer: winning pays while it exceeds the cost to win.</param>
public sealed record WinAndKeep(int NewCustomers, double CostToWin, int KeptCustomers, double CostToKeep, double? Ratio, double PotentialOfNew)
{

    /// <summary>The comparison, or null where costs to win or to serve are unknown, or nobody was won or kept.</summary>
    internal static WinAndKeep? Of(CustomerStrategies strategies)
    {
        StrategyInput input = strategies.Input;
        if (input.AcquisitionCost is not { } win || input.YearCostToServe is not { } serve)
            return null;
        int won = 0, kept = 0;
        double winning = 0, keeping = 0, potential = 0;
        for (int i = 0; i < input.Count; i++)
        {
            if (input.TenureDays[i] <= DaysIn.Year)
            {
                won++;
                winning += win[i];
                potential += strategies.Potential[i];
            }
            else if (input.SinceLastDays[i] <= DaysIn.Year)
            {
                kept++;
                keeping += serve[i];
            }
        }
        return won == 0 || kept == 0 ? null : new WinAndKeep(won, winning / won, kept, keeping / kept, keeping > 0 ? winning / won / (keeping / kept) : null, potential / won);
    }
}
