namespace CustomerValue.Strategy.Values;

/// <summary>Where a customer's margins come from.</summary>
internal enum MarginSource
{
    /// <summary>A margin column or unit costs in the transactions.</summary>
    Transactions,

    /// <summary>Margin rates of product categories.</summary>
    Categories,

    /// <summary>One default rate for all.</summary>
    DefaultRate,
}
