using CustomerValue.Decisions.Campaigns;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Campaigns;

/// <summary>Matrices of tests on a terminal.</summary>
internal static class MatrixTables
{
    private const int MostTests = 20;

    public static void Write(IAnsiConsole console, CampaignPlan plan, string folder, bool isNew)
    {
        MatrixPlan matrix = plan.Matrix!;
        console.Title($"Tests {plan.Name}: {Figures.Count(matrix.Tests.Count)} on {Figures.Count(plan.Customers)} customers, {Figures.Day(plan.Start)} to {Figures.Day(plan.End.AddDays(-1))}");
        Table tests = Look.Table("action", "segment", ">get it", ">cost", ">worth", ">loses", "?>seen from");
        foreach (MatrixTest test in matrix.Tests.OrderByDescending(test => test.Value - test.Loss).Take(MostTests))
        {
            PlannedArm arm = plan.Arms.Single(one => one.Id == test.Arm);
            DesignFigure spend = plan.Design.Single(figure => figure.Arm == test.Arm && figure.Outcome == "spend");
            tests.AddRow(test.Action.EscapeMarkup(), test.Segment.EscapeMarkup(), Figures.Count(arm.Customers), Figures.Money(arm.Cost), Figures.Money(test.Value), Figures.Money(test.Loss), spend.Relative is { } relative ? Figures.Percent(relative) : "-");
        }
        console.Draw(tests);
        if (matrix.Tests.Count > MostTests)
            console.SayMarkup($"[{Theme.Faint}]and {matrix.Tests.Count - MostTests} more in plan.json[/]");
        console.Draw(Look.Pairs(
            ("cost", $"{Figures.Money(plan.Arms.Sum(arm => arm.Cost))} of {Figures.Money(matrix.Budget)}"),
            ("worth knowing", $"{Figures.Money(matrix.Tests.Sum(test => test.Value))} for the next plan, {Figures.Money(matrix.Tests.Sum(test => test.Loss))} lost by trying"),
            ("false discovery", $"{Figures.Percent(matrix.FalseDiscovery)} of what is called real, at most"),
            ("seen from", $"smallest change of spend that a test shows with a probability of {Figures.Percent(plan.Power)} even if it is the only real one"),
            ("forecast by", plan.ModelVersion),
            ("kept in", $"{folder}/{plan.Name}{(isNew ? "" : ", as before")}")));
    }

    public static void Write(IAnsiConsole console, CampaignResult result)
    {
        Table table = Look.Table("test", ">get it", ">more margin", ">from", ">to", "?>by chance", ">q");
        foreach (ArmResult arm in result.Arms.OrderBy(arm => arm.Of("margin").QValue ?? double.PositiveInfinity).ThenBy(arm => arm.Arm, StringComparer.Ordinal).Take(MostTests))
        {
            OutcomeEffect margin = arm.Of("margin");
            table.AddRow(arm.Arm.EscapeMarkup(), Figures.Count(arm.Customers), Figures.Money(margin.Difference), Money(margin.Low), Money(margin.High), Number(margin.PValue), Number(margin.QValue));
        }
        console.Draw(table);
        console.SayMarkup($"[{Theme.Faint}]Margin a customer. q: the least false discovery rate at which a test is called real.{(result.Arms.Count > MostTests ? $" {result.Arms.Count - MostTests} more with --out FILE." : "")}[/]");
    }

    private static string Money(double value) => double.IsFinite(value) ? Figures.Money(value) : "-";

    private static string Number(double? value) => value is { } number ? Figures.Number(number, 3) : "-";
}
