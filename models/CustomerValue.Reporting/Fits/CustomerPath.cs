namespace CustomerValue.Reporting.Fits;

/// <summary>P(alive) of one customer from the first purchase to the end of the data, each moment from what was known then.</summary>
/// <param name="Id">The customer.</param>
/// <param name="FirstPurchase">Day of the first purchase.</param>
/// <param name="Purchases">Purchases in days since the first, which is 0.</param>
/// <param name="Moments">Moments in days since the first purchase, rising.</param>
/// <param name="Alive">P(alive) at each moment.</param>
public sealed record CustomerPath(string Id, DateOnly FirstPurchase, IReadOnlyList<int> Purchases, IReadOnlyList<double> Moments, IReadOnlyList<double> Alive);
