namespace CustomerValue.Sources;

/// <summary>One of so many parts of all customers, by a hash of their ids that the database takes.</summary>
/// <param name="Index">Which, from 0.</param>
/// <param name="Count">Of how many.</param>
public readonly record struct CustomerRange(int Index, int Count)
{
    /// <summary>All customers.</summary>
    public static CustomerRange All { get; } = new(0, 1);
}
