namespace CustomerValue.CustomerBook.Outcomes;

/// <summary>A book of which forecasts were kept.</summary>
public sealed class KeptBase
{
    /// <summary>The version that scored it.</summary>
    public required string Version { get; init; }

    /// <summary>First day of its forecasts.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Days ahead that they speak of.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>What returns do to spend, as the version was trained: the word of its recipe.</summary>
    public required string Returns { get; init; }

    /// <summary>When the book was scored, UTC.</summary>
    public required DateTime ScoredAt { get; init; }

    /// <summary>Customers in the book.</summary>
    public required long Customers { get; init; }
}
