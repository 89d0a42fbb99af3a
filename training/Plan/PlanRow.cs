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
internal sealed record PlanRow
{
    public required string CustomerId { get; init; }

    public required DateOnly AsOf { get; init; }

    public required ContactState State { get; init; }

    public required DateOnly? Date { get; init; }

    public required DateOnly? Earliest { get; init; }

    public required string Owner { get; init; }

    public required ContactPurpose Purpose { get; init; }

    public required string PurposeName { get; init; }

    public required CustomerKind Kind { get; init; }

    public required string KindName { get; init; }

    public required string? Action { get; init; }

    public required string? ActionName { get; init; }

    public required string? Channel { get; init; }

    public required string? ServiceLevel { get; init; }

    public required double? Cost { get; init; }

    public required double? ExpectedGain { get; init; }

    public required DateOnly? NextPurchase { get; init; }

    public required IReadOnlyList<string> TalkingPoints { get; init; }

    public required string ModelVersion { get; init; }

    public required string PlaybookHash { get; init; }

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
        return new PlanRow
        {
            CustomerId = decisions.Customers.Ids[contact.Customer],
            AsOf = decisions.Customers.AsOf,
            State = contact.State,
            Date = contact.Day,
            Earliest = contact.Earliest,
            Owner = contact.Owner,
            Purpose = contact.Purpose,
            PurposeName = words.Name(contact.Purpose),
            Kind = contact.Kind,
            KindName = words.Name(contact.Kind),
            Action = action?.Id,
            ActionName = action?.Name.In(language),
            Channel = contact.State == ContactState.DoNotContact ? null : contact.Channel.Id,
            ServiceLevel = action?.ServiceLevel.In(language),
            Cost = action?.CostPerCustomer,
            ExpectedGain = gain?.Gain,
            NextPurchase = days <= ScoredCustomers.MaxNextPurchaseDays ? decisions.Customers.AsOf.AddDays((int)days) : null,
            TalkingPoints = points,
            ModelVersion = decisions.Customers.ModelVersion,
            PlaybookHash = decisions.Playbook.Hash,
        };
    }
}
