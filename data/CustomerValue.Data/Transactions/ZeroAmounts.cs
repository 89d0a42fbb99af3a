namespace CustomerValue.Data.Transactions;

/// <summary>What becomes of rows with the amount 0.</summary>
public enum ZeroAmounts
{
    /// <summary>They are purchases of nothing paid, such as samples and vouchers.</summary>
    Purchase,

    /// <summary>They are dropped while reading, and counted.</summary>
    Ignore,
}
