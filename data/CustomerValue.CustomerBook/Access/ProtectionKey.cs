namespace CustomerValue.CustomerBook.Access;

/// <summary>A key that cookies of people and tokens of forms are sealed with, or word that such keys are worth nothing any more.</summary>
public sealed class ProtectionKey
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The key as XML.</summary>
    public required string Xml { get; init; }

    /// <summary>When it was added, UTC.</summary>
    public required DateTime Created { get; init; }
}
