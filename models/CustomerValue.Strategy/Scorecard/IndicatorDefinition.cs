namespace CustomerValue.Strategy.Scorecard;

/// <summary>An indicator of a customer's value: what it counts and which way is better.</summary>
/// <param name="Name">Stable snake_case name.</param>
/// <param name="Unit">Unit of its values.</param>
/// <param name="LowIsBetter">Whether less of it is better.</param>
/// <param name="Meaning">What it counts, in a sentence.</param>
public sealed record IndicatorDefinition(string Name, string Unit, bool LowIsBetter, string Meaning)
{
    /// <summary>Shares of one money in another are held within a million on either side: a denominator next to nothing would give anything.</summary>
    internal const double MostRatio = 1e6;
}
