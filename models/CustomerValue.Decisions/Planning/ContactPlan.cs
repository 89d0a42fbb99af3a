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
public sealed record PlannedContact
{
    /// <summary>Index of the customer.</summary>
    public required int Customer { get; init; }

    /// <summary>Whether it has a day, and why not.</summary>
    public required ContactState State { get; init; }

    /// <summary>The day; null without one.</summary>
    public required DateOnly? Day { get; init; }

    /// <summary>First day that rhythm, cadence and cooling-off allow; null where contact is forbidden.</summary>
    public required DateOnly? Earliest { get; init; }

    /// <summary>Who contacts.</summary>
    public required string Owner { get; init; }

    /// <summary>What for.</summary>
    public required ContactPurpose Purpose { get; init; }

    /// <summary>Index of the action, or -1 for none.</summary>
    public required int Action { get; init; }

    /// <summary>Through which channel; without meaning where contact is forbidden.</summary>
    public required Channel Channel { get; init; }

    /// <summary>What kind of customer.</summary>
    public required CustomerKind Kind { get; init; }
}

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
