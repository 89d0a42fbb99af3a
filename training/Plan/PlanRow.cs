using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Talking;
using CustomerValue.Models.Answers;
using CustomerValue.Models.Versions;
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
    /// <summary>The columns of files, in order.</summary>
    public static AnswerTable<PlanRow> Table { get; } = new(
            new("customer_id", (csv, row) => csv.Text(row.CustomerId)),
            new("as_of", (csv, row) => csv.Day(row.AsOf)),
            new("state", (csv, row) => csv.Text(StrategyNames.Of(row.State))),
            new("date", (csv, row) => csv.Day(row.Date)),
            new("earliest", (csv, row) => csv.Day(row.Earliest)),
            new("owner", (csv, row) => csv.Text(row.Owner)),
            new("purpose", (csv, row) => csv.Text(StrategyNames.Of(row.Purpose))),
            new("purpose_name", (csv, row) => csv.Text(row.PurposeName)),
            new("kind", (csv, row) => csv.Text(StrategyNames.Of(row.Kind))),
            new("kind_name", (csv, row) => csv.Text(row.KindName)),
            new("action", (csv, row) => csv.Text(row.Action)),
            new("action_name", (csv, row) => csv.Text(row.ActionName)),
            new("channel", (csv, row) => csv.Text(row.Channel)),
            new("service_level", (csv, row) => csv.Text(row.ServiceLevel)),
            new("cost", (csv, row) => csv.Number(row.Cost)),
            new("expected_gain", (csv, row) => csv.Number(row.ExpectedGain)),
            new("next_purchase", (csv, row) => csv.Day(row.NextPurchase)),
            new("talking_points", (csv, row) => csv.Text(string.Join(' ', row.TalkingPoints))),
            new("model_version", (csv, row) => csv.Text(row.ModelVersion)),
            new("playbook_hash", (csv, row) => csv.Text(row.PlaybookHash)));

    public static PlanRow Of(ContactPlan plan, PlannedContact contact, IReadOnlyList<string> points, Language language)
    {
        DecisionPlan decisions = plan.Decisions;
        PlanWords words = PlanWords.In(language);
        PlaybookAction? action = contact.Action < 0 ? null : decisions.Playbook.Actions[contact.Action];
        ExpectedGain? gain = action is null ? null : decisions.Model.Of(contact.Customer, action);
        double days = plan.Book.RhythmDays[contact.Customer];
        return new PlanRow(decisions.Customers.Ids[contact.Customer], decisions.Customers.AsOf, contact.State, contact.Day, contact.Earliest, contact.Owner, contact.Purpose, words.Name(contact.Purpose),
            contact.Kind, words.Name(contact.Kind), action?.Id, action?.Name.In(language), contact.State == ContactState.DoNotContact ? null : contact.Channel.Id, action?.ServiceLevel.In(language), action?.CostPerCustomer, gain?.Gain,
            days <= ScoredCustomers.MaxNextPurchaseDays ? decisions.Customers.AsOf.AddDays((int)days) : null, points, decisions.Customers.ModelVersion, decisions.Playbook.Hash);
    }
}
