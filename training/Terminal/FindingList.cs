using CustomerValue.Data.Diagnostics;
using Spectre.Console;

namespace CustomerValue.Training.Terminal;

/// <summary>Doubts as a list: what was found and what to do about it.</summary>
internal static class FindingList
{
    public static void Write(IAnsiConsole console, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            return;
        console.WriteLine();
        Grid grid = new() { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(1)).AddColumn(new GridColumn().PadLeft(0).PadRight(0));
        foreach (Finding finding in findings.OrderByDescending(finding => finding.Severity))
        {
            (string word, string colour) = finding.Severity switch
            {
                Severity.Error => ("error", Theme.Bad),
                Severity.Warning => ("note", Theme.Doubt),
                _ => ("info", Theme.Faint),
            };
            grid.AddRow(new Markup($"[{colour}]{word}[/]"), new Markup($"{finding.Message.EscapeMarkup()} [{Theme.Faint}]{finding.Remedy.EscapeMarkup()}[/]"));
        }
        console.Draw(grid);
    }
}
