using System.CommandLine;
using CustomerValue.Simulation;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Simulate;

/// <summary><c>simulate</c>: customers whose true rates are known, as CSV files.</summary>
internal sealed class SimulateVerb : Verb
{
    private readonly SimulationOptionGroup _simulation = new();
    private readonly Option<string> _out = Opt.Text("--out", "DIR", "Folder for the files.", "simulation");

    public SimulateVerb() : base("simulate", "Simulate customers whose true rates are known: transactions, attributes, activities, referrals, contacts and the truth.")
    {
        _simulation.AddTo(this);
        Add(_out);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        SimulationOptions options = _simulation.Read(parse);
        if (options.Validate() is { Count: > 0 } problems)
            throw new UsageException(string.Join(' ', problems));
        string folder = session.Environment.PathOf(parse.GetValue(_out)!);
        SimulationSummary summary = await session.WithProgressAsync(progress => SimulationStep.Run(folder, options, progress, session.Cancellation));
        Write(session.People, summary);
        session.Hint($"Next: {ProgramName.Command($"train --transactions {Path.Combine(folder, "transactions.csv")} --attributes {Path.Combine(folder, "customers.csv")}")}");
        session.Answer(summary);
        return ExitCode.Done;
    }

    private static void Write(IAnsiConsole console, SimulationSummary summary)
    {
        Table table = Look.Table("file", ">rows", ">size");
        foreach (SimulatedFile file in summary.Files)
            table.AddRow(file.Path.EscapeMarkup(), Figures.Count(file.Rows), Figures.Bytes(file.Bytes));
        console.Draw(table);
        console.Say($"{Figures.Count(summary.Customers)} customers; truth.csv says what the {summary.HorizonDays} days from {Figures.Day(summary.Cutoff)} bring.");
    }
}
