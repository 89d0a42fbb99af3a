using System.ComponentModel.DataAnnotations;

namespace CustomerValue.Strategy.Influence;

/// <summary>How value flows from referred customers to those who brought them.</summary>
public sealed record InfluenceOptions
{
    /// <summary>Most hops that value flows. Default 3; allowed 1 to 10.</summary>
    [Range(1, 10)] public int MaxHops { get; init; } = 3;

    /// <summary>What a hop gets over the hop before it. Default 0.5; allowed 0 (direct referrers only) to 1 (all alike).</summary>
    [Range(0.0, 1.0)] public double Decay { get; init; } = 0.5;

    /// <summary>Share of a referred customer's value that is due to referrers; the share who would not have come anyway, where that is known. Default 0.5; allowed 0 to 1.</summary>
    [Range(0.0, 1.0)] public double Share { get; init; } = 0.5;

    /// <summary>Days after which a referral counts half, from the day the referee came, before or after. Default 30; allowed 1 to 36,500.</summary>
    [Range(1.0, 36_500.0)] public double HalfLifeDays { get; init; } = 30;

    internal void Check()
    {
        List<ValidationResult> problems = [];
        if (!Validator.TryValidateObject(this, new ValidationContext(this), problems, validateAllProperties: true))
            throw new ArgumentException(string.Join(" ", problems.Select(problem => problem.ErrorMessage)));
    }
}
