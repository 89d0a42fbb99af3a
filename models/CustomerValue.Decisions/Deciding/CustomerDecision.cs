using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Models.Answers;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Decisions.Deciding;

/// <summary>One customer's decision as files and calls give it; what belongs to the action is null where the customer is left alone.</summary>
public sealed record CustomerDecision
{
    /// <summary>The customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>First day of the forecast.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>What to do in general: retain, develop, win-back, ...</summary>
    public required string Strategy { get; init; }

    /// <summary>Where the customer stands, by their own rhythm.</summary>
    public required string Stage { get; init; }

    /// <summary>The action's id in the playbook.</summary>
    public required string? Action { get; init; }

    /// <summary>Its name in the language asked for.</summary>
    public required string? ActionName { get; init; }

    /// <summary>Through which channel.</summary>
    public required string? Channel { get; init; }

    /// <summary>How well the customer is served, in the language asked for.</summary>
    public required string? ServiceLevel { get; init; }

    /// <summary>The day by which a purchase is as likely as not by the customer's own rhythm, the first day where none is expected: when to act. A contact plan makes it a working day.</summary>
    public required DateOnly? Date { get; init; }

    /// <summary>What it costs, action and channel; money.</summary>
    public required double? Cost { get; init; }

    /// <summary>What it should earn after cost; money.</summary>
    public required double? ExpectedGain { get; init; }

    /// <summary>Lower end of its 80 % interval.</summary>
    public required double? GainP10 { get; init; }

    /// <summary>Upper end of its 80 % interval.</summary>
    public required double? GainP90 { get; init; }

    /// <summary>Why the customer has the strategy, a sentence each, in the language asked for.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The version that forecasts.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>SHA-256 of the playbook.</summary>
    public required string PlaybookHash { get; init; }

    /// <summary>The columns of files, in order.</summary>
    public static AnswerTable<CustomerDecision> Table { get; } = new(
            new("customer_id", (csv, row) => csv.Text(row.CustomerId)),
            new("as_of", (csv, row) => csv.Day(row.AsOf)),
            new("strategy", (csv, row) => csv.Text(row.Strategy)),
            new("stage", (csv, row) => csv.Text(row.Stage)),
            new("action", (csv, row) => csv.Text(row.Action)),
            new("action_name", (csv, row) => csv.Text(row.ActionName)),
            new("channel", (csv, row) => csv.Text(row.Channel)),
            new("service_level", (csv, row) => csv.Text(row.ServiceLevel)),
            new("date", (csv, row) => csv.Day(row.Date)),
            new("cost", (csv, row) => csv.Number(row.Cost)),
            new("expected_gain", (csv, row) => csv.Number(row.ExpectedGain)),
            new("gain_p10", (csv, row) => csv.Number(row.GainP10)),
            new("gain_p90", (csv, row) => csv.Number(row.GainP90)),
            new("reasons", (csv, row) => csv.Texts(row.Reasons)),
            new("model_version", (csv, row) => csv.Text(row.ModelVersion)),
            new("playbook_hash", (csv, row) => csv.Text(row.PlaybookHash)));

    /// <summary>The decision of a customer.</summary>
    /// <param name="customers">The customers.</param>
    /// <param name="strategies">Their strategies.</param>
    /// <param name="playbook">The playbook.</param>
    /// <param name="model">Arithmetic of gains.</param>
    /// <param name="row">Index of the customer.</param>
    /// <param name="action">Index of the action, or -1.</param>
    /// <param name="language">Language of names and reasons.</param>
    public static CustomerDecision Of(DecisionCustomers customers, CustomerStrategies strategies, ActionPlaybook playbook, GainModel model, int row, int action, Language language) =>
        Of(customers, strategies.Reasons(row, language), playbook, model, row, action, language);

    /// <summary>The decision of a customer whose reasons were kept.</summary>
    /// <param name="customers">The customers.</param>
    /// <param name="reasons">Why this one has their strategy, in the language.</param>
    /// <param name="playbook">The playbook.</param>
    /// <param name="model">Arithmetic of gains.</param>
    /// <param name="row">Index of the customer.</param>
    /// <param name="action">Index of the action, or -1.</param>
    /// <param name="language">Language of names.</param>
    public static CustomerDecision Of(DecisionCustomers customers, IReadOnlyList<string> reasons, ActionPlaybook playbook, GainModel model, int row, int action, Language language)
    {
        PlaybookAction? chosen = action < 0 ? null : playbook.Actions[action];
        ExpectedGain? gain = chosen is null ? null : model.Of(row, chosen);
        return new CustomerDecision
        {
            CustomerId = customers.Ids[row],
            AsOf = customers.AsOf,
            Strategy = customers.Strategy[row],
            Stage = customers.Stage[row],
            Action = chosen?.Id,
            ActionName = chosen?.Name.In(language),
            Channel = chosen?.Channel.Id,
            ServiceLevel = chosen?.ServiceLevel.In(language),
            Date = chosen is null ? null : DateOf(customers, row),
            Cost = chosen?.CostPerCustomer,
            ExpectedGain = gain?.Gain,
            GainP10 = gain?.Low,
            GainP90 = gain?.High,
            Reasons = reasons,
            ModelVersion = customers.ModelVersion,
            PlaybookHash = playbook.Hash,
        };
    }

    private static DateOnly DateOf(DecisionCustomers customers, int row) =>
        customers.AsOf.AddDays(customers.NextPurchaseDays.Length > 0 && customers.NextPurchaseDays[row] <= ScoredCustomers.MaxNextPurchaseDays ? (int)customers.NextPurchaseDays[row] : 0);
}
