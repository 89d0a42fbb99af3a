using CustomerValue.Data.Windows;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Deciding;

/// <summary>What serving the customers of one strategy costs, before and after a plan.</summary>
public sealed record ServiceShare
{
    /// <summary>The strategy.</summary>
    public required string Strategy { get; init; }

    /// <summary>Its customers.</summary>
    public required int Customers { get; init; }

    /// <summary>What serving them costs a year, by activity rates; money.</summary>
    public required double Today { get; init; }

    /// <summary>Of that, what is known by activity, dearest first; money. Empty where no activities are known.</summary>
    public required IReadOnlyList<(string Activity, double Cost)> Activities { get; init; }

    /// <summary>How many the plan gives an action.</summary>
    public required int Treated { get; init; }

    /// <summary>What those actions cost, fixed costs shared by head; money.</summary>
    public required double Spent { get; init; }

    /// <summary>What serving them costs less while effects last, negative where it costs more; money.</summary>
    public required double Freed { get; init; }

    /// <summary>Contacts by channel, most first.</summary>
    public required IReadOnlyList<(Channel Channel, int Contacts)> Channels { get; init; }

    /// <summary>What the actions should earn after cost, what is freed included; money.</summary>
    public required double Gain { get; init; }

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
        return new ServiceShare
        {
            Strategy = strategy,
            Customers = rows.Count,
            Today = rows.Sum(i => plan.Customers.YearCost[i]),
            Activities = [.. plan.Customers.Activities.Select(one => (one.Activity, Cost: rows.Sum(i => one.YearCost[i]))).Where(one => one.Cost != 0).OrderByDescending(one => one.Cost).ThenBy(one => one.Activity, StringComparer.Ordinal)],
            Treated = treated,
            Spent = spent,
            Freed = freed,
            Channels = [.. channels.Select(pair => (pair.Key, pair.Value)).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Id, StringComparer.Ordinal)],
            Gain = gain,
        };
    }
}
