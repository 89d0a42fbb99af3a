using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Customers;
using CustomerValue.Models.Drift;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Reporting.Figures;
using CustomerValue.Strategy.Versions;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Score;

/// <summary>Everyone of a log as a book has them: scored, valued where the version carries a strategy and amounts are known.</summary>
internal sealed record ScoredBase
{
    /// <summary>The version.</summary>
    public required ScoringModel Model { get; init; }

    /// <summary>What was read.</summary>
    public required LoadedData Data { get; init; }

    /// <summary>Everyone at the day.</summary>
    public required Snapshot Everyone { get; init; }

    /// <summary>Their scores.</summary>
    public required ScoredCustomers Scored { get; init; }

    /// <summary>Their values and strategies; null where there are none.</summary>
    public required StrategyResult? Strategies { get; init; }

    /// <summary>What decisions and campaigns rest on, by row; null where values are not known.</summary>
    public required Func<int, DecisionBasis>? Basis { get; init; }

    /// <summary>Scores everyone.</summary>
    /// <param name="model">The version.</param>
    /// <param name="strategy">The strategy that travels with it; null for scores alone.</param>
    /// <param name="data">What was read.</param>
    /// <param name="evidence">What is known beside transactions.</param>
    /// <param name="asOf">First day of the forecast.</param>
    /// <param name="withReasons">Whether customers get reasons of churn, where there are not too many of them.</param>
    /// <param name="reading">Threads, and what negative amounts do.</param>
    /// <param name="progress">Hears of the scoring.</param>
    /// <param name="cancellation">Stops it.</param>
    public static ScoredBase Of(ScoringModel model, StrategyOfVersion? strategy, LoadedData data, StrategyEvidence evidence, DateOnly asOf, bool withReasons, Data.Transactions.ReaderOptions reading, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        progress.Report(new("scoring every customer", 0, null, "customers"));
        Snapshot everyone = model.Snapshot(data.Log, data.Attributes, asOf, withOutcomes: false, reading.Threads, cancellation);
        ScoredCustomers scored = model.Score(everyone, withReasons ? BookTexts.Reasons(everyone.Count) : 0, reading.Threads, cancellation);
        StrategyResult? strategies = data.HasMoney ? strategy?.Recommend(new StrategyPopulation(data.Log, everyone.Aggregates, scored, model.Margins), evidence, threads: reading.Threads, cancellation: cancellation) : null;
        progress.Report(new("scoring every customer", scored.Count, scored.Count, "customers"));
        return new ScoredBase
        {
            Model = model,
            Data = data,
            Everyone = everyone,
            Scored = scored,
            Strategies = strategies,
            Basis = strategies is null ? null : DecisionBasis.Of(DecisionCustomers.From(strategies), data.Log, reading.Returns),
        };
    }

    /// <summary>What is known of the base as a whole.</summary>
    /// <param name="version">The version's files.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Hears of the looking back.</param>
    /// <param name="cancellation">Stops it.</param>
    public BookFacts Facts(VersionReader version, int threads, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        progress.Report(new("looking back", 0, null, "days"));
        bool hasBaseline = Scored.Count > 0 && version.Manifest.Files.Any(file => file.Name == DriftBaseline.FileName);
        return new BookFacts
        {
            Drift = hasBaseline ? BaseDrift.Of(DriftDetector.Compare(Model.Version, version.ReadJson<DriftBaseline>(DriftBaseline.FileName), DriftSample.Of(Everyone, Scored.ToForecast()), new DriftOptions())) : null,
            Past = Data.HasMoney && Scored.Count > 0 ? PastForecasts.Of(Model, Data.Log, Data.Attributes, Scored.AsOf, threads, cancellation) : null,
        };
    }
}
