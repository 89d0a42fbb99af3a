namespace CustomerValue.Training.Plan;

/// <summary>Files a contact plan rests on beside transactions and playbook; null where there is none.</summary>
/// <param name="Contacts">What came of contacts.</param>
/// <param name="Holidays">Holidays.</param>
/// <param name="Owners">Who looks after whom.</param>
/// <param name="Capacity">Contacts a day by owner and channel.</param>
/// <param name="DoNotContact">Whom nobody may contact.</param>
internal sealed record PlanSources(string? Contacts, string? Holidays, string? Owners, string? Capacity, string? DoNotContact);
