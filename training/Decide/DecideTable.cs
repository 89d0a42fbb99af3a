using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Optimisation;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Strategy.Naming;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Decide;

/// <summary>A plan on a terminal: what it earns, who gets what, what the limits cost, what rules of thumb would earn.</summary>
internal static class DecideTable
{
    private const double Bound = 1e-9;
    private const int MostInformation = 3, MostActivities = 3;

    public static void Write(IAnsiConsole console, DecisionPlan plan, DecisionOptions options, Language language)
    {
        int decided = plan.Actions.Sum(share => share.Customers);
        console.Title($"{Figures.Count(decided)} of {Figures.Count(plan.Customers.Count)} customers get an action as of {Figures.Day(plan.Customers.AsOf)}");
        SimpleRule best = plan.SimpleRules.MaxBy(rule => rule.Gain)!;
        List<(string, string)> pairs =
        [
            ("costs", $"{Figures.Money(plan.Cost)}{(options.Budget is { } budget ? $" of a budget of {Figures.Money(budget)}" : ", no budget given")}"),
            ("should earn", $"{Figures.Money(plan.Gain)} after cost, {Figures.Money(plan.Low)} to {Figures.Money(plan.High)} in four cases of five"),
            ("rests on", $"{Figures.Percent(plan.AssumedShare)} assumed effects"),
            ("gap", $"no plan within the limits earns more than {Figures.Percent(plan.Solution.Gap)} beyond it"),
            ("best simple rule", $"{best.Rule.Replace('-', ' ')}, {Name(plan, best.Action, language)} for {Figures.Count(best.Customers)}: earns {Figures.Money(best.Gain)} for {Figures.Money(best.Cost)}"),
            ("without budget", $"earns {Figures.Money(plan.Unlimited.Gain)} for {Figures.Money(plan.Unlimited.Spent)}"),
            ("decided by", $"{plan.Customers.ModelVersion}, playbook {plan.Playbook.Hash[..12]}"),
        ];
        console.Draw(Look.Pairs([.. pairs]));
        WriteActions(console, plan, language);
        WriteService(console, ServiceMix.Of(plan));
        WriteLimits(console, plan, language);
        WriteCurve(console, plan);
        foreach (InformationValue value in plan.Information.Where(value => value.Value > value.Loss).Take(MostInformation))
            console.SayMarkup($" Knowing the effect of [{Theme.Strong}]{Name(plan, value.Action, language).EscapeMarkup()}[/] better is worth {Figures.Money(value.Value)}: {Figures.Count(value.Contacts)} customers for {Figures.Money(value.Cost)}, which would lose {Figures.Money(value.Loss)} now");
    }

    /// <summary>The arithmetic of one customer, for the action chosen or, where they are left alone, for the one that comes nearest.</summary>
    public static void WriteSteps(IAnsiConsole console, DecisionPlan plan, int row, Language language)
    {
        int action = plan.ActionOf(row);
        console.Title($"Customer {plan.Customers.Ids[row]}: {(action < 0 ? "left alone" : Name(plan, action, language))}");
        if (action < 0)
            action = Enumerable.Range(0, plan.Playbook.Actions.Count).Where(a => plan.Playbook.Actions[a].Strategies.Contains(plan.Customers.Strategy[row])).DefaultIfEmpty(0).MaxBy(a => plan.Model.Of(row, plan.Playbook.Actions[a]).Gain);
        Table table = Look.Table(Name(plan, action, language), "how", ">money");
        foreach (GainStep step in plan.Model.Steps(row, plan.Playbook.Actions[action]))
            table.AddRow(step.Name.EscapeMarkup(), step.Formula.EscapeMarkup(), Figures.Money(step.Value));
        console.Draw(table);
    }

    private static void WriteActions(IAnsiConsole console, DecisionPlan plan, Language language)
    {
        console.Title("Who gets what");
        Table table = Look.Table("action", "?channel", ">customers", ">cost", ">expected gain", "?>to measure");
        foreach (ActionShare share in plan.Actions)
        {
            PlaybookAction action = plan.Playbook.Actions[share.Action];
            table.AddRow(action.Name.In(language).EscapeMarkup(), action.Channel.Name.In(language).EscapeMarkup(), Figures.Count(share.Customers), Figures.Money(share.Cost), Figures.Money(share.Gain), share.Explored > 0 ? Figures.Count(share.Explored) : "-");
        }
        console.Draw(table);
    }

    private static void WriteService(IAnsiConsole console, ServiceMix mix)
    {
        if (!mix.CostKnown)
            return;
        console.Title("Service by strategy");
        Table table = Look.Table("strategy", ">customers", ">today, a year", "?of it by", ">spent", ">freed", ">after");
        foreach (ServiceShare share in mix.Shares)
            table.AddRow(share.Strategy, Figures.Count(share.Customers), Figures.Money(share.Today), string.Join(", ", share.Activities.Take(MostActivities).Select(one => $"{one.Activity} {Figures.Money(one.Cost)}")).EscapeMarkup(), Figures.Money(share.Spent), Figures.Money(share.Freed), Figures.Money(share.After));
        table.AddRow("all", Figures.Count(mix.Shares.Sum(share => share.Customers)), Figures.Money(mix.Today), "", Figures.Money(mix.Spent), Figures.Money(mix.Freed), Figures.Money(mix.Today - mix.Freed + mix.Spent));
        console.Draw(table);
    }

    private static void WriteLimits(IAnsiConsole console, DecisionPlan plan, Language language)
    {
        foreach (LimitUse use in plan.Solution.Limits.Where(use => use.CeilingPrice > Bound || use.FloorPrice > Bound))
            console.SayMarkup(use.CeilingPrice > Bound
                ? $" One more of [{Theme.Strong}]{use.Limit.NameIn(language).EscapeMarkup()}[/] ({Figures.Number(use.Limit.Most!.Value, 0)}) would earn {Figures.Money(use.CeilingPrice)}"
                : $" One less of [{Theme.Strong}]{use.Limit.NameIn(language).EscapeMarkup()}[/] (at least {Figures.Number(use.Limit.Least ?? 0, 0)}) would earn {Figures.Money(use.FloorPrice)}");
    }

    private static void WriteCurve(IAnsiConsole console, DecisionPlan plan)
    {
        if (plan.Curve.Count == 0)
            return;
        console.Title("Money and gain");
        Table table = Look.Table(">budget", ">spent", ">gain", ">of the last money, each unit earned");
        CurvePoint before = new(0, 0, 0);
        foreach (CurvePoint point in plan.Curve)
        {
            table.AddRow(Figures.Money(point.Budget), Figures.Money(point.Spent), Figures.Money(point.Gain), Figures.Money((point.Gain - before.Gain) / (point.Budget - before.Budget)));
            before = point;
        }
        console.Draw(table);
    }

    private static string Name(DecisionPlan plan, int action, Language language) => plan.Playbook.Actions[action].Name.In(language);
}
