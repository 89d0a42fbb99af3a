using System.Globalization;

namespace CustomerValue.CustomerBook.Engines;

/// <summary>The table of customers: its columns, how values lie in it, and the statements that make it.</summary>
/// <remarks>Days lie as ISO text and flags as 0 and 1, so that both databases order and compare them alike; text is compared by its code points.</remarks>
internal sealed class BookTable
{
    /// <summary>Rows between two reports of progress and two looks at cancellation.</summary>
    public const int Stride = 8192;

    /// <summary>The table while it is filled; it takes the name of the old one when it is whole.</summary>
    public const string Next = BookContext.ScoresTable + "_next";

    /// <summary>Columns that pages are sorted by, where the book has them.</summary>
    private static readonly string[] s_sorted = ["lifetime_value", "potential_value", "current_value", "churn_probability", "expected_spend"];

    /// <summary>Columns that customers are counted and filtered by: together in one index, so that the wide rows need not be read.</summary>
    private static readonly string[] s_counted =
        ["strategy", "stage", "quadrant", "earlier_strategy", "earlier_stage", "earlier_quadrant", "lifetime_value", "lifetime_value_p10", "lifetime_value_p90", "potential_value", "current_value", "churn_probability", "expected_spend", "spend_p10", "spend_p90", "overdue", "customer_id"];

    private readonly IReadOnlyList<BookColumn> _columns;
    private readonly bool _postgres;

    public BookTable(IReadOnlyList<BookColumn> columns, IReadOnlyList<CarriedColumn> carried, bool postgres)
    {
        if (columns.Count == 0 || columns[0] != BookColumn.CustomerId)
            throw new ArgumentException("A book begins with the column customer_id.", nameof(columns));
        if (columns.FirstOrDefault(column => !column.Name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_') || !char.IsAsciiLetterLower(column.Name[0])) is { } odd)
            throw new ArgumentException($"Found column '{odd.Name}', expected a name in snake_case.", nameof(columns));
        (_columns, _postgres, Carried) = ([.. columns, .. carried.Select(column => column.Column)], postgres, carried);
        Columns = [.. columns.Select(column => Quoted(column.Name))];
    }

    /// <summary>Column names as statements have them, in the order of values.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Columns that are taken over from the book before, customer by customer.</summary>
    public IReadOnlyList<CarriedColumn> Carried { get; }

    /// <summary>All columns: those of the values, then those taken over.</summary>
    public IReadOnlyList<BookColumn> All => _columns;

    /// <summary>Makes the empty table.</summary>
    public string Create => $"CREATE TABLE {Next} ({string.Join(", ", _columns.Select(column => $"{Quoted(column.Name)} {TypeOf(column.Kind)}{(column == BookColumn.CustomerId ? " NOT NULL" : "")}"))})";

    /// <summary>Makes the indexes, once the rows are there.</summary>
    /// <param name="mark">Parts their names from those of the old table, which exist until it goes.</param>
    public IEnumerable<string> Indexes(string mark)
    {
        (string Name, string Kind, IEnumerable<string> Columns)[] indexes =
        [
            ("id", "UNIQUE INDEX", ["customer_id"]),
            .. s_sorted.Where(Has).Select(sorted => (sorted, "INDEX", (IEnumerable<string>)[sorted, "customer_id"])),
            // Most of a strategy are many: the list of its people in the order that pages show needs no sorting.
            .. Has("strategy") && Has("potential_value") ? [("strategy", "INDEX", ["strategy", "potential_value", "customer_id"])] : Array.Empty<(string, string, IEnumerable<string>)>(),
            ("counted", "INDEX", s_counted.Where(Has)),
            .. Has("stage") ? [("staged", "INDEX", s_counted.Where(Has).OrderBy(column => column != "stage"))] : Array.Empty<(string, string, IEnumerable<string>)>(),
        ];
        foreach ((string name, string kind, IEnumerable<string> columns) in indexes)
        {
            yield return $"DROP INDEX IF EXISTS customer_book_{name}_{mark}";
            yield return $"CREATE {kind} customer_book_{name}_{mark} ON {Next} ({string.Join(", ", columns.Select(Quoted))})";
        }
    }

    /// <summary>A value of a row as it lies in the table; whole numbers are numbers too.</summary>
    public object? Field(IReadOnlyList<object?> row, int column) => Stored(row[column]) is long whole && _columns[column].Kind == BookFieldKind.Number ? (double)whole : Stored(row[column]);

    /// <summary>A value as it lies in the table.</summary>
    public static object? Stored(object? value) => value switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? 1L : 0L,
        int number => (long)number,
        IReadOnlyList<string> texts => string.Join('\n', texts),
        _ => value,
    };

    /// <summary>A value of the table as the column's kind has it.</summary>
    public static object? Read(BookFieldKind kind, object value) => value is DBNull ? null : kind switch
    {
        BookFieldKind.Day => DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        BookFieldKind.Flag => Convert.ToInt64(value, CultureInfo.InvariantCulture) != 0,
        BookFieldKind.Number => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        BookFieldKind.Texts => ((string)value).Split('\n', StringSplitOptions.RemoveEmptyEntries),
        _ => value,
    };

    /// <summary>A name as statements have it: some, such as <c>date</c>, are words of the language too.</summary>
    public static string Quoted(string name) => $"\"{name}\"";

    private bool Has(string name) => _columns.Any(column => column.Name == name);

    private string TypeOf(BookFieldKind kind) => kind switch
    {
        BookFieldKind.Number => _postgres ? "double precision" : "REAL",
        BookFieldKind.Whole or BookFieldKind.Flag => _postgres ? "bigint" : "INTEGER",
        _ => _postgres ? "text COLLATE \"C\"" : "TEXT",
    };
}
