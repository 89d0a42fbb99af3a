using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Strategy;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Training.Decide;

/// <summary>One customer's decision as files give it; null where the customer is left alone.</summary>
internal sealed record DecisionRow(
    string CustomerId,
    DateOnly AsOf,
    string Strategy,
    string Stage,
    string? Action,
    string? ActionName,
    string? Channel,
    string? ServiceLevel,
    double? Cost,
    double? ExpectedGain,
    double? GainP10,
    double? GainP90,
    IReadOnlyList<string> Reasons,
    string ModelVersion,
    string PlaybookHash)
{
    public static DecisionRow Of(DecisionPlan plan, CustomerStrategies strategies, int row, Language language)
    {
        int chosen = plan.ActionOf(row);
        PlaybookAction? action = chosen < 0 ? null : plan.Playbook.Actions[chosen];
        ExpectedGain? gain = action is null ? null : plan.Model.Of(row, action);
        return new DecisionRow(plan.Customers.Ids[row], plan.Customers.AsOf, plan.Customers.Strategy[row], plan.Customers.Stage[row], action?.Id, action?.Name.In(language), action?.Channel.Id,
            action?.ServiceLevel.In(language), action?.CostPerCustomer, gain?.Gain, gain?.Low, gain?.High, strategies.Reasons(row, language), plan.Customers.ModelVersion, plan.Playbook.Hash);
    }
}
