namespace CustomerValue.Strategy.Experience;

/// <summary>What a customer said of an experience, on any scale that is the same for all.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Day">The day of the answer.</param>
/// <param name="Utility">What the result was worth to them, 0 or more.</param>
/// <param name="ProcessQuality">How well it went, 0 or more.</param>
/// <param name="Price">What it cost them in money, 0 or more.</param>
/// <param name="Effort">What it cost them in time and trouble, 0 or more; not 0 together with the price.</param>
public readonly record struct ExperienceAnswer(string CustomerId, DateOnly Day, double Utility, double ProcessQuality, double Price, double Effort);
