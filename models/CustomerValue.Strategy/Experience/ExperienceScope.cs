using CustomerValue.Data.Transactions;

namespace CustomerValue.Strategy.Experience;

/// <summary>Which customers and days answers are taken of, and with whom customers are compared.</summary>
/// <param name="Customers">The customers known, in the order of all arrays.</param>
/// <param name="Segments">Code of each customer's segment, -1 where unknown; null compares with everyone.</param>
/// <param name="Until">First day that is not known yet, the cutoff; null takes all.</param>
/// <param name="LeastPeers">Customers with answers that a segment needs; in a smaller one everyone is compared with. Default 30.</param>
public sealed record ExperienceScope(NameTable Customers, int[]? Segments = null, DateOnly? Until = null, int LeastPeers = 30);
