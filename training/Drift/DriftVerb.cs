using System.CommandLine;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Drift;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Drift;

/// <summary><c>drift</c>: new data beside what a version was trained on.</summary>
internal sealed class DriftVerb : Verb
{
    private const string ChampionWord = "champion";

    private readonly TransactionOptions _transactions = new();
    private readonly StoreOptions _store = new();
    private readonly Option<DateOnly?> _asOf = Opt.Date("--as-of", "Day as of which customers are compared; everything before it is looked at. Default: the day after the last transaction; for the transactions of the training, its cutoff.");
    private readonly Option<string> _model = Opt.Text("--model", "VERSION", "Version to compare with.", ChampionWord);
    private readonly Option<bool> _matured = Opt.Flag("--matured", "Look at outcomes: the default day is then the latest whose horizon the data cover.");
    private readonly Option<double> _threshold = Opt.Number("--threshold", "Population stability index below which a movement is of no practical weight.", new DriftOptions().Threshold, 0.01, 10);

    public DriftVerb() : base("drift", "Compare new data with what a version was trained on; exit code 6 where something is over its limit.")
    {
        _transactions.AddTo(this);
        _store.AddTo(this, withBook: false);
        foreach (Option option in (Option[])[_asOf, _model, _matured, _threshold])
            Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        ModelStore store = _store.Store(parse, session.Environment);
        TransactionInput input = _transactions.Read(parse, session.Environment, store);
        string version = parse.GetValue(_model) is { } named and not ChampionWord ? named : StoreGuard.Champion(store);
        DriftOptions options = new() { Threshold = parse.GetValue(_threshold) };

        DriftReport report = await session.WithProgressAsync(progress =>
        {
            VersionReader reader = store.Open(version);
            ScoringModel model = ScoringModel.Load(reader, Entrants.Catalogue);
            DriftBaseline baseline = reader.ReadJson<DriftBaseline>(DriftBaseline.FileName);
            LoadedData data = LoadedData.Load(input, model.Attributes, progress, session.Cancellation);
            DateOnly latestMatured = data.Log.LastDay.AddDays(1 - model.Horizon.Days);
            bool same = parse.GetValue(_asOf) is null && !parse.GetValue(_matured) && VersionPublisher.Fingerprint(data.Log) == reader.Manifest.Data;
            DateOnly asOf = ScoringDay.Check(parse.GetValue(_asOf) ?? (parse.GetValue(_matured) ? latestMatured : same ? reader.Manifest.Cutoff : null), data.Log);
            if (parse.GetValue(_matured) && asOf > latestMatured)
                throw new UsageException($"--as-of {Figures.Day(asOf)}: the {model.Horizon} after it are not covered by the data, which end on {Figures.Day(data.Log.LastDay)}, so --matured has no outcomes to look at. Choose a day up to {Figures.Day(latestMatured)}, or leave out --matured.");
            progress.Report(new("comparing customers", 0, null, "customers"));
            Snapshot snapshot = model.Snapshot(data.Log, data.Attributes, asOf, asOf <= latestMatured, input.Options.Threads, session.Cancellation);
            DriftReport found = DriftDetector.Compare(version, baseline, DriftSample.Of(snapshot, model.Predict(snapshot)), options);
            progress.Report(new("comparing customers", snapshot.Count, snapshot.Count, "customers"));
            return found with { Findings = [.. same ? [TrainedOnThis(version, asOf)] : (IEnumerable<Finding>)[], .. data.Findings, .. snapshot.Features.Findings, .. found.Findings] };
        });

        DriftTable.Write(session.People, report);
        session.Show(report.Findings);
        session.Answer(report);
        return report.Drifted ? ExitCode.Drift : ExitCode.Done;
    }

    private static Finding TrainedOnThis(string version, DateOnly cutoff) => new("trained-on-this", Severity.Information,
        $"These are the transactions that version {version} was trained on, so they are compared as of its cutoff {Figures.Day(cutoff)}: nothing has moved since.",
        "Give newer transactions, or a day with --as-of.");
}
