using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy;
using CustomerValue.Strategy.Versions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Strategies;

namespace CustomerValue.Training.Recommend;

/// <summary>Scores customers and gives everyone values, quadrant, stage and strategy by what travels with the version.</summary>
/// <param name="Input">What is read.</param>
/// <param name="Version">The version that answers.</param>
/// <param name="Sources">What strategy rests on beside transactions.</param>
/// <param name="AsOf">First day of the forecast; null for the day after the last transaction.</param>
/// <param name="Before">An earlier day, or the file of an earlier result; null for none.</param>
internal sealed record RecommendRun(TransactionInput Input, VersionReader Version, StrategySources Sources, DateOnly? AsOf, string? Before)
{
    /// <summary>Does the job.</summary>
    /// <exception cref="BadDataException">The data cannot be used.</exception>
    /// <exception cref="ModelStoreException">The version is damaged.</exception>
    public RecommendOutcome Run(IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        ScoringModel model = ScoringModel.Load(Version, Entrants.Catalogue);
        StrategyOfVersion? own = StrategyOfVersion.Load(Version);
        StrategySettings settings = Sources.Settings(own?.Settings ?? StrategyStep.Defaults(model.Value));
        if (Sources.Activities is not null && settings.Rates is null)
            throw new UsageException($"Found --activities, and version {model.Version} carries no rates, expected --rates FILE beside it: rates say what an activity costs.");
        LoadedData data = LoadedData.Load(Input, model.Attributes, progress, cancellation);
        if (!data.HasMoney)
            throw new BadDataException($"{string.Join(", ", Input.Files)}: found no amounts, expected money: values, quadrants, strategies and plans are off where purchases are only counted. Name the column with --map amount=NAME if there is one; score tells who will come back and how often without it.");
        StrategyEvidence evidence = Sources.Evidence(data.Log.Customers, progress, cancellation);
        DateOnly asOf = ScoringDay.Check(AsOf, data.Log);
        DateOnly? earlierDay = EarlierDay(asOf, data);
        progress.Report(new("scoring every customer", 0, null, "customers"));
        Snapshot snapshot = Customers(asOf);
        StrategyPopulation now = StrategyStep.Population(data.Log, snapshot, model, Input.Options.Threads, cancellation);
        progress.Report(new("scoring every customer", now.Scored.Count, now.Scored.Count, "customers"));

        bool ofVersion = own is not null && !Sources.HasChoices;
        progress.Report(new("choosing strategies", 0, null, "customers"));
        StrategyOfVersion strategy = ofVersion ? own! : StrategyStep.Learn(now, settings, evidence);
        EarlierStrategies? earlier = earlierDay is { } day ? strategy.Recommend(StrategyStep.Population(data.Log, Customers(day), model, Input.Options.Threads, cancellation), evidence, null, Input.Options.Threads, cancellation).Strategies
            : Before is not null ? EarlierStrategies.Read(Before) : null;
        if (earlier is not null && earlier.AsOf >= asOf)
            throw new BadDataException($"--before {Before}: found a result as of {Text(earlier.AsOf)}, expected one before {Text(asOf)}, the day of the recommendations. Give an earlier result, or a later --as-of.");
        StrategyResult result = strategy.Recommend(now, evidence, earlier, Input.Options.Threads, cancellation);
        progress.Report(new("choosing strategies", result.Strategies.Count, result.Strategies.Count, "customers"));
        return new RecommendOutcome(strategy, ofVersion, result, earlier, new RecommendBasis(model, data, snapshot),
            [.. data.Findings.Concat(result.Scored.Findings).Concat(Doubts(model.Version, own is not null, ofVersion)).Concat(result.Findings).Distinct()]);

        Snapshot Customers(DateOnly day) => model.Snapshot(data.Log, data.Attributes, day, withOutcomes: false, Input.Options.Threads, cancellation);
    }

    /// <summary>Whether what was given is a day, else it is a file.</summary>
    public static bool IsDay(string? text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private DateOnly? EarlierDay(DateOnly asOf, LoadedData data)
    {
        if (!IsDay(Before, out DateOnly day))
            return null;
        return day < asOf && day > data.Log.FirstDay
            ? day
            : throw new BadDataException($"--before {Text(day)}: expected a day after the first transaction, {Text(data.Log.FirstDay)}, and before the day of the recommendations, {Text(asOf)}. Choose another.");
    }

    private static IEnumerable<Finding> Doubts(string version, bool hasStrategy, bool ofVersion)
    {
        if (!hasStrategy)
            yield return new Finding("version-without-strategy", Severity.Warning,
                $"Version {version} was trained before strategy travelled with versions, so lines and scorecard were learnt on these data and hold for this answer only.", "Train again, so that answers can be traced and repeated.");
        else if (!ofVersion)
            yield return new Finding("strategy-of-this-run", Severity.Information,
                $"Rates, scorecard or rules were given, so lines and scorecard were learnt on these data with them; the service answers with those of version {version}.", "Train with these files to make them part of a version.");
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What recommendations came to.</summary>
/// <param name="Strategy">The strategy that answered.</param>
/// <param name="OfVersion">Whether it is the version's, else it was learnt in this run.</param>
/// <param name="Result">Everyone's values and strategies.</param>
/// <param name="Earlier">Labels of the earlier day, or null.</param>
/// <param name="Basis">What was scored.</param>
/// <param name="Findings">Doubts about data and evidence.</param>
internal sealed record RecommendOutcome(StrategyOfVersion Strategy, bool OfVersion, StrategyResult Result, EarlierStrategies? Earlier, RecommendBasis Basis, IReadOnlyList<Finding> Findings);

/// <summary>What recommendations rest on.</summary>
/// <param name="Model">The version.</param>
/// <param name="Data">What was read.</param>
/// <param name="Snapshot">The population as of the day.</param>
internal sealed record RecommendBasis(ScoringModel Model, LoadedData Data, Snapshot Snapshot);
