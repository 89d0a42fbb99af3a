using System.CommandLine;
using CustomerValue.CustomerBook;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;
using CustomerValue.Simulation;
using CustomerValue.Training.Evaluate;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Score;
using CustomerValue.Training.Simulate;
using CustomerValue.Training.Terminal;
using CustomerValue.Training.Train;
using Spectre.Console;

namespace CustomerValue.Training.Demo;

/// <summary><c>demo</c>: the main job on simulated customers, from a file to a model that serves.</summary>
internal sealed class DemoVerb : Verb
{
    private static readonly Horizon s_horizon = new(90);

    private readonly SimulationOptionGroup _simulation = new();
    private readonly StoreOptions _store = new();
    private readonly Option<string> _out = Opt.Text("--out", "DIR", "Folder for the simulated files and the scores.", "demo");

    private readonly Option<string> _candidates = RaceOptions.Candidates();

    public DemoVerb() : base("demo", "Simulate customers, validate, train, score, print and save the result: the main job, without a file of your own.")
    {
        _simulation.AddTo(this);
        Add(_out);
        Add(_candidates);
        _store.AddTo(this, withBook: true, signs: true);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        SimulationOptions options = _simulation.Read(parse);
        if (options.Validate() is { Count: > 0 } problems)
            throw new UsageException(string.Join(' ', problems));
        ModelStore store = _store.Store(parse, session.Environment);
        RefuseForeignChampion(store);
        CustomerBookDatabase book = _store.Book(parse, session.Environment);
        string shown = parse.GetValue(_out)!, folder = session.Environment.PathOf(shown), file = Path.Combine(folder, "scores.csv");

        Step(session, 1, $"Simulate {Figures.Count(options.Customers)} customers of a shop over {options.Days} days");
        SimulationSummary simulated = await session.WithProgressAsync(progress => SimulationStep.Run(folder, options, progress, session.Cancellation));
        DemoRates.Write(folder);

        Step(session, 2, $"Learn from {Path.Combine(shown, "transactions.csv")}: hold out the last {s_horizon}, let the candidates predict them, keep the best");
        TransactionInput input = new([Path.Combine(folder, "transactions.csv")], new() { Threads = options.Threads, LatestDay = session.Environment.Today }, Path.Combine(folder, "customers.csv"));
        TrainingRun run = new(input, new RacePlan(null, s_horizon, (int)options.Seed, new ValueOptions()) { Candidates = parse.GetValue(_candidates)! }, store, book, Promotion.Always, session.Environment.Clock)
        {
            Notes = new Dictionary<string, string> { [DemoNote.Name] = DemoNote.Value },
            Strategy = DemoRates.Beside(folder),
        };
        TrainingOutcome outcome = await session.WithProgressAsync(progress => run.RunAsync(progress, session.Cancellation));
        session.People.Say(ReadReport.Sentence(outcome.Data.Read.Summary));
        RaceTable.Write(session.People, outcome.Race.Report!);
        RaceTable.Write(session.People, outcome.Verdict);
        session.Show(outcome.Findings);

        Step(session, 3, "Score every customer as of the day after the last");
        CustomerPrediction.Table.Save(file, Enumerable.Range(0, outcome.Scored!.Count).Select(i => outcome.Scored[i]), session.Cancellation);
        ScoreTable.Write(session.People, outcome.Scored!, money: true);

        Step(session, 4, "Saved");
        session.People.Draw(Look.Pairs(
            ("transactions", Path.Combine(shown, "transactions.csv")),
            ("scores", Path.Combine(shown, "scores.csv")),
            ("model", $"{outcome.Manifest.Version} in {store.Folder} (serves now)"),
            ("customer book", book.Place)));
        session.Hint("Next: start the service with  dotnet run --project serving\nor train on your own file with  dotnet run --project training -- train --transactions FILE");
        session.Answer(new DemoAnswer(simulated, TrainAnswer.Of(outcome, store.Folder, book.Place), ScoreAnswer.Of(outcome.Scored!, file, book.Place)));
        return ExitCode.Done;
    }

    private static void Step(Session session, int number, string text)
    {
        if (!session.Options.Quiet)
        {
            session.People.WriteLine();
            session.People.SayMarkup($"[{Theme.Strong}]{number}.[/] {text.EscapeMarkup()}");
        }
    }

    /// <summary>The demo never takes the place of a model that somebody trained on their own data.</summary>
    private static void RefuseForeignChampion(ModelStore store)
    {
        if (store.Champion is { } champion && !DemoNote.IsOn(store.Open(champion).Manifest))
            throw new UsageException($"Model store {store.Folder} serves {champion}, which was not made by the demo; the demo would take its place. Give the demo a store of its own: --store demo/store.");
    }
}
