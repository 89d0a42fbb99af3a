namespace CustomerValue.Models.Snapshots;

/// <summary>Names of a snapshot's columns beside its features, in files and in ML.NET alike. Whatever looks past the cutoff begins with <c>outcome_</c>, so that nobody learns from it by mistake.</summary>
public static class SnapshotNames
{
    /// <summary>Whose row it is.</summary>
    public const string CustomerId = "customer_id";

    /// <summary>As of which day: everything before it was looked at.</summary>
    public const string Cutoff = "cutoff";

    /// <summary>Whether there was no purchase within the horizon.</summary>
    public const string Churned = "outcome_churned";

    /// <summary>Purchase days within the horizon.</summary>
    public const string Purchases = "outcome_purchases";

    /// <summary>Money spent within the horizon, net of returns.</summary>
    public const string Spend = "outcome_spend";
}
