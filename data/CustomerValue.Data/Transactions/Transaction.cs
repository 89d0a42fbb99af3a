namespace CustomerValue.Data.Transactions;

/// <summary>One line of what a customer bought or gave back.</summary>
/// <param name="CustomerId">The customer; never empty.</param>
/// <param name="Day">The day; same-day orders merge.</param>
/// <param name="Amount">Money of the line in the one stated currency; negative for a return. Finite.</param>
public readonly record struct Transaction(string CustomerId, DateOnly Day, double Amount)
{
    /// <summary>The order, where known: lines of one order share it.</summary>
    public string? OrderId { get; init; }

    /// <summary>Pieces, where known; NaN otherwise.</summary>
    public double Quantity { get; init; } = double.NaN;

    /// <summary>Product name or code, where known.</summary>
    public string? Product { get; init; }

    /// <summary>Product category, where known.</summary>
    public string? Category { get; init; }

    /// <summary>Sales channel, where known.</summary>
    public string? Channel { get; init; }

    /// <summary>Money of discount given on the line, where known; NaN otherwise.</summary>
    public double Discount { get; init; } = double.NaN;

    /// <summary>Money left after unit costs, where known; NaN otherwise.</summary>
    public double Margin { get; init; } = double.NaN;
}
