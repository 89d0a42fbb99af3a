namespace CustomerValue.Strategy.Naming;

/// <summary>What a strategy means in practice, in words.</summary>
/// <param name="Name">Name of the strategy.</param>
/// <param name="ServiceLevel">How well the customer is served.</param>
/// <param name="Channels">Through which channels.</param>
/// <param name="BudgetShare">Share of the customer budget that goes to all customers of this strategy.</param>
/// <param name="NextStep">What to do next.</param>
public sealed record Practice(string Name, string ServiceLevel, string Channels, double BudgetShare, string NextStep);
