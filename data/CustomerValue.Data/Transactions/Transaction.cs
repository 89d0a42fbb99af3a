namespace CustomerValue.Data.Transactions;

/// <summary>One line of what a customer bought or gave back.</summary>
/// <param name="CustomerId">The customer; never empty.</param>
/// <param name="Day">The day; same-day orders merge.</param>
/// <param name="Amount">Money of the line in the one stated currency; negative for a return. Finite.</param>
/// <param name="OrderId">The order, where known: lines of one order share it.</param>
/// <param name="Quantity">Pieces, where known; NaN otherwise.</param>
/// <param name="Product">Product name or code, where known.</param>
/// <param name="Category">Product category, where known.</param>
/// <param name="Channel">Sales channel, where known.</param>
/// <param name="Discount">Money of discount given on the line, where known; NaN otherwise.</param>
/// <param name="Margin">Money left after unit costs, where known; NaN otherwise.</param>
public readonly record struct Transaction(
    string CustomerId,
    DateOnly Day,
    double Amount,
    string? OrderId = null,
    double Quantity = double.NaN,
    string? Product = null,
    string? Category = null,
    string? Channel = null,
    double Discount = double.NaN,
    double Margin = double.NaN);
