using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Models.Answers;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Decisions.Deciding;

/// <summary>One customer's decision as files and calls give it; what belongs to the action is null where the customer is left alone.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="AsOf">First day of the forecast.</param>
/// <param name="Strategy">What to do in general: retain, develop, win-back, ...</param>
/// <param name="Stage">Where the customer stands, by their own rhythm.</param>
/// <param name="Action">The action's id in the playbook.</param>
/// <param name="ActionName">Its name in the language asked for.</param>
/// <param name="Channel">Through which channel.</param>
/// <param name="ServiceLevel">How well the customer is served, in the language asked for.</param>
/// <param name="Date">The day by which a purchase is as likely as not by the customer's own rhythm, the first day where none is expected: when to act. A contact plan makes it a working day.</param>
/// <param name="Cost">What it costs, action and channel; money.</param>
/// <param name="ExpectedGain">What it should earn after cost; money.</param>
/// <param name="GainP10">Lower end of its 80 % interval.</param>
/// <param name="GainP90">Upper end of its 80 % interval.</param>
/// <param name="Reasons">Why the customer has the strategy, a sentence each, in the language asked for.</param>
/// <param name="ModelVersion">The version that forecasts.</param>
/// <param name="PlaybookHash">SHA-256 of the playbook.</param>
public sealed record CustomerDecision(
    string CustomerId,
    DateOnly AsOf,
    string Strategy,
    string Stage,
    string? Action,
    string? ActionName,
    string? Channel,
    string? ServiceLevel,
    DateOnly? Date,
    double? Cost,
    double? ExpectedGain,
    double? GainP10,
    double? GainP90,
    IReadOnlyList<string> Reasons,
    string ModelVersion,
    string PlaybookHash)
{
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
            new("reasons", (csv, row) => csv.Text(string.Join(' ', row.Reasons))),
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
    public static CustomerDecision Of(DecisionCustomers customers, CustomerStrategies strategies, ActionPlaybook playbook, GainModel model, int row, int action, Language language)
    {
        PlaybookAction? chosen = action < 0 ? null : playbook.Actions[action];
        ExpectedGain? gain = chosen is null ? null : model.Of(row, chosen);
        return new CustomerDecision(
            customers.Ids[row], customers.AsOf, customers.Strategy[row], customers.Stage[row],
            chosen?.Id, chosen?.Name.In(language), chosen?.Channel.Id, chosen?.ServiceLevel.In(language), chosen is null ? null : DateOf(customers, row),
            chosen?.CostPerCustomer, gain?.Gain, gain?.Low, gain?.High, strategies.Reasons(row, language), customers.ModelVersion, playbook.Hash);
    }

    private static DateOnly DateOf(DecisionCustomers customers, int row) =>
        customers.AsOf.AddDays(customers.NextPurchaseDays.Length > 0 && customers.NextPurchaseDays[row] <= ScoredCustomers.MaxNextPurchaseDays ? (int)customers.NextPurchaseDays[row] : 0);
}
