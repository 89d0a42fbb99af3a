namespace CustomerValue.CustomerBook.Work;

/// <summary>What an admin set for everybody.</summary>
internal sealed class WorkSetting
{
    /// <summary>Its name; there are no two of one name.</summary>
    public required string Name { get; init; }

    /// <summary>Its value.</summary>
    public required string Value { get; set; }
}
