namespace CustomerValue.CustomerBook.Access;

/// <summary>What callers may do.</summary>
public static class AccessScope
{
    /// <summary>Predictions, recommendations and decisions for histories that the caller sends.</summary>
    public const string Predict = "predict";

    /// <summary>Customers of the book and models, one or a page at a time.</summary>
    public const string Read = "read";

    /// <summary>Files with many customers.</summary>
    public const string Export = "export";

    /// <summary>What changes segments, contacts and campaigns.</summary>
    public const string Campaign = "campaign";

    /// <summary>Reports of what customers really did.</summary>
    public const string Outcomes = "outcomes";

    /// <summary>Everything.</summary>
    public const string Admin = "admin";

    /// <summary>All words.</summary>
    public static IReadOnlyList<string> All { get; } = [Predict, Read, Export, Campaign, Outcomes, Admin];
}
