namespace CustomerValue.Data.Aggregates;

/// <summary>Returns that found no purchase to be taken from, and were dropped.</summary>
/// <param name="Customers">Customers of the population with such returns.</param>
/// <param name="Amount">Their money, positive.</param>
/// <param name="ReturnOnlyCustomers">Customers outside the population: in the past they have returns and no purchase.</param>
public readonly record struct UnmatchedReturns(int Customers, double Amount, int ReturnOnlyCustomers);
