using System.Globalization;
using CustomerValue.Decisions.Uplift;
using CustomerValue.Models.Answers;
using CustomerValue.Models.Evaluation;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Uplift;

/// <summary>Uplift on a terminal.</summary>
internal static class UpliftTables
{
    public static void Write(IAnsiConsole console, UpliftReport report)
    {
        console.Title($"Uplift of {Figures.Count(report.Arms.Sum(arm => arm.Customers))} customers, outcome {AnswerWords.Of(report.Outcome)}, {report.Folds} folds");
        foreach (string sentence in UpliftWords.Of(report))
            console.Say($" {sentence}");
        Table arms = Look.Table("arm", ">customers", ">mean outcome", ">effect", ">from", ">to", "?>cost a contact");
        foreach (ArmSize arm in report.Arms)
        {
            Interval? effect = report.Effects.FirstOrDefault(one => one.Arm == arm.Arm)?.Effect;
            arms.AddRow(arm.Arm.EscapeMarkup(), Figures.Count(arm.Customers), Number(arm.Mean), Number(effect?.Estimate), Number(effect?.Low), Number(effect?.High), Number(arm.ContactCost));
        }
        console.Draw(arms);
        foreach (ArmSize arm in report.Arms.Skip(1))
        {
            console.Title($"How well customers are ordered by what '{arm.Arm}' changes");
            Table table = Look.Table("learner", ">Qini", ">from", ">to", ">at 10 %", ">at 30 %", "?>slope");
            foreach (LearnerFigures learner in report.Learners)
            {
                ArmFigures figures = learner.Arms.Single(one => one.Arm == arm.Arm);
                string qini = Number(figures.Qini.Estimate);
                table.AddRow(learner.Learner, figures.Qini.Low > 0 ? $"[{Theme.Good}]{qini}[/]" : qini, Number(figures.Qini.Low), Number(figures.Qini.High), Number(figures.At10.Estimate), Number(figures.At30.Estimate), Number(figures.Slope?.Estimate));
            }
            console.Draw(table);
            Table deciles = Look.Table("tenth", ">predicted", ">seen", ">from", ">to");
            foreach (UpliftDecile decile in report.Deciles.Where(one => one.Arm == arm.Arm))
                deciles.AddRow(decile.Number.ToString(CultureInfo.InvariantCulture), Number(decile.Predicted), Number(decile.Seen.Estimate), Number(decile.Seen.Low), Number(decile.Seen.High));
            console.Draw(deciles);
        }
        console.SayMarkup($"[{Theme.Faint}]All on customers not learnt from. Chosen: in each fold the learner that did best in the others. Qini above its interval's 0: better than chance.[/]");
    }

    public static void Write(IAnsiConsole console, UpliftCard card, string file) =>
        console.Draw(Look.Pairs(("learner", AnswerWords.Of(card.Learner)), ("arms", string.Join(", ", card.Arms.Select(arm => arm.Arm))), ("model", Path.GetFullPath(file))));

    public static void Write(IAnsiConsole console, UpliftScoreAnswer answer)
    {
        console.Title($"{Figures.Count(answer.Customers)} customers scored, {Figures.Count(answer.LeftAlone)} best left alone");
        Table table = Look.Table("arm", ">mean uplift", ">lowest", ">highest", ">best for");
        foreach (ScoredArm arm in answer.Arms)
            table.AddRow(arm.Arm.EscapeMarkup(), Number(arm.Mean), Number(arm.Lowest), Number(arm.Highest), Figures.Count(arm.Best));
        console.Draw(table);
        console.Draw(Look.Pairs(("scores", Path.GetFullPath(answer.Out))));
    }

    private static string Number(double? value) => value is { } number ? Figures.Number(number, Math.Abs(number) >= 10 ? 2 : 4) : "-";
}
