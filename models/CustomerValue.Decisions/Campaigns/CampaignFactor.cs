namespace CustomerValue.Decisions.Campaigns;

/// <summary>Something that is varied on its own: a message, a discount, a channel.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Levels">What is tried of it; the first is what the others are compared with.</param>
public sealed record CampaignFactor(string Name, IReadOnlyList<FactorLevel> Levels);

/// <summary>A level of a factor.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Action">The action of the playbook that bears the name, or null.</param>
/// <param name="Cost">What it adds to the cost of a customer; money.</param>
/// <param name="FixedCost">What it costs once; money.</param>
public sealed record FactorLevel(string Id, string? Action, double Cost, double FixedCost);

/// <summary>The smallest effect of a factor that is seen with the power of the design.</summary>
/// <param name="Factor">The factor.</param>
/// <param name="Level">The level.</param>
/// <param name="Beside">The level it is compared with.</param>
/// <param name="Outcome"><c>buyers</c> or <c>spend</c>.</param>
/// <param name="Smallest">The smallest main effect, per customer.</param>
/// <param name="Relative">The same as a share of the mean; null where the mean is 0.</param>
/// <param name="SmallestInteraction">The smallest interaction with another factor's level, per customer; the least sure of them.</param>
public sealed record FactorFigure(string Factor, string Level, string Beside, string Outcome, double Smallest, double? Relative, double SmallestInteraction);

/// <summary>What a level of a factor changes, or, where another factor is named, how much more it changes beside a level of that.</summary>
/// <param name="Factor">The factor.</param>
/// <param name="Level">The level.</param>
/// <param name="Beside">The level it is compared with.</param>
/// <param name="OtherFactor">The other factor of an interaction; null for a main effect.</param>
/// <param name="OtherLevel">Its level.</param>
/// <param name="OtherBeside">The level that is compared with.</param>
/// <param name="Outcomes">Buyers, purchases, spend and margin a customer: <see cref="OutcomeEffect.Control"/> is the mean at <paramref name="Beside"/>, or for an interaction what the level changes beside <paramref name="OtherBeside"/>; the probability is corrected for all main effects, or for all interactions, of the campaign; each interval holds by itself.</param>
public sealed record FactorEffect(string Factor, string Level, string Beside, string? OtherFactor, string? OtherLevel, string? OtherBeside, IReadOnlyList<OutcomeEffect> Outcomes)
{
    /// <summary>An outcome by name.</summary>
    public OutcomeEffect Of(string outcome) => Outcomes.Single(one => one.Outcome == outcome);

    /// <summary>The effect in a few words.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Name => OtherFactor is null ? $"{Factor}: {Level} beside {Beside}" : $"{Factor} {Level} with {OtherFactor} {OtherLevel}";
}
