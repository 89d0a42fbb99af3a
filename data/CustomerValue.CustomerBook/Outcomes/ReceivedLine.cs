namespace CustomerValue.CustomerBook.Outcomes;

/// <summary>One line of what a customer really bought or gave back, as it was reported. All four together say which line it is: the same again is the same line.</summary>
public sealed class ReceivedLine
{
    /// <summary>The customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Money; negative for a return.</summary>
    public required double Amount { get; init; }

    /// <summary>What tells it from an equal line of the same day; empty for nothing.</summary>
    public required string LineId { get; init; }
}
