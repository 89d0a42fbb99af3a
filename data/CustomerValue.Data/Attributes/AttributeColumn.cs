namespace CustomerValue.Data.Attributes;

/// <summary>How the values of an attribute are understood.</summary>
public enum AttributeKind
{
    /// <summary>A number.</summary>
    Numeric,

    /// <summary>One of a few names.</summary>
    Categorical,

    /// <summary>A day; as a feature it becomes days before the cutoff, and a day on or after the cutoff is not known yet.</summary>
    Date,
}

/// <summary>One attribute of customers.</summary>
/// <param name="Name">Name of the column in the file.</param>
/// <param name="Kind">How values are understood.</param>
/// <param name="Levels">The names of a categorical attribute in the order of their codes; empty otherwise.</param>
public sealed record AttributeColumn(string Name, AttributeKind Kind, IReadOnlyList<string> Levels);
