using System.Globalization;
using CustomerValue.Boosting;
using CustomerValue.Models.Tables;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Tables;

/// <summary>What the <c>table</c> verbs say to people.</summary>
internal static class TableReport
{
    private const int BarWidth = 30;
    private const int MostColumns = 20;

    public static void Write(IAnsiConsole console, TableEvaluation evaluation)
    {
        BoostingData data = evaluation.Table.Rows.Data;
        console.Title($"{evaluation.Table.Label} of {Figures.Count(data.RowCount)} rows by {Columns(data)}: {evaluation.Table.Objective.Name}, {evaluation.Folds} folds");
        Table table = Look.Table("figure", ">model", ">between folds", ">best constant");
        foreach (FoldedFigure figure in evaluation.Figures)
        {
            bool? better = figure.Figure.LowerIsBetter is { } lower && double.IsFinite(figure.Model) ? lower ? figure.Model < figure.Naive : figure.Model > figure.Naive : null;
            string text = Figures.Number(figure.Model, figure.Figure.Decimals);
            table.AddRow(figure.Figure.Name, better is { } good ? $"[{(good ? Theme.Good : Theme.Doubt)}]{text}[/]" : text,
                $"± {Figures.Number(figure.Spread, figure.Figure.Decimals)}", Figures.Number(figure.Naive, figure.Figure.Decimals));
        }
        console.Draw(table);
        console.SayMarkup($"[{Theme.Faint}]Each fold is predicted by a model of the others; means over the folds. Best constant: one prediction for all rows.[/]");
    }

    public static void Write(IAnsiConsole console, TableTrainAnswer answer)
    {
        console.Title($"{answer.Label} learnt from {Figures.Count(answer.Rows)} rows: {answer.Objective}, {Figures.Count(answer.Rounds)} trees");
        Bars(console, ">share of gain", answer.GainShares, Figures.Percent);
        console.Draw(Look.Pairs(("model", Path.GetFullPath(answer.Model))));
    }

    public static void Write(IAnsiConsole console, TablePredictAnswer answer)
    {
        console.Title($"{Figures.Count(answer.Rows)} rows predicted: {answer.Objective}");
        console.Draw(Look.Pairs(
            ("mean", Figures.Number(answer.Mean, 4)),
            ("range", $"{Figures.Number(answer.Lowest, 4)} to {Figures.Number(answer.Highest, 4)}"),
            ("predictions", Path.GetFullPath(answer.Out))));
    }

    public static void Write(IAnsiConsole console, TableExplainAnswer answer)
    {
        if (answer.Row is { } row)
            Write(console, answer, row);
        else
        {
            console.Title($"What moves the predictions of {Figures.Count(answer.Rows)} rows: {answer.Objective}");
            Bars(console, ">mean size", answer.MeanAbsolute, size => Figures.Number(size, 4));
            console.SayMarkup($"[{Theme.Faint}]Mean size of contributions in {answer.RawScale.EscapeMarkup()}; they add up to each row's raw score.[/]");
        }
        if (answer.Out is { } file)
            console.Draw(Look.Pairs(("contributions", Path.GetFullPath(file))));
    }

    private static void Write(IAnsiConsole console, TableExplainAnswer answer, ExplainedRow row)
    {
        console.Title($"Row {Figures.Count(row.Row)}: predicted {Figures.Number(row.Prediction, 4)}");
        Table table = Look.Table("column", "value", $">adds, {answer.RawScale}");
        table.AddRow($"[{Theme.Faint}]start[/]", "", Signed(row.Start));
        foreach (Contribution contribution in row.Contributions.Take(MostColumns))
            table.AddRow(contribution.Column.EscapeMarkup(), contribution.Found.EscapeMarkup(), Signed(contribution.Value));
        if (row.Contributions.Count > MostColumns)
            table.AddRow($"[{Theme.Faint}]{row.Contributions.Count - MostColumns} more columns[/]", "", Signed(row.Contributions.Skip(MostColumns).Sum(contribution => contribution.Value)));
        table.AddRow($"[{Theme.Strong}]raw score[/]", "", $"[{Theme.Strong}]{Signed(row.RawScore)}[/]");
        console.Draw(table);
    }

    private static void Bars(IAnsiConsole console, string head, IReadOnlyDictionary<string, double> values, Func<double, string> show)
    {
        Table table = Look.Table("column", head, "");
        double most = Math.Max(values.Values.Max(), double.Epsilon);
        foreach ((string name, double value) in values.Take(MostColumns))
            table.AddRow(name.EscapeMarkup(), show(value), $"[{Theme.Faint}]{new string('█', (int)Math.Round(BarWidth * value / most))}[/]");
        console.Draw(table);
        if (values.Count > MostColumns)
            console.SayMarkup($"[{Theme.Faint}]and {values.Count - MostColumns} more columns[/]");
    }

    private static string Columns(BoostingData data)
    {
        int numeric = data.Columns.Count(column => column.Kind == ColumnKind.Numeric);
        return $"{Figures.Count(data.Columns.Count)} columns ({numeric} numeric, {data.Columns.Count - numeric} categorical)";
    }

    private static string Signed(double value) => value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);
}
