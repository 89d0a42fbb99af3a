using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Deciding;

/// <summary>What people do without a plan: one action for the top of a list until money or hands run out.</summary>
internal static class SimpleRules
{
    public static IReadOnlyList<SimpleRule> All(DecisionCustomers customers, ActionPlaybook playbook, OptionTable table, DecisionOptions options)
    {
        double budget = options.Budget ?? double.PositiveInfinity;
        int[] rows = [.. Enumerable.Range(0, customers.Count)];
        return
        [
            Best("top-by-churn", [.. rows.OrderByDescending(i => customers.ChurnProbability[i])]),
            Best("top-by-value", [.. rows.OrderByDescending(i => customers.Potential[i])]),
            Best("everybody", rows),
        ];

        SimpleRule Best(string rule, int[] order)
        {
            SimpleRule? best = null;
            for (int a = 0; a < table.Actions; a++)
            {
                SimpleRule one = One(rule, order, a);
                best = best is null || one.Gain > best.Gain ? one : best;
            }
            return best!;
        }

        SimpleRule One(string rule, int[] order, int action)
        {
            PlaybookAction what = playbook.Actions[action];
            double room = Math.Min(what.DailyCapacity ?? double.PositiveInfinity, what.Channel.DailyCapacity ?? double.PositiveInfinity) * options.WorkingDays;
            double cost = what.FixedCost, gain = -what.FixedCost;
            int count = 0;
            foreach (int i in order)
            {
                double one = table.Gain[i * table.Actions + action];
                if (double.IsNaN(one))
                    continue;
                if (count + 1 > room || cost + what.CostPerCustomer > budget)
                    break;
                (count, cost, gain) = (count + 1, cost + what.CostPerCustomer, gain + one);
            }
            return count == 0 ? new SimpleRule(rule, action, 0, 0, 0) : new SimpleRule(rule, action, count, cost, gain);
        }
    }
}
