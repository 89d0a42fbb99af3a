using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Doctor;

/// <summary>What <c>doctor</c> found.</summary>
internal static class CheckTable
{
    public static void Write(IAnsiConsole console, IReadOnlyList<DoctorCheck> checks)
    {
        Grid grid = new();
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(2)).AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(3)).AddColumn(new GridColumn().PadLeft(0).PadRight(0));
        foreach (DoctorCheck check in checks)
        {
            (string word, string colour) = check.State switch
            {
                CheckState.Fine => ("ok", Theme.Good),
                CheckState.Note => ("note", Theme.Doubt),
                _ => ("broken", Theme.Bad),
            };
            grid.AddRow(new Markup($"[{colour}]{word}[/]"), new Text(check.Name), new Markup(Sentence(check)));
        }
        console.Draw(grid);
    }

    private static string Sentence(DoctorCheck check)
    {
        string found = check.Expected.Length == 0 ? check.Found : $"{check.Found.TrimEnd('.')}; expected {check.Expected}";
        return check.Advice.Length == 0 ? found.EscapeMarkup() : $"{found.TrimEnd('.').EscapeMarkup()}. [{Theme.Faint}]{check.Advice.EscapeMarkup()}[/]";
    }
}
