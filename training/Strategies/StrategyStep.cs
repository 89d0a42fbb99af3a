using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Versions;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy.Values;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Training.Strategies;

/// <summary>Learns the strategy that travels with a version, on the population at the version's cutoff.</summary>
internal static class StrategyStep
{
    /// <summary>Learns a strategy.</summary>
    /// <exception cref="BadDataException">A file cannot be used, or rates have nothing to be applied to.</exception>
    public static StrategyOfVersion Learn(StrategyPopulation population, StrategySettings settings, StrategyEvidence evidence)
    {
        try
        {
            return StrategyOfVersion.Learn(population, settings, evidence);
        }
        catch (ArgumentException error)
        {
            throw new BadDataException($"Strategy cannot be learnt: {error.Message}", error);
        }
    }

    /// <summary>Learns what decisions of the version rest on.</summary>
    /// <param name="playbook">The playbook; null for the one that comes with the program.</param>
    /// <param name="population">The base.</param>
    /// <param name="strategy">The version's strategy.</param>
    /// <param name="evidence">What is known beside transactions.</param>
    /// <exception cref="BadDataException">The playbook cannot be used.</exception>
    public static DecisionsOfVersion Decisions(string? playbook, StrategyPopulation population, StrategyOfVersion strategy, StrategyEvidence evidence) =>
        DecisionsOfVersion.Learn(playbook is null ? PlaybookReader.DefaultBytes() : PlaybookReader.ReadBytes(playbook), playbook ?? "default playbook", strategy.Recommend(population, evidence));

    /// <summary>Whom strategy is learnt on at the cutoff of a race, with their forecast: those of the race, or everyone where files say something of customers, as referrals lead from those who were drawn to those who were not.</summary>
    public static StrategyPopulation Population(RaceInput race, Snapshot population, ScoringModel model, StrategySources sources, CancellationToken cancellation)
    {
        if (race.IsSample && sources.HasEvidence)
            return Population(race.Whole, model.Snapshot(race.Whole, race.Attributes, race.Cutoff, withOutcomes: false, race.Threads, cancellation), model, race.Threads, cancellation);
        return Population(race.Log, population, model, race.Threads, cancellation);
    }

    /// <summary>A population with its forecast.</summary>
    public static StrategyPopulation Population(TransactionLog log, Snapshot population, ScoringModel model, int threads, CancellationToken cancellation) =>
        new(log, population.Aggregates, model.Score(population, reasons: 0, threads, cancellation), model.Margins);

    /// <summary>The choices of a house that made none: the model's own margin rate.</summary>
    public static StrategySettings Defaults(ValueOptions value) => new() { Margins = new MarginOptions { DefaultRate = value.DefaultMarginRate } };
}
