namespace CustomerValue.Models.Scoring;

/// <summary>Why one customer's churn probability is what it is: a base and exact contributions that add up to its log-odds.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Logit">Log-odds of the champion's churn probability.</param>
/// <param name="Base">What is the same for everyone: the season's level and the mean of the trees.</param>
/// <param name="Reasons">Every contribution, strongest first; with <paramref name="Base"/> they add up to <paramref name="Logit"/>.</param>
public sealed record ChurnExplanation(string CustomerId, double Logit, double Base, IReadOnlyList<Reason> Reasons);
