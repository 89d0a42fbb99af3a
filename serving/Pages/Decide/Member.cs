using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Serving.Pages.Decide;

/// <summary>A customer who gets an action.</summary>
/// <param name="Row">Index of the customer.</param>
/// <param name="Action">Index of the action.</param>
/// <param name="Gain">What it should earn.</param>
internal readonly record struct Member(int Row, int Action, ExpectedGain Gain)
{
    /// <summary>Those of a plan that bring most, at most so many.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="action">The action; null for all.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<Member> First(DecisionPlan plan, int? action, int most)
    {
        PriorityQueue<Member, double> best = new();
        for (int row = 0; row < plan.Customers.Count; row++)
        {
            int own = plan.ActionOf(row);
            if (own < 0 || (action is { } wanted && own != wanted))
                continue;
            Member member = Of(plan, row, own);
            if (best.Count < most)
                best.Enqueue(member, member.Gain.Gain);
            else if (best.TryPeek(out _, out double least) && member.Gain.Gain > least)
                best.EnqueueDequeue(member, member.Gain.Gain);
        }
        return [.. best.UnorderedItems.Select(item => item.Element).OrderByDescending(member => member.Gain.Gain).ThenBy(member => member.Row)];
    }

    public static Member Of(DecisionPlan plan, int row, int action) => Of(plan.Model, plan.Playbook, row, action);

    public static Member Of(GainModel gains, ActionPlaybook playbook, int row, int action) => new(row, action, gains.Of(row, playbook.Actions[action]));

    /// <summary>The action that comes nearest to earning its cost for somebody who gets none; null where none is for them.</summary>
    public static Member? Nearest(DecisionPlan plan, int row) => Nearest(plan.Customers, plan.Model, plan.Playbook, row);

    /// <inheritdoc cref="Nearest(DecisionPlan, int)"/>
    public static Member? Nearest(DecisionCustomers customers, GainModel gains, ActionPlaybook playbook, int row)
    {
        Member? best = null;
        foreach ((int number, PlaybookAction action) in playbook.Actions.Index())
            if (action.Strategies.Contains(customers.Strategy[row], StringComparer.Ordinal) && Of(gains, playbook, row, number) is var one && (best is null || one.Gain.Gain > best.Value.Gain.Gain))
                best = one;
        return best;
    }
}
