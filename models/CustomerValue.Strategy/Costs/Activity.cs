namespace CustomerValue.Strategy.Costs;

/// <summary>Something done for a customer that costs money: a delivery, a call, a return handled, a bank charge.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Day">The day it was done.</param>
/// <param name="Name">Its kind, as in the rates.</param>
/// <param name="Quantity">How many, 0 or more; 1 where left out.</param>
/// <param name="Units">Units of the resource it took in all, such as minutes, 0 or more, where measured; otherwise null, and the rate's standard units hold.</param>
public readonly record struct Activity(string CustomerId, DateOnly Day, string Name, double Quantity = 1, double? Units = null);
