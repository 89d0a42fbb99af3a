namespace CustomerValue.CustomerBook.Engines;

/// <summary>A column that a new book takes over from the one before, so that what changed can be asked of one table.</summary>
/// <param name="Column">The column of the new book.</param>
/// <param name="From">Name of the column of the old one.</param>
internal sealed record CarriedColumn(BookColumn Column, string From)
{
    private const string Prefix = "earlier_";

    /// <summary>What changes are told by.</summary>
    private static readonly string[] s_told = ["strategy", "stage", "quadrant", "potential_value", "current_value", "churn_probability"];

    /// <summary>What a book of a day takes over from the one before: what stood in it, where that is of an earlier day; what it had taken over itself, where it is of the same day and only scored again.</summary>
    public static (IReadOnlyList<CarriedColumn> Columns, DateOnly? AsOf) Of(BookHeader? before, DateOnly asOf)
    {
        if (before is null || before.AsOf > asOf || (before.AsOf == asOf && before.EarlierAsOf is null))
            return ([], null);
        bool again = before.AsOf == asOf;
        return ([.. s_told.Select(name => (Name: Prefix + name, Old: before.Columns.FirstOrDefault(column => column.Name == (again ? Prefix + name : name))))
            .Where(pair => pair.Old is not null).Select(pair => new CarriedColumn(new BookColumn(pair.Name, pair.Old!.Kind), pair.Old.Name))], again ? before.EarlierAsOf : before.AsOf);
    }
}
