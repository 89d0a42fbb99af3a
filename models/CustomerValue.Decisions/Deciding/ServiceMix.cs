using CustomerValue.Data.Windows;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Deciding;

/// <summary>What serving the customers of one strategy costs, before and after a plan.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Customers">Its customers.</param>
/// <param name="Today">What serving them costs a year, by activity rates; money.</param>
/// <param name="Treated">How many the plan gives an action.</param>
/// <param name="Spent">What those actions cost, fixed costs shared by head; money.</param>
/// <param name="Freed">What serving them costs less while effects last, negative where it costs more; money.</param>
/// <param name="Channels">Contacts by channel, most first.</param>
/// <param name="Gain">What the actions should earn after cost, what is freed included; money.</param>
public sealed record ServiceShare(string Strategy, int Customers, double Today, int Treated, double Spent, double Freed, IReadOnlyList<(Channel Channel, int Contacts)> Channels, double Gain)
{
    /// <summary>What serving them costs in the year of the plan; money.</summary>
    public double After => Today - Freed + Spent;
}

/// <summary>Service by strategy: where money goes and where it is freed, as one sum.</summary>
/// <param name="Shares">Strategies that have customers, dearest per customer today first.</param>
/// <param name="CostKnown">Whether any cost to serve is known.</param>
public sealed record ServiceMix(IReadOnlyList<ServiceShare> Shares, bool CostKnown)
{

    /// <summary>Cost to serve of a year today.</summary>
    public double Today => Shares.Sum(share => share.Today);

    /// <summary>What the plan spends.</summary>
    public double Spent => Shares.Sum(share => share.Spent);

    /// <summary>What it frees, less what serving costs more elsewhere.</summary>
    public double Freed => Shares.Sum(share => share.Freed);

    /// <summary>The service of a plan.</summary>
    public static ServiceMix Of(DecisionPlan plan)
    {
        Dictionary<string, List<int>> rows = [];
        for (int i = 0; i < plan.Customers.Count; i++)
        {
            if (!rows.TryGetValue(plan.Customers.Strategy[i], out List<int>? own))
                rows[plan.Customers.Strategy[i]] = own = [];
            own.Add(i);
        }
        double[] fixedCost = [.. plan.Playbook.Actions.Select((action, a) => plan.Actions.FirstOrDefault(share => share.Action == a) is { } used ? action.FixedCost / used.Customers : 0)];
        return new ServiceMix(
            [.. rows.Select(group => Share(plan, group.Key, group.Value, fixedCost)).OrderByDescending(share => share.Today / share.Customers).ThenBy(share => share.Strategy, StringComparer.Ordinal)],
            plan.Customers.YearCost.Any(cost => cost != 0));
    }

    private static ServiceShare Share(DecisionPlan plan, string strategy, List<int> rows, double[] fixedCost)
    {
        double spent = 0, freed = 0, gain = 0;
        int treated = 0;
        Dictionary<Channel, int> channels = [];
        foreach (int i in rows)
        {
            int a = plan.ActionOf(i);
            if (a < 0)
                continue;
            PlaybookAction action = plan.Playbook.Actions[a];
            treated++;
            spent += action.CostPerCustomer + fixedCost[a];
            freed -= (action.EffectOn(EffectKind.CostToServe)?.Mean ?? 0) * plan.Customers.YearCost[i] * Math.Min(action.LastsDays, DaysIn.Year) / DaysIn.Year;
            gain += plan.Model.Of(i, action).Gain - fixedCost[a];
            channels[action.Channel] = channels.GetValueOrDefault(action.Channel) + 1;
        }
        return new ServiceShare(strategy, rows.Count, rows.Sum(i => plan.Customers.YearCost[i]), treated, spent, freed,
            [.. channels.Select(pair => (pair.Key, pair.Value)).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Id, StringComparer.Ordinal)], gain);
    }
}
