using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Optimisation;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Training.Decide;

/// <summary>What <c>decide --json</c> gives: the plan in sums. Customers one by one are in the file.</summary>
internal sealed record DecideAnswer(
    string ModelVersion,
    string PlaybookHash,
    DateOnly AsOf,
    int Customers,
    int Decided,
    double? Budget,
    double Cost,
    double ExpectedGain,
    double GainP10,
    double GainP90,
    double Gap,
    double AssumedShare,
    IReadOnlyList<ActionAnswer> Actions,
    IReadOnlyList<LimitAnswer> Limits,
    IReadOnlyList<InformationAnswer> Information,
    IReadOnlyList<RuleAnswer> SimpleRules,
    IReadOnlyList<CurvePoint> Curve,
    CurvePoint Unlimited,
    ServiceAnswer Service,
    string? Out,
    string? Report,
    IReadOnlyList<Finding> Findings)
{
    public static DecideAnswer Of(DecisionPlan plan, DecisionOptions options, Language language, string? file, string? report, IReadOnlyList<Finding> findings) => new(
        plan.Customers.ModelVersion, plan.Playbook.Hash, plan.Customers.AsOf, plan.Customers.Count, plan.Actions.Sum(share => share.Customers), options.Budget, plan.Cost, plan.Gain, plan.Low, plan.High, plan.Solution.Gap, plan.AssumedShare,
        [.. plan.Actions.Select(share => new ActionAnswer(plan.Playbook.Actions[share.Action].Id, plan.Playbook.Actions[share.Action].Name.In(language), plan.Playbook.Actions[share.Action].Channel.Id, share.Customers, share.Cost, share.Gain, share.Explored))],
        [.. plan.Solution.Limits.Select(LimitAnswer.Of)],
        [.. plan.Information.Select(value => new InformationAnswer(plan.Playbook.Actions[value.Action].Id, value.Contacts, value.Cost, value.Value, value.Loss))],
        [.. plan.SimpleRules.Select(rule => new RuleAnswer(rule.Rule, plan.Playbook.Actions[rule.Action].Id, rule.Customers, rule.Cost, rule.Gain))],
        plan.Curve, plan.Unlimited, ServiceAnswer.Of(ServiceMix.Of(plan)), file, report, findings);
}

/// <summary>What an action gets.</summary>
internal sealed record ActionAnswer(string Action, string Name, string Channel, int Customers, double Cost, double ExpectedGain, int Explored);

/// <summary>A limit, what is used of it and what the next unit would earn.</summary>
internal sealed record LimitAnswer(string Limit, double? Least, double? Most, double Used, double Price)
{
    public static LimitAnswer Of(LimitUse use) => new(use.Limit.Name, use.Limit.Least, use.Limit.Most, use.Used, use.CeilingPrice - use.FloorPrice);
}

/// <summary>What knowing an effect better would be worth.</summary>
internal sealed record InformationAnswer(string Action, int Contacts, double Cost, double Value, double Loss);

/// <summary>What a simple rule would earn.</summary>
internal sealed record RuleAnswer(string Rule, string Action, int Customers, double Cost, double ExpectedGain);

/// <summary>What serving costs, before and after, by strategy.</summary>
internal sealed record ServiceAnswer(double? Today, double Spent, double? Freed, double? After, IReadOnlyList<StrategyServiceAnswer> Strategies)
{
    public static ServiceAnswer Of(ServiceMix mix) => new(mix.CostKnown ? mix.Today : null, mix.Spent, mix.CostKnown ? mix.Freed : null, mix.CostKnown ? mix.Today - mix.Freed + mix.Spent : null,
        [.. mix.Shares.Select(share => new StrategyServiceAnswer(share.Strategy, share.Customers, mix.CostKnown ? share.Today : null, share.Treated, share.Spent, mix.CostKnown ? share.Freed : null, mix.CostKnown ? share.After : null, share.Gain,
            share.Channels.ToDictionary(pair => pair.Channel.Id, pair => pair.Contacts)))]);
}

/// <summary>What serving the customers of one strategy costs; null where no rates are known.</summary>
internal sealed record StrategyServiceAnswer(string Strategy, int Customers, double? Today, int Treated, double Spent, double? Freed, double? After, double ExpectedGain, IReadOnlyDictionary<string, int> Channels);
