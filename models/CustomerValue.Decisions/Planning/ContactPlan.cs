using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Planning;

/// <summary>What a contact is for, most urgent first.</summary>
public enum ContactPurpose
{
    /// <summary>An open complaint is answered; nothing is sold.</summary>
    Complaint,

    /// <summary>A promise of the customer is due.</summary>
    Promise,

    /// <summary>A kept promise is thanked for.</summary>
    Thanks,

    /// <summary>The action that was decided.</summary>
    Action,
}

/// <summary>What became of a contact that was wanted.</summary>
public enum ContactState
{
    /// <summary>It has a day.</summary>
    Planned,

    /// <summary>It may take place only after the plan's days.</summary>
    Later,

    /// <summary>Nobody has time for it within the plan's days.</summary>
    NoCapacity,

    /// <summary>Contact is forbidden.</summary>
    DoNotContact,
}

/// <summary>The next contact with a customer.</summary>
/// <param name="Customer">Index of the customer.</param>
/// <param name="State">Whether it has a day, and why not.</param>
/// <param name="Day">The day; null without one.</param>
/// <param name="Earliest">First day that rhythm, cadence and cooling-off allow; null where contact is forbidden.</param>
/// <param name="Owner">Who contacts.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Action">Index of the action, or -1 for none.</param>
/// <param name="Channel">Through which channel; without meaning where contact is forbidden.</param>
/// <param name="Kind">What kind of customer.</param>
public sealed record PlannedContact(int Customer, ContactState State, DateOnly? Day, DateOnly? Earliest, string Owner, ContactPurpose Purpose, int Action, Channel Channel, CustomerKind Kind);

/// <summary>Who is contacted when, by whom, what for.</summary>
/// <param name="Decisions">The actions it rests on.</param>
/// <param name="Book">What is known of contacts.</param>
/// <param name="Contacts">The contacts: those with a day first, by day, owner and customer.</param>
public sealed record ContactPlan(DecisionPlan Decisions, ContactBook Book, IReadOnlyList<PlannedContact> Contacts)
{
    /// <summary>Contacts in a state.</summary>
    public int Count(ContactState state) => Contacts.Count(contact => contact.State == state);

    /// <summary>Working days of the plan.</summary>
    public int WorkingDays => Book.Calendar.WorkingDays.Count;
}
