using CustomerValue.Data.Text;
using CustomerValue.Data.Transactions;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Talking;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Decisions.Campaigns;

/// <summary>The list of an arm as whoever contacts its customers gets it.</summary>
public static class ContactList
{
    private const int LastPurchases = 3;

    private static readonly string[] s_columns = ["customer_id", "campaign", "arm", "action", "action_name", "channel", "service_level", "strategy", "buying_probability", "expected_spend", "start", "talking_points"];

    /// <summary>The list, a CSV file.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="assignment">Who gets what.</param>
    /// <param name="arm">The arm, 1 or more: the control group is on no list.</param>
    /// <param name="playbook">The playbook of the plan.</param>
    /// <param name="rows">Its customers, by index.</param>
    /// <param name="log">Their transactions, for what was bought last; null without.</param>
    /// <param name="language">Language of names.</param>
    public static byte[] Csv(CampaignPlan plan, CampaignAssignment assignment, int arm, ActionPlaybook playbook, IEnumerable<int> rows, TransactionLog? log, Language language)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(arm, 1);
        PlaybookAction? action = playbook.Actions.FirstOrDefault(one => one.Id == plan.Arms[arm].Action);
        using MemoryStream stream = new();
        using (CsvWriter csv = new(stream, s_columns))
            foreach (int i in rows)
            {
                csv.Text(assignment.Ids[i]);
                csv.Text(plan.Name);
                csv.Text(plan.Arms[arm].Id);
                csv.Text(plan.Arms[arm].Action);
                csv.Text(action?.Name.In(language));
                csv.Text(action?.Channel.Id);
                csv.Text(action?.ServiceLevel.In(language));
                csv.Text(assignment.Strategy[i]);
                csv.Number(assignment.BuyingProbability[i]);
                csv.Number(assignment.ExpectedSpend[i]);
                csv.Day(plan.Start);
                IReadOnlyList<LastPurchase> purchases = log?.Customers.Find(assignment.Ids[i]) is >= 0 and int code ? LastPurchase.Of(log, code, plan.Start, LastPurchases) : [];
                csv.Text(string.Join(' ', TalkingPoints.Of(action, purchases, language)));
                csv.EndRow();
            }
        return stream.ToArray();
    }
}
