using System.Globalization;
using System.Numerics;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Optimisation;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Strategy.Numerics;

namespace CustomerValue.Decisions.Deciding;

/// <summary>Decides which customers get which action, so that the whole earns most within money and capacities.</summary>
public static class Decider
{
    private const int MostExplored = 1;
    private static readonly double[] s_curve = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];

    /// <summary>Decides.</summary>
    /// <exception cref="BadDataException">The limits cannot hold together, or the budget buys nothing.</exception>
    public static DecisionPlan Decide(DecisionCustomers customers, ActionPlaybook playbook, DecisionOptions options, CancellationToken cancellation = default)
    {
        GainModel model = new(customers, options.NewCustomerValue);
        OptionTable table = new(customers, playbook, model, options.Threads, cancellation, options.MayGet);
        bool[] dropped = new bool[playbook.Actions.Count];
        CheckBudget(playbook, options);
        PlanSolution solution = Solve(options.Budget, [], dropped);
        InformationValues values = new(table, playbook, model, options);
        IReadOnlyList<InformationValue> information = [.. Enumerable.Range(0, playbook.Actions.Count).Where(a => !dropped[a] && solution.Feasible)
            .Select(a => values.Of(a, Count(solution, a), options.ExplorationShare > 0 ? options.ExplorationShare * (options.Budget ?? 0) : options.Budget ?? double.PositiveInfinity)).OfType<InformationValue>().OrderByDescending(value => value.Value - value.Loss)];
        List<InformationValue> explored = Explored(information, solution, playbook, options);
        if (explored.Count > 0 && Solve(options.Budget, explored, dropped) is { Feasible: true } exploring)
            solution = exploring;
        else
            explored.Clear();
        if (!solution.Feasible)
            throw new BadDataException($"The limits cannot hold together: {string.Join("; ", solution.Relaxations.Select(Words))}.");

        List<CurvePoint> curve = [];
        PlanSolution unlimited = Solve(null, [], (bool[])dropped.Clone(), final: false);
        double whole = options.Budget ?? unlimited.Cost + Fixed(unlimited);
        foreach (double share in whole > 0 ? options.CurveShares ?? (options.Budget is null ? [] : s_curve) : [])
            if (Solve(share * whole, [], (bool[])dropped.Clone(), final: false) is { Feasible: true } point)
                curve.Add(new CurvePoint(share * whole, point.Cost + Fixed(point), point.Gain - Fixed(point)));
        return Sum(customers, playbook, model, table, solution, explored) with
        {
            Information = information,
            SimpleRules = SimpleRules.All(customers, playbook, table, options),
            Curve = curve,
            Unlimited = new CurvePoint(unlimited.Cost + Fixed(unlimited), unlimited.Cost + Fixed(unlimited), unlimited.Gain - Fixed(unlimited)),
        };

        double Fixed(PlanSolution plan) => Used(plan).Sum(a => playbook.Actions[a].FixedCost);

        // Fixed costs are paid where an action is used at all: what does not earn its own is dropped, the least earner first, and the rest shares the money that is left.
        PlanSolution Solve(double? budget, IReadOnlyList<InformationValue> explore, bool[] unused, bool final = true)
        {
            double reserved = 0;
            while (true)
            {
                PlanProblem problem = new()
                {
                    Customers = customers.Count,
                    Actions = table.Actions,
                    Gain = table.Worthwhile(options.LeastReturn, unused, explore),
                    Cost = table.Cost,
                    Limits = Limits(playbook, options, budget is { } money ? Math.Max(0, money - reserved) : null, explore),
                };
                PlanSolution plan = PlanOptimiser.Solve(problem, new OptimiserOptions { Threads = options.Threads, Effort = final ? options.Effort : options.Effort / 20 }, cancellation);
                double[] gains = new double[table.Actions];
                for (int i = 0; i < plan.Sets.Length; i++)
                    if (plan.Sets[i] != 0)
                        gains[BitOperations.TrailingZeroCount(plan.Sets[i])] += table.Gain[i * table.Actions + BitOperations.TrailingZeroCount(plan.Sets[i])];
                int[] losing = [.. Used(plan).Where(a => gains[a] < playbook.Actions[a].FixedCost && !explore.Any(value => value.Action == a)).OrderBy(a => gains[a] - playbook.Actions[a].FixedCost)];
                if (losing.Length > 0)
                {
                    unused[losing[0]] = true;
                    continue;
                }
                double needed = Used(plan).Sum(a => playbook.Actions[a].FixedCost);
                if (budget is null || plan.Cost + needed <= budget + 1e-6 || !plan.Feasible || needed <= reserved)
                    return plan;
                reserved = needed;
            }
        }
    }

    private static IEnumerable<int> Used(PlanSolution plan)
    {
        ulong used = plan.Sets.Aggregate(0UL, (all, set) => all | set);
        for (; used != 0; used &= used - 1)
            yield return BitOperations.TrailingZeroCount(used);
    }

    private static int Count(PlanSolution plan, int action) => plan.Sets.Count(set => (set >> action & 1) != 0);

    private static List<Limit> Limits(ActionPlaybook playbook, DecisionOptions options, double? budget, IReadOnlyList<InformationValue> explore)
    {
        List<Limit> limits = [];
        if (budget is { } money)
            limits.Add(Limit.Budget(money));
        foreach (Channel channel in playbook.Channels.Where(channel => channel.DailyCapacity is not null))
            limits.Add(new Limit($"capacity of {channel.Id}", LimitMeasure.Units) { UnitsByAction = Units(action => action.Channel == channel), Most = Math.Floor(channel.DailyCapacity!.Value * options.WorkingDays), Chinese = $"{channel.Name.Chinese}的接触能力" });
        foreach (PlaybookAction action in playbook.Actions.Where(action => action.DailyCapacity is not null))
            limits.Add(new Limit($"capacity of {action.Id}", LimitMeasure.Units) { UnitsByAction = Units(other => other == action), Most = Math.Floor(action.DailyCapacity!.Value * options.WorkingDays), Chinese = $"{action.Name.Chinese}的执行能力" });
        foreach (OwnerHands hands in options.Hands)
            limits.Add(new Limit($"{hands.Channel} by {hands.Owner}", LimitMeasure.Units)
            {
                Members = hands.Members,
                UnitsByAction = Units(action => action.Channel.Id == hands.Channel),
                Most = Math.Floor(hands.Daily * options.WorkingDays),
                Chinese = $"{hands.Owner}的{playbook.Channels.Single(channel => channel.Id == hands.Channel).Name.Chinese}接触能力",
            });
        foreach (SegmentLimit segment in options.Segments)
            limits.Add(new Limit(segment.Name, LimitMeasure.Money) { Members = segment.Members, Least = segment.Least, Most = segment.Most, LeastShare = segment.LeastShare });
        foreach (InformationValue value in explore)
            limits.Add(new Limit($"measuring {playbook.Actions[value.Action].Id}", LimitMeasure.Units) { UnitsByAction = Units(other => other == playbook.Actions[value.Action]), Least = value.Contacts, Chinese = $"为测量{playbook.Actions[value.Action].Name.Chinese}" });
        if (limits.Count > PlanProblem.MaxLimits)
            throw new BadDataException($"Found {limits.Count} limits of budget, channels, actions and owners, expected at most {PlanProblem.MaxLimits}; let owners share a line of the capacity file, as a team.");
        return limits;

        double[] Units(Func<PlaybookAction, bool> counts) => [.. playbook.Actions.Select(action => counts(action) ? 1.0 : 0)];
    }

    private static List<InformationValue> Explored(IReadOnlyList<InformationValue> information, PlanSolution solution, ActionPlaybook playbook, DecisionOptions options)
    {
        double left = options.ExplorationShare * (options.Budget ?? 0);
        List<InformationValue> chosen = [];
        foreach (InformationValue value in information.Where(value => value.Value > value.Loss))
        {
            double more = (value.Contacts - Count(solution, value.Action)) * playbook.Actions[value.Action].CostPerCustomer;
            if (chosen.Count == MostExplored || options.ExplorationShare == 0 || more > left)
                continue;
            chosen.Add(value);
            left -= more;
        }
        return chosen;
    }

    private static DecisionPlan Sum(DecisionCustomers customers, ActionPlaybook playbook, GainModel model, OptionTable table, PlanSolution solution, List<InformationValue> explored)
    {
        int actions = table.Actions;
        double[][] stakes = [.. playbook.Actions.Select(action => new double[action.Effects.Count])];
        double[] gains = new double[actions], own = new double[actions];
        int[] counts = new int[actions];
        for (int i = 0; i < customers.Count; i++)
        {
            if (solution.Sets[i] == 0)
                continue;
            int a = BitOperations.TrailingZeroCount(solution.Sets[i]);
            ExpectedGain gain = model.Of(i, playbook.Actions[a]);
            own[a] += gain.ForecastVariance;
            gains[a] += gain.Gain;
            counts[a]++;
            for (int e = 0; e < stakes[a].Length; e++)
                stakes[a][e] += gain.Stake[e];
        }
        double variance = 0, assumed = 0, brought = 0, total = 0, cost = 0;
        List<ActionShare> shares = [];
        for (int a = 0; a < actions; a++)
        {
            PlaybookAction action = playbook.Actions[a];
            double shared = 0;
            for (int e = 0; e < stakes[a].Length; e++)
            {
                Effect effect = action.Effects[e];
                double part = effect.Deviation * stakes[a][e];
                shared += part * part;
                brought += Math.Abs(effect.Mean * stakes[a][e]);
                assumed += effect.IsAssumed ? Math.Abs(effect.Mean * stakes[a][e]) : 0;
            }
            variance += own[a] + shared;
            if (counts[a] == 0)
                continue;
            double spent = counts[a] * action.CostPerCustomer + action.FixedCost;
            shares.Add(new ActionShare(a, counts[a], spent, gains[a] - action.FixedCost, explored.Find(value => value.Action == a)?.Contacts ?? 0)
            {
                Low = gains[a] - action.FixedCost - Normal.Z90 * Math.Sqrt(own[a] + shared),
                High = gains[a] - action.FixedCost + Normal.Z90 * Math.Sqrt(own[a] + shared),
            });
            total += gains[a] - action.FixedCost;
            cost += spent;
        }
        double deviation = Normal.Z90 * Math.Sqrt(variance);
        return new DecisionPlan
        {
            Customers = customers,
            Playbook = playbook,
            Solution = solution,
            Model = model,
            Actions = [.. shares.OrderByDescending(share => share.Gain)],
            Gain = total,
            Low = total - deviation,
            High = total + deviation,
            Cost = cost,
            AssumedShare = brought > 0 ? assumed / brought : 0,
            Information = [],
            SimpleRules = [],
            Curve = [],
            Unlimited = new CurvePoint(0, 0, 0),
        };
    }

    private static void CheckBudget(ActionPlaybook playbook, DecisionOptions options)
    {
        if (options.Budget is not { } budget)
            return;
        PlaybookAction cheapest = playbook.Actions.MinBy(action => action.CostPerCustomer + action.FixedCost)!;
        if (!(budget >= 0) || !double.IsFinite(budget) || budget < cheapest.CostPerCustomer + cheapest.FixedCost)
            throw new BadDataException(string.Create(CultureInfo.InvariantCulture, $"The budget is {budget:0.##}, and the cheapest action, '{cheapest.Id}', costs {cheapest.CostPerCustomer + cheapest.FixedCost:0.##} for one customer; give more money, or a playbook of cheaper actions."));
    }

    private static string Words(Relaxation relaxation) => string.Create(CultureInfo.InvariantCulture,
        $"{relaxation.Side} of '{relaxation.Limit.Name}' is {relaxation.Now:0.##}{(relaxation.Side == "share" ? $", short by {relaxation.Needed:0.##}" : $", {relaxation.Needed:0.##} would do")}{(relaxation.Alone ? "" : " together with the others")}");
}
