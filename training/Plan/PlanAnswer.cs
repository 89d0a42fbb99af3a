using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Training.Plan;

/// <summary>What <c>plan --json</c> gives: the plan in sums. Contacts one by one are in the file.</summary>
internal sealed record PlanAnswer(
    string ModelVersion,
    string PlaybookHash,
    DateOnly AsOf,
    DateOnly Through,
    int WorkingDays,
    bool RhythmCalibrated,
    int Customers,
    int Planned,
    int Later,
    int NoCapacity,
    int DoNotContact,
    double Cost,
    double ExpectedGain,
    IReadOnlyDictionary<string, int> Purposes,
    IReadOnlyList<OwnerAnswer> Owners,
    string? Out,
    IReadOnlyList<string> Calendars,
    IReadOnlyList<string> Sheets,
    IReadOnlyList<Finding> Findings)
{
    public static PlanAnswer Of(PlanOutcome outcome, string? file, IReadOnlyList<string> calendars, IReadOnlyList<string> sheets)
    {
        ContactPlan plan = outcome.Plan;
        PlannedContact[] planned = [.. plan.Contacts.Where(contact => contact.State == ContactState.Planned)];
        return new PlanAnswer(plan.Decisions.Customers.ModelVersion, plan.Decisions.Playbook.Hash, plan.Book.Calendar.First, plan.Book.Calendar.End.AddDays(-1), plan.WorkingDays, outcome.Rhythm.IsCalibrated,
            plan.Decisions.Customers.Count, planned.Length, plan.Count(ContactState.Later), plan.Count(ContactState.NoCapacity), plan.Count(ContactState.DoNotContact),
            planned.Sum(contact => contact.Action < 0 ? contact.Channel.Cost : plan.Decisions.Playbook.Actions[contact.Action].CostPerCustomer),
            planned.Sum(contact => contact.Action < 0 ? 0 : plan.Decisions.Model.Of(contact.Customer, plan.Decisions.Playbook.Actions[contact.Action]).Gain),
            Enum.GetValues<ContactPurpose>().ToDictionary(StrategyNames.Of, purpose => planned.Count(contact => contact.Purpose == purpose)),
            [.. planned.GroupBy(contact => contact.Owner, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new OwnerAnswer(group.Key, group.Count(), group.Min(contact => contact.Day!.Value)))],
            file, calendars, sheets, outcome.Findings);
    }
}

/// <summary>What an owner has to do.</summary>
internal sealed record OwnerAnswer(string Owner, int Contacts, DateOnly First);
