namespace CustomerValue.Boosting;

/// <summary>How a column's values are compared.</summary>
public enum ColumnKind
{
    /// <summary>An ordered quantity; a split asks whether it lies below a threshold.</summary>
    Numeric,

    /// <summary>One of several named levels without order; a split asks whether it belongs to a set of levels.</summary>
    Categorical,
}
