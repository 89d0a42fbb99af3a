namespace CustomerValue.Simulation;

/// <summary>How far a simulation is; reported about a hundred times.</summary>
/// <param name="Customers">Customers done.</param>
/// <param name="TotalCustomers">Customers in all.</param>
/// <param name="Lines">Transaction lines so far.</param>
public readonly record struct SimulationProgress(int Customers, int TotalCustomers, long Lines);
