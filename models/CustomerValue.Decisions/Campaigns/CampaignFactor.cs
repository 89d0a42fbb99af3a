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
public sealed record FactorFigure
{
    /// <summary>The factor.</summary>
    public required string Factor { get; init; }

    /// <summary>The level.</summary>
    public required string Level { get; init; }

    /// <summary>The level it is compared with.</summary>
    public required string Beside { get; init; }

    /// <summary><c>buyers</c> or <c>spend</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The smallest main effect, per customer.</summary>
    public required double Smallest { get; init; }

    /// <summary>The same as a share of the mean; null where the mean is 0.</summary>
    public required double? Relative { get; init; }

    /// <summary>The smallest interaction with another factor's level, per customer; the least sure of them.</summary>
    public required double SmallestInteraction { get; init; }
}

/// <summary>What a level of a factor changes, or, where another factor is named, how much more it changes beside a level of that.</summary>
public sealed record FactorEffect
{
    /// <summary>The factor.</summary>
    public required string Factor { get; init; }

    /// <summary>The level.</summary>
    public required string Level { get; init; }

    /// <summary>The level it is compared with.</summary>
    public required string Beside { get; init; }

    /// <summary>The other factor of an interaction; null for a main effect.</summary>
    public required string? OtherFactor { get; init; }

    /// <summary>Its level.</summary>
    public required string? OtherLevel { get; init; }

    /// <summary>The level that is compared with.</summary>
    public required string? OtherBeside { get; init; }

    /// <summary>Buyers, purchases, spend and margin a customer: <see cref="OutcomeEffect.Control"/> is the mean at <see cref="Beside"/>, or for an interaction what the level changes beside <see cref="OtherBeside"/>; the probability is corrected for all main effects, or for all interactions, of the campaign; each interval holds by itself.</summary>
    public required IReadOnlyList<OutcomeEffect> Outcomes { get; init; }

    /// <summary>An outcome by name.</summary>
    public OutcomeEffect Of(string outcome) => Outcomes.Single(one => one.Outcome == outcome);

    /// <summary>The effect in a few words.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Name => OtherFactor is null ? $"{Factor}: {Level} beside {Beside}" : $"{Factor} {Level} with {OtherFactor} {OtherLevel}";
}
