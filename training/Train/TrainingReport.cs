using CustomerValue.CustomerBook;
using CustomerValue.Models.Store;
using CustomerValue.Reporting.Figures;
using CustomerValue.Training.Evaluate;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Train;

/// <summary>The end of a training run: what was measured, who won, where the model went, what to do next.</summary>
internal static class TrainingReport
{
    public static void Write(Session session, TrainingOutcome outcome, ModelStore store, CustomerBookDatabase book, string? named)
    {
        IAnsiConsole console = session.People;
        console.Say(ReadReport.Sentence(outcome.Data.Read.Summary));
        if (outcome.Race.Report is { } report)
            RaceTable.Write(console, report);
        else
            console.SayMarkup($"[{Theme.Doubt}]Not measured:[/] the data end before the horizon after the cutoff {Figures.Day(outcome.Manifest.Cutoff)} does. Leave out --cutoff for a holdout.");
        RaceTable.Write(console, outcome.Verdict);
        if (outcome.Race.LifetimeBacktest is { } backtest)
        {
            console.WriteLine();
            console.Say(LifetimeText.Line(backtest));
        }
        console.WriteLine();
        console.Say(outcome.Manifest.Description);
        WriteWhere(session, outcome, store, book);
        session.Show(outcome.Findings);
        string there = named is null ? "" : $" --store {named}";
        if (outcome.Promoted)
            session.Hint($"Next: score your customers with  {ProgramName.Command($"score --transactions FILE{there} --out scores.csv")}\nor start the service with         dotnet run --project serving{(named is null ? "" : $" -- --Store={named}")}");
        else
            session.Hint($"The version is saved and does not serve yet:  {ProgramName.Command($"models promote {outcome.Manifest.Version}{there}")}");
    }

    private static void WriteWhere(Session session, TrainingOutcome outcome, ModelStore store, CustomerBookDatabase book)
    {
        session.People.WriteLine();
        session.People.Draw(Look.Pairs(
        [
            ("version", outcome.Manifest.Version + (outcome.Promoted ? " (serves now)" : " (not promoted)")),
            ("store", Path.Combine(store.Folder, outcome.Manifest.Version)),
            .. outcome.Book is { } written
                ? (ReadOnlySpan<(string, string)>)[("customer book", $"{book.Place}: {Figures.Count(written.Customers)} customers as of {Figures.Day(written.AsOf)}")]
                : [],
        ]));
    }
}
