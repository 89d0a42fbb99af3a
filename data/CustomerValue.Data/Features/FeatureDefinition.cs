namespace CustomerValue.Data.Features;

/// <summary>How the numbers of a feature are understood.</summary>
public enum FeatureKind
{
    /// <summary>A quantity; order matters.</summary>
    Numeric,

    /// <summary>The position of a name among the feature's levels.</summary>
    Categorical,
}

/// <summary>Who makes a feature.</summary>
public enum FeatureSource
{
    /// <summary>The feature builder, from aggregates.</summary>
    Aggregates,

    /// <summary>The feature builder, from customer attributes.</summary>
    Attributes,

    /// <summary>Whoever appended it, for example a model that adds its expectations.</summary>
    Appended,
}

/// <summary>One column that a model sees.</summary>
/// <param name="Name">Unique snake_case name (x, t_x and T as in the papers).</param>
/// <param name="Unit">Unit of the numbers: <c>days</c>, <c>purchase days</c>, <c>money</c>, <c>log money</c>, <c>share</c>, <c>ratio</c>, ...</param>
/// <param name="Meaning">What it is, in a sentence.</param>
/// <param name="ReasonTemplate">A sentence for a customer's reasons with <c>{value}</c> where the number or the level's name goes.</param>
/// <param name="Kind">Quantity or level.</param>
/// <param name="Levels">Names of the levels by position; empty for numeric features.</param>
public sealed record FeatureDefinition(string Name, string Unit, string Meaning, string ReasonTemplate, FeatureKind Kind, IReadOnlyList<string> Levels)
{
    /// <summary>Who makes it.</summary>
    public FeatureSource Source { get; init; } = FeatureSource.Aggregates;

    /// <summary>Between which ends its values are held.</summary>
    public FeatureRange Range => FeatureRange.Of(Unit);

    /// <summary>A numeric feature that its maker appends to what the builder makes.</summary>
    public static FeatureDefinition Appended(string name, string unit, string meaning, string reasonTemplate) =>
        new(name, unit, meaning, reasonTemplate, FeatureKind.Numeric, []) { Source = FeatureSource.Appended };
}
