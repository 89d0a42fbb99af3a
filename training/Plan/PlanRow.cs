using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Talking;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Training.Plan;

/// <summary>One contact as files give it.</summary>
internal sealed record PlanRow(
    string CustomerId,
    DateOnly AsOf,
    ContactState State,
    DateOnly? Date,
    DateOnly? Earliest,
    string Owner,
    ContactPurpose Purpose,
    string PurposeName,
    CustomerKind Kind,
    string KindName,
    string? Action,
    string? ActionName,
    string? Channel,
    string? ServiceLevel,
    double? Cost,
    double? ExpectedGain,
    DateOnly? NextPurchase,
    IReadOnlyList<string> TalkingPoints,
    string ModelVersion,
    string PlaybookHash)
{
    private const double MostDays = 3653;

    public static PlanRow Of(ContactPlan plan, PlannedContact contact, IReadOnlyList<string> points, Language language)
    {
        DecisionPlan decisions = plan.Decisions;
        PlanWords words = PlanWords.In(language);
        PlaybookAction? action = contact.Action < 0 ? null : decisions.Playbook.Actions[contact.Action];
        ExpectedGain? gain = action is null ? null : decisions.Model.Of(contact.Customer, action);
        double days = plan.Book.RhythmDays[contact.Customer];
        return new PlanRow(decisions.Customers.Ids[contact.Customer], decisions.Customers.AsOf, contact.State, contact.Day, contact.Earliest, contact.Owner, contact.Purpose, words.Name(contact.Purpose),
            contact.Kind, words.Name(contact.Kind), action?.Id, action?.Name.In(language), contact.State == ContactState.DoNotContact ? null : contact.Channel.Id, action?.ServiceLevel.In(language), action?.CostPerCustomer, gain?.Gain,
            days <= MostDays ? decisions.Customers.AsOf.AddDays((int)days) : null, points, decisions.Customers.ModelVersion, decisions.Playbook.Hash);
    }
}
