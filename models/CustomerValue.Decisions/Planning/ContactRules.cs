using CustomerValue.Decisions.Contacts;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Planning;

/// <summary>When a customer may be contacted, and for what.</summary>
/// <param name="book">What is known of contacts.</param>
/// <param name="playbook">The actions.</param>
/// <param name="options">Days between contacts.</param>
public sealed class ContactRules(ContactBook book, ActionPlaybook playbook, ContactPlanOptions options)
{
    private readonly Dictionary<string, PlaybookAction> _actions = playbook.Actions.ToDictionary(action => action.Id, StringComparer.Ordinal);

    /// <summary>What a contact beside an action would be for, most urgent first; <see cref="ContactPurpose.Action"/> for nothing.</summary>
    public ContactPurpose Purpose(int customer) => book.Histories[customer] switch
    {
        { OpenComplaint: not null } => ContactPurpose.Complaint,
        { OpenPromise.PromiseDue: { } due } when due < book.Calendar.End => ContactPurpose.Promise,
        { KeptPromise: not null } => ContactPurpose.Thanks,
        _ => ContactPurpose.Action,
    };

    /// <summary>Whether a customer may get an action within the plan's days: not where contact is forbidden, a complaint is open, it was done once for all, or its day would come too late.</summary>
    public bool MayGet(int customer, int action) =>
        !book.DoNotContact[customer] && book.Histories[customer].OpenComplaint is null
        && (playbook.Actions[action].CadenceDays is not null || book.Histories[customer].LastOf(playbook.Actions[action].Id) is null)
        && book.Calendar.IndexFrom(Earliest(customer, action)) < book.Calendar.WorkingDays.Count;

    /// <summary>First day on which a customer may be contacted: for a complaint as soon as the last contact is past, for a promise when it is due, for thanks as soon as cooling-off allows, for an action when the customer's own rhythm expects a purchase.</summary>
    /// <param name="customer">Index of the customer.</param>
    /// <param name="action">Index of the action, or -1 for none.</param>
    public DateOnly Earliest(int customer, int action)
    {
        ContactHistory history = book.Histories[customer];
        DateOnly day = book.Calendar.First;
        ContactPurpose purpose = Purpose(customer);
        if (purpose == ContactPurpose.Complaint)
            return Later(day, history.Last!.Day.AddDays(options.ComplaintDays));
        if (history.Last is { } last)
            day = Later(day, last.Day.AddDays(options.CoolingOffDays * history.Patience));
        foreach (ContactRecord record in history.Records)
            if (_actions.TryGetValue(record.Action, out PlaybookAction? done))
                day = Later(day, record.Day.AddDays(done.CooldownDays));
        if (action >= 0 && playbook.Actions[action] is { CadenceDays: { } cadence } again && history.LastOf(again.Id) is { } before)
            day = Later(day, before.Day.AddDays(cadence));
        return purpose switch
        {
            ContactPurpose.Promise => Later(day, history.OpenPromise!.PromiseDue!.Value),
            ContactPurpose.Thanks => day,
            _ => Later(day, Rhythm(customer)),
        };
    }

    /// <summary>The day the customer's own rhythm expects the next purchase; the first day where it expects none, as such a customer is late already.</summary>
    public DateOnly Rhythm(int customer) =>
        book.RhythmDays[customer] is var days && double.IsFinite(days) ? book.Calendar.First.AddDays((int)Math.Min(days, 36_500)) : book.Calendar.First;

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
