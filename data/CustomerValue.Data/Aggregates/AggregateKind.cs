namespace CustomerValue.Data.Aggregates;

/// <summary>What is done with the values of a column within a window of days.</summary>
public enum AggregateKind
{
    /// <summary>How many there are; 0 where there is none.</summary>
    Count,

    /// <summary>Their sum; 0 where there is none.</summary>
    Sum,

    /// <summary>The sum of their squares; 0 where there is none.</summary>
    SumOfSquares,

    /// <summary>The smallest; missing where there is none.</summary>
    Min,

    /// <summary>The largest; missing where there is none.</summary>
    Max,

    /// <summary>How many different ones there are; 0 where there is none.</summary>
    Distinct,

    /// <summary>The value of the first purchase day of the window; missing where there is none.</summary>
    First,

    /// <summary>The value of the last purchase day of the window; missing where there is none.</summary>
    Last,
}
