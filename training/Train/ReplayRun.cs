using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Versions;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy.Versions;
using CustomerValue.Training.Evaluate;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Strategies;

namespace CustomerValue.Training.Train;

/// <summary>Trains a version again and compares: nothing is added to the store.</summary>
/// <param name="Manifest">The version.</param>
/// <param name="Input">What its run read.</param>
/// <param name="Plan">What was asked of its race.</param>
/// <param name="Strategy">What its strategy rests on; null where the version has none.</param>
/// <param name="Clock">When, for the copy that is thrown away.</param>
internal sealed record ReplayRun(Manifest Manifest, TransactionInput Input, RacePlan Plan, StrategySources? Strategy, TimeProvider Clock)
{
    /// <summary>Does the job.</summary>
    /// <exception cref="BadDataException">The data are not those that the version was trained on.</exception>
    public ReplayOutcome Run(IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        LoadedData data = LoadedData.Load(Input, null, progress, cancellation);
        CheckData(data);
        StrategyEvidence evidence = (Strategy ?? StrategySources.None).Evidence(data.Log.Customers, progress, cancellation);
        RaceInput race = Plan.On(data, Input.Options);
        RaceResult result = Plan.Run(race, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();

        progress.Report(new StepProgress("comparing the model", 0, null, "files"));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("customer-value-replay-");
        try
        {
            Manifest again = VersionPublisher.Publish(new ModelStore(folder.FullName, Clock), race, result, Plan.Value, ThisProgram.Product, Manifest.Options, writeMore: (writer, model, population) =>
            {
                if (Strategy is not { } sources)
                    return;
                StrategyPopulation learnt = StrategyStep.Population(race, population, model, sources, cancellation);
                StrategyOfVersion strategy = StrategyStep.Learn(learnt, sources.Settings(StrategyStep.Defaults(Plan.Value)), evidence);
                strategy.WriteTo(writer);
                if (Manifest.Files.Any(file => file.Name == DecisionsOfVersion.PlaybookFile))
                    StrategyStep.Decisions(sources.Playbook, learnt, strategy, evidence).WriteTo(writer);
            });
            return ReplayOutcome.Of(Manifest, again);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void CheckData(LoadedData data)
    {
        DataFingerprint expected = Manifest.Data, found = VersionPublisher.Fingerprint(data.Log, expected);
        if (found != expected)
            throw new BadDataException($"The transactions are not those that version {Manifest.Version} was trained on: found {Say(found)}, expected {Say(expected)}. Give the files as they were then with --transactions, or train anew.");
        string attributes = RunRecord.HashOfAttributes(Input) ?? "", recorded = Manifest.Options.GetValueOrDefault("attributes-sha256") ?? "";
        if (attributes != recorded)
            throw new BadDataException($"The attributes are not those that version {Manifest.Version} was trained with: found SHA-256 {attributes} of {Input.AttributesFile}, expected {recorded}. Give the file as it was then with --attributes, or train anew.");
        string sources = Strategy?.Hash() ?? "", before = Manifest.Options.GetValueOrDefault("strategy-sha256") ?? "";
        if (sources != before)
            throw new BadDataException($"The files of activities, rates and rules are not those that version {Manifest.Version} was trained with: found SHA-256 {sources}, expected {before}. Give them as they were then by their options, or train anew.");
    }

    private static string Say(DataFingerprint data) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{data.Rows:N0} rows of {data.Customers:N0} customers from {data.FirstDay:yyyy-MM-dd} to {data.LastDay:yyyy-MM-dd} with fingerprint {data.Sha256}");
}

/// <summary>How a replay came out.</summary>
internal sealed record ReplayOutcome
{
    /// <summary>The version.</summary>
    public required string Version { get; init; }

    /// <summary>Whether the model is the same, byte by byte.</summary>
    public required bool Same { get; init; }

    /// <summary>Model hash of the version.</summary>
    public required string Expected { get; init; }

    /// <summary>Model hash of the replay.</summary>
    public required string Found { get; init; }

    /// <summary>Model files that differ, or are on one side only.</summary>
    public required IReadOnlyList<string> Differing { get; init; }

    /// <summary>Program that trained the version.</summary>
    public required string TrainedBy { get; init; }

    /// <summary>This program.</summary>
    public required string ReplayedBy { get; init; }

    public static ReplayOutcome Of(Manifest expected, Manifest found)
    {
        Dictionary<string, string> before = Hashes(expected), now = Hashes(found);
        string[] differing = [.. before.Keys.Union(now.Keys).Where(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name)).Order(StringComparer.Ordinal)];
        return new ReplayOutcome
        {
            Version = expected.Version,
            Same = expected.ModelHash == found.ModelHash,
            Expected = expected.ModelHash,
            Found = found.ModelHash,
            Differing = differing,
            TrainedBy = expected.Product,
            ReplayedBy = found.Product,
        };
    }

    private static Dictionary<string, string> Hashes(Manifest manifest) => ModelStore.ModelFiles(manifest).ToDictionary(file => file.Name, file => file.Sha256, StringComparer.Ordinal);
}
