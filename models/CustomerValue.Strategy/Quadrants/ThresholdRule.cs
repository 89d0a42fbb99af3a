namespace CustomerValue.Strategy.Quadrants;

/// <summary>How the line between low and high is drawn.</summary>
public enum ThresholdRule
{
    /// <summary>Those above it hold a stated share of all value: the 80/20 line.</summary>
    ShareOfValue,

    /// <summary>A stated amount.</summary>
    Amount,

    /// <summary>Half of the customers lie above.</summary>
    Median,
}

/// <summary>What is put on the two axes.</summary>
public enum ValueAxes
{
    /// <summary>Current and potential value in money.</summary>
    Money,

    /// <summary>The scorecard's indices, 0 to 100.</summary>
    Indices,
}
