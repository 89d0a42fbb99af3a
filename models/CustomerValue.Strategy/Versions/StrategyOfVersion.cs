using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Store;
using CustomerValue.Strategy.Scorecard;

namespace CustomerValue.Strategy.Versions;

/// <summary>The strategy that travels with a promoted version: lines, base rates, peer groups, margins, cost rates, referral rules and scorecard. Immutable; one customer alone gets what they get among others.</summary>
public sealed class StrategyOfVersion
{
    /// <summary>Name of the file in a version's folder.</summary>
    public const string FileName = "strategy.json";

    internal StrategyOfVersion(StrategySettings settings, StrategyRecipe recipe, CostSource costSource, FittedScorecard scorecard, IReadOnlyList<Finding> findings)
    {
        Settings = settings;
        Recipe = recipe;
        CostSource = costSource;
        Scorecard = scorecard;
        Findings = findings;
    }

    /// <summary>The house's choices it was learnt with.</summary>
    public StrategySettings Settings { get; }

    /// <summary>Lines, base rates and peer groups.</summary>
    public StrategyRecipe Recipe { get; }

    /// <summary>Which activities the rates are applied to.</summary>
    public CostSource CostSource { get; }

    /// <summary>The scorecard as fitted.</summary>
    public FittedScorecard Scorecard { get; }

    /// <summary>Doubts met while learning; empty after loading.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Learns the strategy of a base.</summary>
    /// <param name="population">The whole base at a day.</param>
    /// <param name="settings">The house's choices.</param>
    /// <param name="evidence">What is known beside transactions.</param>
    /// <exception cref="ArgumentException">Options or columns are not valid; the message lists all violations.</exception>
    /// <exception cref="BadDataException">A file of evidence cannot be used.</exception>
    public static StrategyOfVersion Learn(StrategyPopulation population, StrategySettings settings, StrategyEvidence evidence) =>
        StrategyLearner.Learn(population, settings, evidence);

    /// <summary>Values, quadrant, stage and strategy of customers.</summary>
    /// <param name="population">The customers; one or all of them.</param>
    /// <param name="evidence">What is known beside transactions.</param>
    /// <param name="previous">Labels of an earlier day, held unless a value moved clearly past its line; or null.</param>
    /// <param name="threads">Threads to use, at least 1; results do not depend on it.</param>
    /// <param name="cancellation">Stops between blocks of customers.</param>
    /// <exception cref="ArgumentException">The columns are not those that the version was learnt on.</exception>
    /// <exception cref="BadDataException">A file of evidence cannot be used.</exception>
    public StrategyResult Recommend(
        StrategyPopulation population, StrategyEvidence evidence, EarlierStrategies? previous = null, int threads = 1, CancellationToken cancellation = default)
    {
        EvidenceColumns columns = EvidenceColumns.Of(population, evidence, Settings, CostSource, Recipe.Base.CostRate);
        columns = columns.WithInfluence(population, evidence, Recipe, Settings.Influence, threads);
        ScorecardResult indices = Scorecard.Score(columns.Indicators(population));
        CustomerStrategies strategies = CustomerStrategist.Apply(columns.WithIndices(indices).Input, Recipe, previous, threads, cancellation);
        return new StrategyResult
        {
            Strategies = strategies,
            Scored = population.Scored,
            Scorecard = indices,
            YearCosts = columns.Costs.ByActivity,
            Costs = columns.Costs.All,
            YearCost = columns.Costs.Year,
            DirectReferrals = columns.DirectReferrals,
            Referrals = columns.Referrals,
            InfluenceShared = columns.Shared,
            Findings = columns.Findings,
        };
    }

    /// <summary>Writes it into a version that is being published.</summary>
    public void WriteTo(VersionWriter writer) =>
        writer.Write(FileName, JsonSerializer.SerializeToUtf8Bytes(StoredStrategy.Of(this), StoreJson.Compact));

    /// <summary>The strategy of a version.</summary>
    /// <returns>Null where the version was trained before strategy travelled with versions.</returns>
    /// <exception cref="ModelStoreException">The file is damaged or not what this program expects.</exception>
    public static StrategyOfVersion? Load(VersionReader reader) =>
        reader.Manifest.Files.Any(file => file.Name == FileName)
            ? reader.ReadJson<StoredStrategy>(FileName).Restore(Path.Combine(reader.Folder, FileName))
            : null;
}
