namespace CustomerValue.Data.Transactions;

/// <summary>What a negative amount does to the spend of its customer.</summary>
/// <remarks>A purchase day is a day with at least one row of amount zero or more, under every policy: returns never add or remove purchase days.</remarks>
public enum ReturnsPolicy
{
    /// <summary>
    /// A return is taken off the customer's latest purchase days at or before it, going back, never below zero spend a day.
    /// Only the days of the window that is looked at count (the past for features, the horizon for outcomes); what is left over is dropped and counted.
    /// </summary>
    Net,

    /// <summary>Rows of negative amount are not seen.</summary>
    Ignore,

    /// <summary>Negative amounts stay on their day, whose spend may become negative.</summary>
    Keep,
}
