namespace CustomerValue.CustomerBook.Work;

/// <summary>A group of customers under a name, by a condition on their columns: who belongs to it is asked anew of every book.</summary>
public sealed class SavedSegment
{
    /// <summary>Its name; there are no two of one name.</summary>
    public required string Name { get; init; }

    /// <summary>The condition, as <c>campaign plan --segment</c> takes it.</summary>
    public required string Condition { get; set; }

    /// <summary>When it was saved last.</summary>
    public required DateTime Saved { get; set; }
}
