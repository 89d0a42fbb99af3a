using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Training.Plan;

/// <summary>What <c>plan --json</c> gives: the plan in sums. Contacts one by one are in the file.</summary>
internal sealed record PlanAnswer
{
    public required string ModelVersion { get; init; }

    public required string PlaybookHash { get; init; }

    public required DateOnly AsOf { get; init; }

    public required DateOnly Through { get; init; }

    public required int WorkingDays { get; init; }

    public required bool RhythmCalibrated { get; init; }

    public required int Customers { get; init; }

    public required int Planned { get; init; }

    public required int Later { get; init; }

    public required int NoCapacity { get; init; }

    public required int DoNotContact { get; init; }

    public required double Cost { get; init; }

    public required double ExpectedGain { get; init; }

    public required IReadOnlyDictionary<string, int> Purposes { get; init; }

    public required IReadOnlyList<OwnerAnswer> Owners { get; init; }

    public required string? Out { get; init; }

    public required IReadOnlyList<string> Calendars { get; init; }

    public required IReadOnlyList<string> Sheets { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public static PlanAnswer Of(PlanOutcome outcome, string? file, IReadOnlyList<string> calendars, IReadOnlyList<string> sheets)
    {
        ContactPlan plan = outcome.Plan;
        PlannedContact[] planned = [.. plan.Contacts.Where(contact => contact.State == ContactState.Planned)];
        return new PlanAnswer
        {
            ModelVersion = plan.Decisions.Customers.ModelVersion,
            PlaybookHash = plan.Decisions.Playbook.Hash,
            AsOf = plan.Book.Calendar.First,
            Through = plan.Book.Calendar.End.AddDays(-1),
            WorkingDays = plan.WorkingDays,
            RhythmCalibrated = outcome.Rhythm.IsCalibrated,
            Customers = plan.Decisions.Customers.Count,
            Planned = planned.Length,
            Later = plan.Count(ContactState.Later),
            NoCapacity = plan.Count(ContactState.NoCapacity),
            DoNotContact = plan.Count(ContactState.DoNotContact),
            Cost = planned.Sum(contact => contact.Action < 0 ? contact.Channel.Cost : plan.Decisions.Playbook.Actions[contact.Action].CostPerCustomer),
            ExpectedGain = planned.Sum(contact => contact.Action < 0 ? 0 : plan.Decisions.Model.Of(contact.Customer, plan.Decisions.Playbook.Actions[contact.Action]).Gain),
            Purposes = Enum.GetValues<ContactPurpose>().ToDictionary(StrategyNames.Of, purpose => planned.Count(contact => contact.Purpose == purpose)),
            Owners = [.. planned.GroupBy(contact => contact.Owner, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new OwnerAnswer(group.Key, group.Count(), group.Min(contact => contact.Day!.Value)))],
            Out = file,
            Calendars = calendars,
            Sheets = sheets,
            Findings = outcome.Findings,
        };
    }
}

/// <summary>What an owner has to do.</summary>
internal sealed record OwnerAnswer(string Owner, int Contacts, DateOnly First);
