namespace CustomerValue.CustomerBook.Work;

/// <summary>Who looks after a customer.</summary>
public sealed class CustomerOwner
{
    /// <summary>The customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>Who looks after them.</summary>
    public required string Owner { get; set; }
}
