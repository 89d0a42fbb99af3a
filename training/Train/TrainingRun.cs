using CustomerValue.CustomerBook;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Reporting;
using CustomerValue.Reporting.Figures;
using CustomerValue.Strategy.Versions;
using CustomerValue.Training.Evaluate;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Score;
using CustomerValue.Training.Strategies;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Train;

/// <summary>The main job: read, race, publish, promote, score everyone into the customer book.</summary>
/// <param name="Input">What is read.</param>
/// <param name="Plan">What is asked of the race.</param>
/// <param name="Store">Where the version goes.</param>
/// <param name="Book">Where the scores go.</param>
/// <param name="Promotion">Whether the version is to serve.</param>
/// <param name="Clock">When customers were scored.</param>
internal sealed record TrainingRun(TransactionInput Input, RacePlan Plan, ModelStore Store, CustomerBookDatabase Book, Promotion Promotion, TimeProvider Clock)
{
    /// <summary>Facts for the manifest beside the options of the race.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>What strategy rests on beside transactions.</summary>
    public StrategySources Strategy { get; init; } = StrategySources.None;

    /// <summary>Bytes that a log may take; null where memory is not limited.</summary>
    public long? BytesOfLog { get; init; }

    /// <summary>What needs everyone at once, in words; null where nothing does.</summary>
    private string? WholeFor => Promotion != Promotion.Never ? "the customer book that a promoted version is given" : Strategy.HasEvidence ? "strategy by files that say something of single customers" : null;

    /// <summary>Does the job. Cancelling works until the version is published; what is left then takes moments and is finished.</summary>
    /// <exception cref="BadDataException">The data cannot be used.</exception>
    /// <exception cref="ModelStoreException">The store cannot be written.</exception>
    /// <exception cref="CustomerBookException">The book cannot be written; told before the race where it can be told.</exception>
    public async Task<TrainingOutcome> RunAsync(IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        if (Promotion != Promotion.Never)
            await Book.CheckWritableAsync(cancellation); // a database that is not there should not cost a race either
        RaceData read = RaceData.Read(Input, Plan, BytesOfLog, WholeFor, progress, cancellation);
        LoadedData data = read.Data;
        StrategyEvidence evidence = Strategy.Evidence(data.Log.Customers, progress, cancellation);
        StrategySettings settings = Strategy.Settings(StrategyStep.Defaults(Plan.Value));
        if (Strategy.Playbook is { } playbook)
            PlaybookReader.Read(playbook, DecisionCustomers.ScoredColumns); // a mistake in it should not cost a race
        RaceInput race = read.On(Plan, Input.Options);
        RaceResult result = Plan.Run(race, progress, cancellation);
        result = result with { LifetimeBacktest = Plan.LookBack(race, progress, cancellation) };
        cancellation.ThrowIfCancellationRequested();

        progress.Report(new StepProgress("saving the model", 0, null, "files"));
        Dictionary<string, string> options = RunRecord.Describe(Input, Plan with { Cutoff = race.Cutoff }, Strategy);
        foreach ((string name, string value) in Notes)
            options[name] = value;
        StrategyOfVersion? strategy = null;
        ModelZipFile? zip = null;
        (Manifest manifest, ScoringModel model) = Publish(race, result, options, (writer, published) =>
        {
            zip!.WriteTo(writer);
            VersionReports.Write(writer, published, race, result, data.Findings);
        }, (writer, unpublished, population) =>
        {
            zip = ModelZipFile.Of(unpublished, population, race.Cutoff);
            StrategyPopulation learnt = StrategyStep.Population(race, population, unpublished, Strategy, cancellation);
            strategy = StrategyStep.Learn(learnt, settings, evidence);
            strategy.WriteTo(writer);
            StrategyStep.Decisions(Strategy.Playbook, learnt, strategy, evidence).WriteTo(writer);
        });
        Verdict? verdict = result.Report is null ? null : Verdict.Of(result.Report);
        if (Promotion == Promotion.Never || (Promotion == Promotion.Auto && verdict is { Beats: false }))
            return new TrainingOutcome
            {
                Data = data,
                Race = result,
                Manifest = manifest,
                Verdict = verdict,
                Promoted = false,
                Scored = null,
                Book = null,
                Strategy = strategy!,
                Zip = zip!,
            };

        DateOnly asOf = data.Log.LastDay.AddDays(1);
        ScoredBase everyone = ScoredBase.Of(model, strategy, data, evidence, data.Log.LastDay.AddDays(1), withReasons: true, Input.Options, progress, CancellationToken.None);
        BookFacts facts = everyone.Facts(Store.Open(manifest.Version), Input.Options.Threads, progress, CancellationToken.None);
        Store.Promote(manifest.Version);
        BookHeader book = await WriteBookAsync(manifest.Version, everyone, facts, progress);
        return new TrainingOutcome
        {
            Data = data,
            Race = result,
            Manifest = manifest,
            Verdict = verdict,
            Promoted = true,
            Scored = everyone.Scored,
            Book = book,
            Strategy = strategy!,
            Zip = zip!,
        };
    }

    private async Task<BookHeader> WriteBookAsync(string version, ScoredBase everyone, BookFacts facts, IProgress<StepProgress> progress)
    {
        try
        {
            return await BookWriter.WriteAsync(Book, everyone, facts, (Input.Erased, Store.Folder), Clock, progress, CancellationToken.None);
        }
        catch (CustomerBookException error)
        {
            throw new CustomerBookException($"Version {version} is saved and serves now, but its scores are not in the book. {error.Message} Then run score, which writes the book.", error);
        }
    }

    private (Manifest Manifest, ScoringModel Model) Publish(RaceInput race, RaceResult result, Dictionary<string, string> options, Action<VersionWriter, Manifest> writeMore, Action<VersionWriter, ScoringModel, Snapshot> writeStrategy)
    {
        try
        {
            Manifest manifest = VersionPublisher.Publish(Store, race, result, Plan.Value, ThisProgram.Product, options, writeMore, writeStrategy);
            return (manifest, ScoringModel.Load(Store.Open(manifest.Version), Entrants.Catalogue));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelStoreException($"Model store {Store.Folder} cannot be written: {error.Message.TrimEnd('.')}. Free the folder, or give another one with --store.", error);
        }
    }
}

/// <summary>What a training run came to.</summary>
internal sealed record TrainingOutcome
{
    /// <summary>What was read.</summary>
    public required LoadedData Data { get; init; }

    /// <summary>The race.</summary>
    public required RaceResult Race { get; init; }

    /// <summary>The version that was saved.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Champion beside naive rules; null where nothing could be measured.</summary>
    public required Verdict? Verdict { get; init; }

    /// <summary>Whether the version serves now.</summary>
    public required bool Promoted { get; init; }

    /// <summary>Everyone's score as of the day after the last; null where not promoted.</summary>
    public required ScoredCustomers? Scored { get; init; }

    /// <summary>The book as written; null where not promoted.</summary>
    public required BookHeader? Book { get; init; }

    /// <summary>The strategy that travels with the version.</summary>
    public required StrategyOfVersion Strategy { get; init; }

    /// <summary>The champion for ML.NET programs, or why there is none.</summary>
    public required ModelZipFile Zip { get; init; }

    /// <summary>Doubts about data and fits.</summary>
    public IReadOnlyList<Finding> Findings => [.. Data.Findings, .. Manifest.Findings, .. Strategy.Findings, .. new[] { Zip.WhyNot, WhyItServes }.OfType<Finding>()];

    /// <summary>Why a version serves that was not seen to beat the naive rules; null where it was, or does not serve.</summary>
    private Finding? WhyItServes => !Promoted || Verdict is { Beats: true } ? null : Verdict is null
        ? new Finding("serves-unmeasured", Severity.Warning, $"Version {Manifest.Version} serves without having been measured against the naive rules: {(Race.Report is null ? $"the data end before the {Manifest.HorizonDays} days after the cutoff {Figures.Day(Manifest.Cutoff)} do" : "none of them ran")}.",
            "Train once without --cutoff to see how good it is, or use --promote never.")
        : new Finding("serves-unbeaten", Severity.Warning, $"Version {Manifest.Version} serves because --promote always asked for it: {Manifest.Model} {Verdict.Sentence}.",
            "Give more history, or go back with models rollback.");
}
