using System.CommandLine;
using CustomerValue.CustomerBook;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Customers;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy.Versions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Score;

/// <summary><c>score</c>: every customer's churn, purchases, spend and value, to a file and the customer book.</summary>
internal sealed class ScoreVerb : Verb
{
    private readonly TransactionOptions _transactions = new();
    private readonly StoreOptions _store = new();
    private readonly Option<DateOnly?> _asOf = Opt.Date("--as-of", "First day of the forecast; everything before it is looked at. Default: the day after the last transaction.");
    private readonly Option<string?> _model = Opt.Text("--model", "VERSION", "Version that scores. Default: the champion.");
    private readonly Option<string?> _out = Opt.Text("--out", "FILE", "Write the scores to a CSV file.");
    private readonly Option<bool> _noBook = Opt.Flag("--no-book", "Leave the customer book as it is.");

    public ScoreVerb() : base("score", "Score every customer of a file into the customer book, and a CSV file on request.")
    {
        _transactions.AddTo(this);
        _store.AddTo(this, withBook: true);
        foreach (Option option in (Option[])[_asOf, _model, _out, _noBook])
            Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        ModelStore store = _store.Store(parse, session.Environment);
        TransactionInput input = _transactions.Read(parse, session.Environment, store);
        string version = parse.GetValue(_model) ?? StoreGuard.Champion(store);
        bool withBook = !parse.GetValue(_noBook) && version == store.Champion;
        string? file = parse.GetValue(_out) is { } path ? session.Environment.PathOf(path) : null;
        if (!withBook && file is null)
            throw new UsageException("Found nothing to write: the customer book takes the champion's scores only, and --no-book leaves it out. Give --out FILE.");
        CustomerBookDatabase book = _store.Book(parse, session.Environment);
        if (withBook)
            await book.CheckWritableAsync(session.Cancellation);

        (ScoredCustomers scored, IReadOnlyList<CustomerPrediction> newcomers, LoadedData data) = await session.WithProgressAsync(async progress =>
        {
            ScoringModel model = ScoringModel.Load(store.Open(version), Entrants.Catalogue);
            LoadedData data = LoadedData.Load(input, model.Attributes, progress, session.Cancellation);
            DateOnly asOf = ScoringDay.Check(parse.GetValue(_asOf), data.Log);
            progress.Report(new("scoring every customer", 0, null, "customers"));
            Snapshot everyone = model.Snapshot(data.Log, data.Attributes, asOf, withOutcomes: false, input.Options.Threads, session.Cancellation);
            ScoredCustomers scored = model.Score(everyone, withBook ? BookReasons.For(everyone.Count) : 0, input.Options.Threads, session.Cancellation);
            StrategyResult? strategies = withBook && data.HasMoney ? StrategyOfVersion.Load(store.Open(version))?.Recommend(new StrategyPopulation(data.Log, everyone.Aggregates, scored, model.Margins), StrategyEvidence.None, threads: input.Options.Threads, cancellation: session.Cancellation) : null;
            progress.Report(new("scoring every customer", scored.Count, scored.Count, "customers"));
            IReadOnlyList<CustomerPrediction> newcomers = file is null ? [] : Newcomers.Score(model, scored, data.Attributes, input.Erased);
            if (file is not null)
                CustomerPrediction.Table.Write(file, Enumerable.Range(0, scored.Count).Select(i => scored[i]).Concat(newcomers), session.Cancellation);
            if (withBook)
                await BookWriter.WriteAsync(book, scored, strategies, RecentPurchases.For(data.Log, everyone), decide: null, strategies is null ? null : DecisionBasis.Of(DecisionCustomers.From(strategies), data.Log, input.Options.Returns), session.Environment.Clock, progress, session.Cancellation);
            return (scored, newcomers, data);
        });

        ScoreTable.Write(session.People, scored, data.HasMoney);
        ScoreTable.WriteWhere(session.People, scored, file, withBook ? book.Place : null);
        IReadOnlyList<Finding> findings = Newcomers.Among([.. data.Findings.Concat(scored.Findings).Distinct()], newcomers.Count, file);
        session.Show(findings);
        session.Answer(ScoreAnswer.Of(scored, file, withBook ? book.Place : null) with { Findings = findings });
        return ExitCode.Done;
    }
}
