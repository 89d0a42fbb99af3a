using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Store;
using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Influence;
using CustomerValue.Strategy.Scorecard;
using CustomerValue.Strategy.Values;

namespace CustomerValue.Strategy.Versions;

/// <summary>A version's strategy as <c>strategy.json</c> holds it.</summary>
internal sealed record StoredStrategy
{
    public required string Format { get; init; }

    public required StrategyRecipe Recipe { get; init; }

    public required MarginOptions Margins { get; init; }

    public required InfluenceOptions Influence { get; init; }

    public required CostSource CostSource { get; init; }

    public required IReadOnlyList<ActivityRate> Rates { get; init; }

    public required IReadOnlyList<ResourcePool> Pools { get; init; }

    public required string Scorecard { get; init; }

    public required JsonElement FittedScorecard { get; init; }

    public const string FormatName = "customer-value-strategy/1";

    public static StoredStrategy Of(StrategyOfVersion strategy) => new()
    {
        Format = FormatName,
        Recipe = strategy.Recipe,
        Margins = strategy.Settings.Margins,
        Influence = strategy.Settings.Influence,
        CostSource = strategy.CostSource,
        Rates = strategy.Settings.Rates?.Rates ?? [],
        Pools = strategy.Settings.Rates?.Pools ?? [],
        Scorecard = strategy.Settings.Scorecard.Json,
        FittedScorecard = JsonSerializer.Deserialize<JsonElement>(strategy.Scorecard.ToJson()),
    };

    /// <exception cref="ModelStoreException">The content is not a strategy.</exception>
    public StrategyOfVersion Restore(string source)
    {
        if (Format != FormatName)
            throw new ModelStoreException($"{source}: found format '{Format}', expected '{FormatName}'. Use the program that wrote it, or train again.");
        try
        {
            IReadOnlyList<string> violations = Recipe.Options.Validate();
            if (violations.Count > 0)
                throw new ModelStoreException($"{source}: {string.Join(' ', violations)} Train again.");
            StrategySettings settings = new()
            {
                Options = Recipe.Options,
                Margins = Margins,
                Influence = Influence,
                Rates = CostSource == CostSource.None ? null : new CostRates(Rates, Pools),
                Scorecard = ValueScorecard.Parse(Scorecard, source),
            };
            return new StrategyOfVersion(settings, Recipe, CostSource, Strategy.Scorecard.FittedScorecard.FromJson(FittedScorecard.GetRawText(), source), []);
        }
        catch (Exception error) when (error is ArgumentException or BadDataException)
        {
            throw new ModelStoreException($"{source}: {error.Message} Train again.", error);
        }
    }
}
