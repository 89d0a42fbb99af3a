using CustomerValue.Decisions.Campaigns;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Campaigns;

/// <summary>Plans and results of campaigns on a terminal.</summary>
internal static class CampaignTables
{
    private const int MostGroups = 6;

    public static void Write(IAnsiConsole console, CampaignPlan plan, string folder, bool isNew)
    {
        console.Title($"Campaign {plan.Name}: {Figures.Count(plan.Customers)} customers, {Figures.Day(plan.Start)} to {Figures.Day(plan.End.AddDays(-1))}");
        Table arms = Look.Table("group", "action", ">customers", ">share", ">cost");
        foreach (PlannedArm arm in plan.Arms)
            arms.AddRow(arm.Id.EscapeMarkup(), arm.Action?.EscapeMarkup() ?? "-", Figures.Count(arm.Customers), Figures.Percent((double)arm.Customers / plan.Customers), Figures.Money(arm.Cost));
        console.Draw(arms);
        console.Title($"What can be seen with a probability of {Figures.Percent(plan.Power)}");
        Table design = Look.Table("arm", "outcome", ">without it", ">smallest change", ">relative", ">over the arm");
        foreach (DesignFigure figure in plan.Design)
            design.AddRow(figure.Arm.EscapeMarkup(), figure.Outcome, figure.Outcome == "buyers" ? Figures.Percent(figure.Mean) : Figures.Money(figure.Mean), figure.Outcome == "buyers" ? Figures.Percent(figure.Smallest) : Figures.Money(figure.Smallest),
                figure.Relative is { } relative ? Figures.Percent(relative) : "-", figure.Outcome == "buyers" ? Figures.Count((long)figure.Total) : Figures.Money(figure.Total));
        console.Draw(design);
        if (plan.FactorDesign.Count > 0)
        {
            console.Title("What can be seen of the factors");
            Table factors = Look.Table("level", "beside", "outcome", ">smallest change", ">relative", ">of interactions");
            foreach (FactorFigure figure in plan.FactorDesign)
                factors.AddRow($"{figure.Factor} {figure.Level}".EscapeMarkup(), figure.Beside.EscapeMarkup(), figure.Outcome, figure.Outcome == "buyers" ? Figures.Percent(figure.Smallest) : Figures.Money(figure.Smallest),
                    figure.Relative is { } relative ? Figures.Percent(relative) : "-", figure.Outcome == "buyers" ? Figures.Percent(figure.SmallestInteraction) : Figures.Money(figure.SmallestInteraction));
            console.Draw(factors);
        }
        BalanceFigure worst = plan.Balance.MaxBy(figure => Math.Abs(figure.Difference))!;
        List<(string, string)> pairs =
        [
            ("balance", $"groups differ by {Figures.Number(Math.Abs(worst.Difference), 3)} deviations at most ({worst.Arm}, {worst.Column.Replace('_', ' ')}){(Math.Abs(worst.Difference) > BalanceFigure.Usual ? ", more than usual: a larger segment or another salt evens it out" : "")}"),
            ("forecast by", plan.ModelVersion),
            ("kept in", $"{folder}/{plan.Name}{(isNew ? "" : ", as before")}"),
        ];
        if (plan.HoldoutShare > 0)
            pairs.Insert(1, ("global holdout", $"{Figures.Percent(plan.HoldoutShare)} of all customers; {Figures.Count(plan.Holdout)} of this segment are left out"));
        foreach (CampaignOverlap overlap in plan.Overlaps)
            pairs.Insert(1, ("overlap", $"{Figures.Count(overlap.Customers)} customers also get campaign {overlap.Campaign} in these days; --exclusive leaves them out"));
        console.Draw(Look.Pairs([.. pairs]));
    }

    public static void Write(IAnsiConsole console, CampaignResult result)
    {
        console.Title($"Campaign {result.Campaign}, {Figures.Day(result.Start)} to {Figures.Day(result.End.AddDays(-1))}{(result.IsWhole ? "" : ", so far")}");
        foreach (string sentence in CampaignWords.Of(result))
            console.Say($" {sentence}");
        if (result.FalseDiscovery is not null)
        {
            MatrixTables.Write(console, result);
            return;
        }
        if (result.Factors.Count > 0)
        {
            console.Title("What each level changes, the others being alike");
            foreach (string outcome in (string[])["buyers", "margin"])
            {
                Table factors = Look.Table($"{outcome} a customer", ">change", ">from", ">to", ">by chance");
                foreach (FactorEffect effect in result.Factors)
                {
                    OutcomeEffect one = effect.Of(outcome);
                    factors.AddRow(effect.Name.EscapeMarkup(), Number(one, one.Difference), Number(one, one.Low), Number(one, one.High), one.PValue is { } p ? Figures.Number(p, 3) : "-");
                }
                console.Draw(factors);
            }
        }
        foreach (ArmResult arm in result.Arms)
        {
            console.Title($"{arm.Arm}: {Figures.Count(arm.Customers)} customers beside {Figures.Count(arm.Control)} left alone");
            Table table = Look.Table("per customer", ">left alone", ">more", ">from", ">to", ">by chance");
            foreach (OutcomeEffect outcome in arm.Outcomes)
                table.AddRow(outcome.Outcome, Number(outcome, outcome.Control), Number(outcome, outcome.Difference), Number(outcome, outcome.Low), Number(outcome, outcome.High), outcome.PValue is { } p ? Figures.Number(p, 3) : "-");
            console.Draw(table);
            if (arm.ByStrategy.Count > 1)
            {
                Table groups = Look.Table("by strategy", ">customers", ">more spend", ">from", ">to");
                foreach (GroupEffect group in arm.ByStrategy.Take(MostGroups))
                    groups.AddRow(group.Group.EscapeMarkup(), Figures.Count(group.Customers), Figures.Money(group.Spend), Figures.Money(group.SpendLow), Figures.Money(group.SpendHigh));
                console.Draw(groups);
            }
        }
        foreach (ForecastCheck check in result.Forecasts)
            console.Say($" Left alone, {check.Outcome}: {Figures.Number(check.Forecast, 0)} were forecast, {Figures.Number(check.Came, 0)} came.");
    }

    public static void Write(IAnsiConsole console, IReadOnlyList<(CampaignPlan Plan, CampaignResult? Result)> campaigns)
    {
        console.Title($"{Figures.Count(campaigns.Count)} campaigns");
        if (campaigns.Count == 0)
            return;
        Table table = Look.Table("campaign", "from", "to", ">customers", "result", ">more margin", ">cost");
        foreach ((CampaignPlan plan, CampaignResult? result) in campaigns)
            table.AddRow(plan.Name.EscapeMarkup(), Figures.Day(plan.Start), Figures.Day(plan.End.AddDays(-1)), Figures.Count(plan.Customers),
                result is null ? "not measured" : !result.IsSound ? "not sound" : result.IsWhole ? "whole" : "so far", result is null ? "-" : Figures.Money(result.Arms.Sum(arm => arm.IncrementalMargin)), Figures.Money(plan.Arms.Sum(arm => arm.Cost)));
        console.Draw(table);
    }

    private static string Number(OutcomeEffect outcome, double value) => !double.IsFinite(value) ? "-" : outcome.Outcome switch
    {
        "buyers" => Figures.Percent(value),
        "purchases" => Figures.Number(value, 3),
        _ => Figures.Money(value),
    };
}
