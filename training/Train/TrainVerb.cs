using System.CommandLine;
using CustomerValue.CustomerBook;
using CustomerValue.Models.Store;
using CustomerValue.Training.Evaluate;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Strategies;

namespace CustomerValue.Training.Train;

/// <summary><c>train</c>: the race, its champion saved and promoted, and everyone scored into the customer book.</summary>
internal sealed class TrainVerb : Verb
{
    private readonly TransactionOptions _transactions = new();
    private readonly RaceOptions _race = new();
    private readonly StrategyOptionGroup _strategy = new(withPlaybook: true);
    private readonly StoreOptions _store = new();
    private readonly Option<Choice<Promotion>> _promote = Opt.Choice<Promotion>("--promote", "When the new version serves: where it beats the best naive rule, in any case, or not now.",
        new("auto", Promotion.Auto), new("always", Promotion.Always), new("never", Promotion.Never));
    private readonly Option<bool> _noPromote = Opt.Flag("--no-promote", "The same as --promote never.");
    private readonly Option<string?> _replay = Opt.Text("--replay", "VERSION", "Train a version again by what it records of its run, save nothing, and say whether the model is the same.");

    public TrainVerb() : base("train", "Run the race, save the champion to the store, promote it, and score every customer.")
    {
        _transactions.AddTo(this);
        _race.AddTo(this);
        _strategy.AddTo(this);
        _store.AddTo(this, withBook: true, signs: true);
        Add(_promote);
        Add(_noPromote);
        Add(_replay);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        if (parse.GetValue(_replay) is { } version)
            return await Replay.RunAsync(parse, session, _store.Store(parse, session.Environment), version,
                earlier => _transactions.ReadAgain(parse, session.Environment, earlier), earlier => _strategy.ReadAgain(parse, session.Environment, earlier));
        if (parse.GetValue(_noPromote) && parse.IsGiven(_promote) && parse.Chosen(_promote) != Promotion.Never)
            throw new UsageException("Found both --no-promote and --promote; keep one.");
        Promotion promotion = parse.GetValue(_noPromote) ? Promotion.Never : parse.Chosen(_promote);
        ModelStore store = _store.Store(parse, session.Environment);
        CustomerBookDatabase book = _store.Book(parse, session.Environment);
        StrategySources strategy = _strategy.Read(parse, session.Environment);
        if (strategy is { Activities: not null, Rates: null })
            throw new UsageException("Found --activities without --rates, expected both: rates say what an activity costs.");
        TrainingRun run = new(_transactions.Read(parse, session.Environment, store), _race.Read(parse), store, book, promotion, session.Environment.Clock) { Strategy = strategy, BytesOfLog = session.BytesOfLog };
        TrainingOutcome outcome = await session.WithProgressAsync(progress => run.RunAsync(progress, session.Cancellation));

        TrainingReport.Write(session, outcome, store, book, _store.Named(parse));
        session.Answer(TrainAnswer.Of(outcome, store.Folder, book.Place));
        if (outcome.Promoted || promotion == Promotion.Never)
            return ExitCode.Done;
        session.Complain($"{outcome.Manifest.Model} {outcome.Verdict!.Sentence}, so version {outcome.Manifest.Version} is saved and does not serve. Give more history, or promote it all the same with --promote always or models promote.");
        return ExitCode.QualityGate;
    }
}
