namespace CustomerValue.CustomerBook.Outcomes;

/// <summary>What a version said of one customer, kept to be held against what came.</summary>
public sealed class KeptForecast
{
    /// <summary>The version.</summary>
    public required string Version { get; init; }

    /// <summary>First day of the forecast.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>Probability of no purchase within the horizon.</summary>
    public required double ChurnProbability { get; init; }

    /// <summary>Expected purchase days within the horizon.</summary>
    public required double ExpectedPurchases { get; init; }

    /// <summary>Expected money within the horizon.</summary>
    public required double ExpectedSpend { get; init; }

    /// <summary>Spend that is undercut with probability 10 %; null where the version gives no interval.</summary>
    public required double? SpendP10 { get; init; }

    /// <summary>Spend that is exceeded with probability 10 %.</summary>
    public required double? SpendP90 { get; init; }
}
