using System.Globalization;
using CustomerValue.Models.Evaluation;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Evaluate;

/// <summary>All candidates beside the naive rules, and a sentence that says who won.</summary>
internal static class RaceTable
{
    private const int WideEnough = 120;

    private static readonly Column[] s_columns =
    [
        new("purchases MAE", c => c.Purchases.Mae, value => Figures.Number(value, 4), LowerIsBetter: true, Always: true),
        new("bias", c => c.Purchases.Bias, Figures.SignedPercent, LowerIsBetter: null, Always: true),
        new("spend MAE", c => c.Spend.Mae, Figures.Money, LowerIsBetter: true, Always: true, OfMoney: true),
        new("bias", c => c.Spend.Bias, Figures.SignedPercent, LowerIsBetter: null, Always: false, OfMoney: true),
        new("Spearman", c => c.Spend.Spearman, value => Figures.Number(value, 4), LowerIsBetter: false, Always: false, OfMoney: true),
        new("Gini", c => c.Spend.NormalizedGini, value => Figures.Number(value, 3), LowerIsBetter: false, Always: false, OfMoney: true),
        new("churn AUC", c => c.Churn.Auc, value => Figures.Number(value, 4), LowerIsBetter: false, Always: true),
        new("log loss", c => c.Churn.LogLoss, value => Figures.Number(value, 3), LowerIsBetter: true, Always: false),
        new("calib.", c => c.Churn.CalibrationError, value => Figures.Number(value, 3), LowerIsBetter: true, Always: false),
        new("fit", c => c.FitSeconds, value => Figures.Duration(TimeSpan.FromSeconds(value)), LowerIsBetter: null, Always: true),
    ];

    public static void Write(IAnsiConsole console, RaceReport report)
    {
        console.Title($"Holdout {Figures.Day(report.Cutoff)} to {Figures.Day(report.Cutoff.AddDays(report.HorizonDays - 1))}: {report.HorizonDays} days, {Figures.Count(report.Customers)} customers ({Figures.Count(report.ActiveCustomers)} active)");
        Write(console, report.Candidates, report.Champion, report.KnowsMoney());
        console.SayMarkup($"[{Theme.Faint}]* champion   ° naive rule, to be beaten   bias: predicted total over actual, minus 1   calib.: mean gap of churn shares[/]");
        if (!report.KnowsMoney())
            console.SayMarkup($"[{Theme.Faint}]The transactions have no amounts: purchases are counted, and spend and value are off.[/]");
    }

    /// <summary>The means over several cutoffs; the champions', whoever they were, in the last row.</summary>
    public static void WriteMeans(IAnsiConsole console, IReadOnlyList<CandidateReport> means, int cutoffs)
    {
        console.Title($"Mean over {cutoffs} cutoffs");
        Write(console, means, MeanFigures.Champion, means.Any(mean => double.IsFinite(mean.Spend.Bias)));
        console.SayMarkup($"[{Theme.Faint}]* whoever was champion at each cutoff   ° naive rule   bias: mean of its absolute value[/]");
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<CandidateReport> candidates, string champion, bool money)
    {
        Column[] columns = [.. s_columns.Where(column => (column.Always || console.Profile.Width >= WideEnough) && (money || !column.OfMoney))];
        Table table = Look.Table(["  candidate", .. columns.Select(column => $">{column.Head}")]);
        foreach (CandidateReport candidate in candidates)
            table.AddRow([Name(candidate, champion), .. columns.Select(column => column.Cell(candidate, candidates, champion))]);
        console.Draw(table);
    }

    public static void Write(IAnsiConsole console, Verdict? verdict)
    {
        if (verdict is null)
            return;
        console.WriteLine();
        console.SayMarkup($"[{(verdict.Beats ? Theme.Good : Theme.Doubt)}]{verdict.Champion.EscapeMarkup()} {verdict.Sentence.EscapeMarkup()}.[/]");
        Grid grid = new();
        for (int column = 0; column < 4; column++)
            grid.AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(0));
        foreach (ComparedFigure comparison in verdict.Comparisons)
            grid.AddRow(
                new Text(comparison.Figure),
                new Text(Figures.Number(comparison.Champion, comparison.Decimals)).RightJustified(),
                new Text($"against {Figures.Number(comparison.Best, comparison.Decimals)} of {comparison.Rule}"),
                new Markup($"[{(comparison.Better ? Theme.Good : Theme.Doubt)}]{Difference(comparison)}[/]").RightJustified());
        console.Draw(grid);
    }

    private static string Name(CandidateReport candidate, string champion)
    {
        string name = $"{(candidate.IsBaseline ? "°" : " ")} {candidate.Name.EscapeMarkup()}";
        return candidate.Name == champion ? $"[{Theme.Strong}]*{name[1..]}[/]" : name;
    }

    private static string Difference(ComparedFigure comparison) => !double.IsFinite(comparison.Champion - comparison.Best) ? "-" : comparison.HigherIsBetter
        ? (comparison.Champion - comparison.Best).ToString("+0.0000;-0.0000;0", CultureInfo.InvariantCulture)
        : Figures.SignedPercent(comparison.Champion / comparison.Best - 1);

    /// <summary>One figure of a candidate.</summary>
    private sealed record Column(string Head, Func<CandidateReport, double> Of, Func<double, string> Show, bool? LowerIsBetter, bool Always, bool OfMoney = false)
    {
        public string Cell(CandidateReport candidate, IReadOnlyList<CandidateReport> all, string champion)
        {
            double value = Of(candidate), best = LowerIsBetter switch { true => all.Min(Of), false => all.Max(Of), _ => double.NaN };
            string text = value == best ? $"[{Theme.Good}]{Show(value)}[/]" : Show(value);
            return candidate.Name == champion ? $"[{Theme.Strong}]{text}[/]" : text;
        }
    }
}
