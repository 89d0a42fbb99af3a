namespace CustomerValue.Data.Transactions;

/// <summary>Size of a set of purchase rows.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Customers">Customers with at least one of the rows.</param>
/// <param name="Orders">Orders: distinct customer, day and order id; null where no order id is known.</param>
/// <param name="CustomerDays">Distinct pairs of customer and day: purchases once same-day orders merge.</param>
public sealed record PurchaseCounts(long Rows, int Customers, long? Orders, long CustomerDays);
