namespace CustomerValue.Strategy.Influence;

/// <summary>A customer who brought another.</summary>
/// <param name="ReferrerId">Who brought.</param>
/// <param name="RefereeId">Who was brought.</param>
/// <param name="Day">The day of the referral.</param>
/// <param name="Weight">How much this referral counts among several of one referee, above 0; 1 where left out.</param>
public readonly record struct Referral(string ReferrerId, string RefereeId, DateOnly Day, double Weight = 1);
