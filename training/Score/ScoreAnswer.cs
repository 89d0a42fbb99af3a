using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Versions;

namespace CustomerValue.Training.Score;

/// <summary>What scores come to: <c>score --json</c>, and part of what <c>train</c> and <c>demo</c> give.</summary>
internal sealed record ScoreAnswer
{
    /// <summary>Version that scored.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>First day of the forecast.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Days ahead that churn, purchases and spend speak of.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Customers scored.</summary>
    public required int Customers { get; init; }

    /// <summary>Sum over all customers.</summary>
    public required double ExpectedPurchases { get; init; }

    /// <summary>Sum over all customers.</summary>
    public required double ExpectedSpend { get; init; }

    /// <summary>Sum of churn probabilities.</summary>
    public required double ExpectedChurners { get; init; }

    /// <summary>Sum over all customers.</summary>
    public required double LifetimeValue { get; init; }

    /// <summary>The first file, or null.</summary>
    public required string? Out { get; init; }

    /// <summary>The customer book, or null.</summary>
    public required string? Book { get; init; }

    /// <summary>Doubts about the data.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public static ScoreAnswer Of(ScoredCustomers scored, string? file, string? book) => new()
    {
        ModelVersion = scored.ModelVersion,
        AsOf = scored.AsOf,
        HorizonDays = scored.HorizonDays,
        Customers = scored.Count,
        ExpectedPurchases = scored.ExpectedPurchases.Sum(),
        ExpectedSpend = scored.ExpectedSpend.Sum(),
        ExpectedChurners = scored.ChurnProbability.Sum(),
        LifetimeValue = scored.LifetimeValue.Sum(),
        Out = file,
        Book = book,
    };
}
