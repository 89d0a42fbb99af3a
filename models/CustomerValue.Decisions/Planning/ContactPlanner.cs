using CustomerValue.Decisions.Contacts;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Planning;

/// <summary>
/// Gives every wanted contact the first working day that the customer's own rhythm, cadence, cooling-off and everybody's hands allow. Complaints choose first, then promises, thanks, and actions
/// by what they should earn; so no contact that sells takes the place of an answer.
/// </summary>
public static class ContactPlanner
{
    /// <summary>Plans.</summary>
    /// <param name="decisions">Who gets which action; decided with <see cref="ContactRules.MayGet"/> so that no money goes to contacts that cannot take place.</param>
    /// <param name="book">What is known of contacts.</param>
    /// <param name="options">Days between contacts.</param>
    public static ContactPlan Plan(DecisionPlan decisions, ContactBook book, ContactPlanOptions options)
    {
        ActionPlaybook playbook = decisions.Playbook;
        ContactRules rules = new(book, playbook, options);
        CustomerKind[] kinds = CustomerKinds.Of(decisions.Customers, options.KeyAccountShare);
        Dictionary<string, Channel> channels = playbook.Channels.ToDictionary(channel => channel.Id, StringComparer.Ordinal);
        List<(PlannedContact Contact, double Gain)> wanted = [];
        for (int i = 0; i < decisions.Customers.Count; i++)
        {
            ContactPurpose purpose = rules.Purpose(i);
            int action = purpose == ContactPurpose.Complaint || book.DoNotContact[i] ? -1 : decisions.ActionOf(i);
            if (purpose == ContactPurpose.Action && action < 0 && !book.DoNotContact[i])
                continue;
            Channel channel = action >= 0 ? playbook.Actions[action].Channel : Through(book.Histories[i], purpose, channels, playbook);
            DateOnly? earliest = book.DoNotContact[i] ? null : rules.Earliest(i, action);
            wanted.Add((new PlannedContact
            {
                Customer = i,
                State = book.DoNotContact[i] ? ContactState.DoNotContact : ContactState.Later,
                Day = null,
                Earliest = earliest,
                Owner = book.Owners[i],
                Purpose = purpose,
                Action = action,
                Channel = channel,
                Kind = kinds[i],
            },
                action >= 0 ? decisions.Model.Of(i, playbook.Actions[action]).Gain : 0));
        }
        wanted.Sort((a, b) => a.Contact.Purpose != b.Contact.Purpose ? a.Contact.Purpose.CompareTo(b.Contact.Purpose)
            : a.Gain != b.Gain ? b.Gain.CompareTo(a.Gain) : a.Contact.Customer.CompareTo(b.Contact.Customer));
        CapacityLedger ledger = new(book.Capacities, book.Calendar.WorkingDays.Count);
        List<PlannedContact> placed = [.. wanted.Select(want => Place(want.Contact, ledger, book.Calendar, playbook))];
        placed.Sort(Order);
        return new ContactPlan(decisions, book, placed);
    }

    private static PlannedContact Place(PlannedContact contact, CapacityLedger ledger, WorkCalendar calendar, ActionPlaybook playbook)
    {
        if (contact.Earliest is not { } earliest || calendar.IndexFrom(earliest) is var from && from == calendar.WorkingDays.Count)
            return contact;
        return ledger.Take(from, contact.Owner, contact.Channel, contact.Action < 0 ? null : playbook.Actions[contact.Action]) is { } day
            ? contact with { State = ContactState.Planned, Day = calendar.WorkingDays[day] }
            : contact with { State = ContactState.NoCapacity };
    }

    /// <summary>Who complained or promised is answered through the channel of then.</summary>
    private static Channel Through(ContactHistory history, ContactPurpose purpose, Dictionary<string, Channel> channels, ActionPlaybook playbook)
    {
        ContactRecord? record = purpose switch
        {
            ContactPurpose.Complaint => history.OpenComplaint,
            ContactPurpose.Promise => history.OpenPromise,
            ContactPurpose.Thanks => history.KeptPromise,
            _ => null,
        };
        return record is null ? playbook.Channels[0] : channels[record.Channel];
    }

    private static int Order(PlannedContact a, PlannedContact b)
    {
        int byDay = (a.Day ?? DateOnly.MaxValue).CompareTo(b.Day ?? DateOnly.MaxValue);
        if (byDay != 0)
            return byDay;
        int byOwner = string.CompareOrdinal(a.Owner, b.Owner);
        return byOwner != 0 ? byOwner : a.Purpose != b.Purpose ? a.Purpose.CompareTo(b.Purpose) : a.Customer.CompareTo(b.Customer);
    }
}
