using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Formulas;

/// <summary>A column that a formula asks its caller for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Meaning">What it says, in a sentence.</param>
/// <param name="Levels">The levels of a category by code; else empty.</param>
/// <param name="Read">Its values for the customers of a snapshot, codes of levels among them; NaN is missing.</param>
public sealed record FormulaInput(string Name, FormulaInputKind Kind, string Meaning, IReadOnlyList<string> Levels, Func<Snapshot, double[]> Read);

/// <summary>What a column holds.</summary>
public enum FormulaInputKind
{
    /// <summary>A feature: a number of single precision, NaN where missing.</summary>
    Feature,

    /// <summary>A feature whose values are levels, by their names.</summary>
    Category,

    /// <summary>A number of double precision.</summary>
    Number,

    /// <summary>The day as of which is answered.</summary>
    Day,
}
