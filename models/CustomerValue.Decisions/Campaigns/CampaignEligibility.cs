using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Expressions;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Campaigns;

/// <summary>Who of a segment may take part in a campaign.</summary>
public static class CampaignEligibility
{
    /// <summary>Leaves out who may not get one of the arms: everyone in the draw must be able to get each, or the groups would differ by more than chance.</summary>
    /// <param name="actions">Actions of the arms.</param>
    /// <param name="playbook">The playbook.</param>
    /// <param name="table">The customers.</param>
    /// <param name="chosen">Whether each customer is meant; is changed.</param>
    /// <param name="findings">Takes how many were left out.</param>
    public static void LeaveOut(IReadOnlyList<string> actions, ActionPlaybook playbook, ExpressionTable table, bool[] chosen, List<Finding> findings)
    {
        int before = chosen.Count(one => one);
        foreach (PlaybookAction action in playbook.Actions.Where(action => actions.Contains(action.Id, StringComparer.Ordinal)))
        {
            bool[]? may = action.Eligibility?.Holds(table), never = action.Never?.Holds(table), consents = action.Channel.Consent?.Holds(table);
            for (int i = 0; i < chosen.Length; i++)
                chosen[i] &= (may?[i] ?? true) && !(never?[i] ?? false) && (consents?[i] ?? true);
        }
        int left = before - chosen.Count(one => one);
        if (left > 0)
            findings.Add(new Finding("not-eligible", Severity.Information, $"{left} of {before} customers of the segment may not get one of the arms by the playbook and were left out.", "Plan a campaign of their own for them."));
    }

    /// <summary>Leaves out whom another campaign contacts in the same days.</summary>
    /// <param name="others">The other campaigns.</param>
    /// <param name="design">What is wanted of this one.</param>
    /// <param name="ids">Customer ids in ordinal order.</param>
    /// <param name="chosen">Whether each customer is meant; is changed.</param>
    public static void LeaveOutContacted(IEnumerable<(CampaignPlan Plan, CampaignAssignment Assignment)> others, CampaignDesign design, string[] ids, bool[] chosen)
    {
        foreach ((CampaignPlan plan, CampaignAssignment assignment) in others.Where(other => other.Plan.Start < design.Start.AddDays(design.OutcomeDays) && design.Start < other.Plan.End))
            for (int i = 0; i < assignment.Count; i++)
                if (assignment.Arm[i] > 0 && Array.BinarySearch(ids, assignment.Ids[i], StringComparer.Ordinal) is >= 0 and int row)
                    chosen[row] = false;
    }
}
