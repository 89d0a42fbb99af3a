using System.CommandLine;
using CustomerValue.CustomerBook;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Sources.Answers;
using CustomerValue.Strategy.Versions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Strategies;

namespace CustomerValue.Training.Score;

/// <summary><c>score</c>: every customer's churn, purchases, spend and value, to a file and the customer book.</summary>
internal sealed class ScoreVerb : Verb
{
    private const int ToldEach = 1 << 14;

    private const string TooLargeForBook = "Found more transactions than memory holds at once, and the customer book is made of all of them at once. Give more with --memory, or score in parts without the book: --no-book --out FILE.";

    private readonly TransactionOptions _transactions = new();
    private readonly StrategyOptionGroup _strategy = new(withChoices: false);
    private readonly StoreOptions _store = new();
    private readonly Option<DateOnly?> _asOf = Opt.Date("--as-of", "First day of the forecast; everything before it is looked at. Default: the day after the last transaction.");
    private readonly Option<string?> _model = Opt.Text("--model", "VERSION", "Version that scores. Default: the champion.");
    private readonly Option<string[]> _out = Opt.Repeated("--out", "FILE", "Write the scores: " + AnswerFile.Forms + " Or an address such as postgres://user@host/shop?table=scores, clickhouse://..., duckdb:... or parquet:FOLDER: what is there of the same version and day is replaced.");
    private readonly Option<bool> _noBook = Opt.Flag("--no-book", "Leave the customer book as it is.");

    public ScoreVerb() : base("score", "Score every customer of a file into the customer book, and a CSV file on request.")
    {
        _transactions.AddTo(this);
        _strategy.AddTo(this);
        _store.AddTo(this, withBook: true);
        foreach (Option option in (Option[])[_asOf, _model, _out, _noBook])
            Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        ModelStore store = _store.Store(parse, session.Environment);
        TransactionInput input = _transactions.Read(parse, session.Environment, store);
        StrategySources sources = _strategy.Read(parse, session.Environment);
        string version = parse.GetValue(_model) ?? StoreGuard.Champion(store);
        bool withBook = !parse.GetValue(_noBook) && version == store.Champion;
        ScoreOut[] outs = [.. (parse.GetValue(_out) ?? []).Select(name => ScoreOut.Of(name, session.Environment))];
        string? file = outs.FirstOrDefault()?.Name;
        if (!withBook && file is null)
            throw new UsageException("Found nothing to write: the customer book takes the champion's scores only, and --no-book leaves it out. Give --out FILE.");
        CustomerBookDatabase book = _store.Book(parse, session.Environment);
        if (withBook)
            await book.CheckWritableAsync(session.Cancellation);

        ScoredRun run = await session.WithProgressAsync(async progress =>
        {
            foreach (ScoreOut place in outs)
                place.Check(session.Cancellation);
            VersionReader reader = store.Open(version);
            ScoringModel model = ScoringModel.Load(reader, Entrants.Catalogue);
            StrategyOfVersion? strategy = withBook ? StrategyOfVersion.Load(reader) : null;
            if (sources.Activities is not null && strategy is { Settings.Rates: null })
                throw new UsageException($"Found --activities, and version {version} carries no rates that say what an activity costs. Train with --rates FILE, or leave --activities out.");
            if (!withBook)
            {
                ScoredParts parts = ScoredParts.Of(model, input, session.BytesOfLog, parse.GetValue(_asOf), progress, session.Cancellation);
                if (sources.HasEvidence)
                    sources.Evidence(new NameTable(parts.Scored.Ids), progress, session.Cancellation); // scores alone do not rest on it, and a bad line in it is told all the same
                return new ScoredRun(parts.Scored, WriteOuts(model, parts.Scored, parts.Attributes, progress), parts.HasMoney, parts.Findings);
            }
            LoadedData data = LoadedData.LoadAtOnce(input, model.Attributes, session.BytesOfLog, TooLargeForBook, progress, session.Cancellation);
            StrategyEvidence evidence = sources.Evidence(data.Log.Customers, progress, session.Cancellation);
            ScoredBase everyone = ScoredBase.Of(model, strategy, data, evidence, ScoringDay.Check(parse.GetValue(_asOf), data.Log), withReasons: true, input.Options, progress, session.Cancellation);
            int newcomers = WriteOuts(model, everyone.Scored, data.Attributes, progress);
            await BookWriter.WriteAsync(book, everyone, everyone.Facts(reader, input.Options.Threads, progress, session.Cancellation), (input.Erased, store.Folder), session.Environment.Clock, progress, session.Cancellation);
            return new ScoredRun(everyone.Scored, newcomers, data.HasMoney, [.. data.Findings, .. everyone.Scored.Findings, .. everyone.Strategies?.Findings ?? []]);
        });

        ScoreTable.Write(session.People, run.Scored, run.HasMoney);
        ScoreTable.WriteWhere(session.People, run.Scored, file, withBook ? book.Place : null);
        IReadOnlyList<Finding> findings = Newcomers.Among([.. run.Findings.Distinct()], run.Newcomers, file);
        session.Show(findings);
        session.Answer(ScoreAnswer.Of(run.Scored, file, withBook ? book.Place : null) with { Findings = findings });
        return ExitCode.Done;

        int WriteOuts(ScoringModel model, ScoredCustomers scored, CustomerAttributes? attributes, IProgress<StepProgress> progress)
        {
            IReadOnlyList<CustomerPrediction> newcomers = file is null ? [] : Newcomers.Score(model, scored, attributes, input.Erased);
            AnswerSlice slice = new(scored.ModelVersion, scored.AsOf);
            foreach (ScoreOut place in outs)
                place.Write(slice, Told(scored, progress).Concat(newcomers), session.Cancellation);
            return newcomers.Count;
        }
    }

    /// <summary>What a run came to.</summary>
    /// <param name="Scored">Everyone's scores.</param>
    /// <param name="Newcomers">Customers beside them who have not bought yet.</param>
    /// <param name="HasMoney">Whether any transaction has an amount.</param>
    /// <param name="Findings">Doubts.</param>
    private sealed record ScoredRun(ScoredCustomers Scored, int Newcomers, bool HasMoney, IReadOnlyList<Finding> Findings);

    /// <summary>All customers, telling now and then how many went by.</summary>
    private static IEnumerable<CustomerPrediction> Told(ScoredCustomers scored, IProgress<StepProgress> progress)
    {
        for (int i = 0; i < scored.Count; i++)
        {
            if (i % ToldEach == 0)
                progress.Report(new("writing scores", i, scored.Count, "customers"));
            yield return scored[i];
        }
    }
}
