using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions;

/// <summary>Which column of a table is what, found as for files: by the mapping, then by usual names.</summary>
public sealed class SourceColumns
{
    private readonly ColumnPlan _plan;

    /// <summary>First day that may occur.</summary>
    public static DateOnly FirstDay { get; } = new(DateText.FirstYear, 1, 1);

    /// <summary>Last day that may occur.</summary>
    public static DateOnly LastDay { get; } = new(DateText.LastYear, 12, 31);

    /// <summary>Days that programs write where there is no date.</summary>
    public static IReadOnlyList<DateOnly> Placeholders => LineProblems.Placeholders;

    private SourceColumns(ColumnPlan plan) => _plan = plan;

    /// <summary>Column of a role, or null where the table has none; for amounts that are made of two columns, the first.</summary>
    public string? this[ColumnRole role] => NameAt(_plan[role]);

    /// <summary>Column that the amount is multiplied by, or null.</summary>
    public string? AmountFactor => NameAt(_plan.AmountFactor);

    /// <summary>Column that is taken off the amount, or null.</summary>
    public string? AmountLess => NameAt(_plan.AmountLess);

    /// <summary>What is read for each role, as it would be written in a mapping.</summary>
    public IReadOnlyDictionary<ColumnRole, string> Expressions => _plan.Expressions;

    /// <summary>Whether the table has a column of a role.</summary>
    public bool Has(ColumnRole role) => _plan[role] >= 0;

    /// <summary>Finds the columns.</summary>
    /// <param name="source">What messages call the table.</param>
    /// <param name="names">Names of its columns.</param>
    /// <param name="mapping">Which column is what.</param>
    /// <exception cref="Diagnostics.BadDataException">A mapped column is unknown or ambiguous, or a needed role has no column.</exception>
    public static SourceColumns Find(string source, IReadOnlyList<string> names, ColumnMapping mapping) => new(ColumnPlan.Create(source, [.. names], hasHeader: true, mapping));

    private string? NameAt(int column) => column < 0 ? null : _plan.Names[column];
}
