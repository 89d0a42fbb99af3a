using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Optimisation;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Training.Decide;

/// <summary>What <c>decide --json</c> gives: the plan in sums. Customers one by one are in the file.</summary>
internal sealed record DecideAnswer
{
    public required string ModelVersion { get; init; }

    public required string PlaybookHash { get; init; }

    public required DateOnly AsOf { get; init; }

    public required int Customers { get; init; }

    public required int Decided { get; init; }

    public required double? Budget { get; init; }

    public required double Cost { get; init; }

    public required double ExpectedGain { get; init; }

    public required double GainP10 { get; init; }

    public required double GainP90 { get; init; }

    public required double Gap { get; init; }

    public required double AssumedShare { get; init; }

    public required IReadOnlyList<ActionAnswer> Actions { get; init; }

    public required IReadOnlyList<LimitAnswer> Limits { get; init; }

    public required IReadOnlyList<InformationAnswer> Information { get; init; }

    public required IReadOnlyList<RuleAnswer> SimpleRules { get; init; }

    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    public required CurvePoint Unlimited { get; init; }

    public required ServiceAnswer Service { get; init; }

    public required string? Out { get; init; }

    public required string? Report { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public static DecideAnswer Of(DecisionPlan plan, DecisionOptions options, Language language, string? file, string? report, IReadOnlyList<Finding> findings) => new()
    {
        ModelVersion = plan.Customers.ModelVersion,
        PlaybookHash = plan.Playbook.Hash,
        AsOf = plan.Customers.AsOf,
        Customers = plan.Customers.Count,
        Decided = plan.Actions.Sum(share => share.Customers),
        Budget = options.Budget,
        Cost = plan.Cost,
        ExpectedGain = plan.Gain,
        GainP10 = plan.Low,
        GainP90 = plan.High,
        Gap = plan.Solution.Gap,
        AssumedShare = plan.AssumedShare,
        Actions = [.. plan.Actions.Select(share => new ActionAnswer
        {
            Action = plan.Playbook.Actions[share.Action].Id,
            Name = plan.Playbook.Actions[share.Action].Name.In(language),
            Channel = plan.Playbook.Actions[share.Action].Channel.Id,
            Customers = share.Customers,
            Cost = share.Cost,
            ExpectedGain = share.Gain,
            Explored = share.Explored,
        })],
        Limits = [.. plan.Solution.Limits.Select(LimitAnswer.Of)],
        Information = [.. plan.Information.Select(value => new InformationAnswer(plan.Playbook.Actions[value.Action].Id, value.Contacts, value.Cost, value.Value, value.Loss))],
        SimpleRules = [.. plan.SimpleRules.Select(rule => new RuleAnswer(rule.Rule, plan.Playbook.Actions[rule.Action].Id, rule.Customers, rule.Cost, rule.Gain))],
        Curve = plan.Curve,
        Unlimited = plan.Unlimited,
        Service = ServiceAnswer.Of(ServiceMix.Of(plan)),
        Out = file,
        Report = report,
        Findings = findings,
    };
}

/// <summary>What an action gets.</summary>
internal sealed record ActionAnswer
{
    public required string Action { get; init; }

    public required string Name { get; init; }

    public required string Channel { get; init; }

    public required int Customers { get; init; }

    public required double Cost { get; init; }

    public required double ExpectedGain { get; init; }

    public required int Explored { get; init; }
}

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
        [.. mix.Shares.Select(share => new StrategyServiceAnswer
        {
            Strategy = share.Strategy,
            Customers = share.Customers,
            Today = mix.CostKnown ? share.Today : null,
            TodayByActivity = share.Activities.ToDictionary(one => one.Activity, one => one.Cost),
            Treated = share.Treated,
            Spent = share.Spent,
            Freed = mix.CostKnown ? share.Freed : null,
            After = mix.CostKnown ? share.After : null,
            ExpectedGain = share.Gain,
            Channels = share.Channels.ToDictionary(pair => pair.Channel.Id, pair => pair.Contacts),
        })]);
}

/// <summary>What serving the customers of one strategy costs; null where no rates are known.</summary>
internal sealed record StrategyServiceAnswer
{
    public required string Strategy { get; init; }

    public required int Customers { get; init; }

    public required double? Today { get; init; }

    public required IReadOnlyDictionary<string, double> TodayByActivity { get; init; }

    public required int Treated { get; init; }

    public required double Spent { get; init; }

    public required double? Freed { get; init; }

    public required double? After { get; init; }

    public required double ExpectedGain { get; init; }

    public required IReadOnlyDictionary<string, int> Channels { get; init; }
}
