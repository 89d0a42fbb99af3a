namespace CustomerValue.CustomerBook.Work;

/// <summary>A customer whom nobody may contact.</summary>
public sealed class UncontactedCustomer
{
    /// <summary>The customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>When that was written down; UTC.</summary>
    public required DateTime Since { get; init; }
}
