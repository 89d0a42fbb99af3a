using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Versions;

namespace CustomerValue.Training.Score;

/// <summary>What scores come to: <c>score --json</c>, and part of what <c>train</c> and <c>demo</c> give.</summary>
/// <param name="ModelVersion">Version that scored.</param>
/// <param name="AsOf">First day of the forecast.</param>
/// <param name="HorizonDays">Days ahead that churn, purchases and spend speak of.</param>
/// <param name="Customers">Customers scored.</param>
/// <param name="ExpectedPurchases">Sum over all customers.</param>
/// <param name="ExpectedSpend">Sum over all customers.</param>
/// <param name="ExpectedChurners">Sum of churn probabilities.</param>
/// <param name="LifetimeValue">Sum over all customers.</param>
/// <param name="Out">The CSV file, or null.</param>
/// <param name="Book">The customer book, or null.</param>
internal sealed record ScoreAnswer(
    string ModelVersion,
    DateOnly AsOf,
    int HorizonDays,
    int Customers,
    double ExpectedPurchases,
    double ExpectedSpend,
    double ExpectedChurners,
    double LifetimeValue,
    string? Out,
    string? Book)
{
    /// <summary>Doubts about the data.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public static ScoreAnswer Of(ScoredCustomers scored, string? file, string? book) => new(
        scored.ModelVersion, scored.AsOf, scored.HorizonDays, scored.Count,
        scored.ExpectedPurchases.Sum(), scored.ExpectedSpend.Sum(), scored.ChurnProbability.Sum(), scored.LifetimeValue.Sum(), file, book);
}
