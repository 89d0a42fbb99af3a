namespace CustomerValue.Strategy.Influence;

/// <summary>Edges grouped by referee.</summary>
/// <param name="Offsets">First edge of each customer as referee, and the number of edges at the end.</param>
/// <param name="Referrers">Customer who brought.</param>
/// <param name="Weights">Weight of the edge, above 0.</param>
/// <param name="Days">Days between the referral and the day the referee came.</param>
internal sealed record ReferralEdges(int[] Offsets, int[] Referrers, double[] Weights, int[] Days);
