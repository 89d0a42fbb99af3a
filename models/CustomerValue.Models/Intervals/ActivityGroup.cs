namespace CustomerValue.Models.Intervals;

/// <summary>Kinds of customers whose uncertainty differs so much that one would be left out by a common interval.</summary>
public enum ActivityGroup
{
    /// <summary>One purchase, made within the last horizon.</summary>
    New,

    /// <summary>At most two repeat purchases.</summary>
    Rare,

    /// <summary>Three or more repeat purchases.</summary>
    Frequent,

    /// <summary>Among the fiftieth with the highest expected spend.</summary>
    Whale,
}
