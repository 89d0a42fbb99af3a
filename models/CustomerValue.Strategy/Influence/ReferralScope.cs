using CustomerValue.Data.Transactions;

namespace CustomerValue.Strategy.Influence;

/// <summary>Which customers and days referrals are taken of.</summary>
/// <param name="Customers">The customers known, in the order of all arrays.</param>
/// <param name="FirstDays">Day of each customer's first purchase; null where not known: then the first day of any of their referrals counts.</param>
/// <param name="Until">First day that is not known yet, the cutoff; null takes all.</param>
public sealed record ReferralScope(NameTable Customers, DateOnly[]? FirstDays = null, DateOnly? Until = null);
