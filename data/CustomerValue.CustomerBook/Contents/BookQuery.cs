namespace CustomerValue.CustomerBook;

/// <summary>What a condition asks of a column.</summary>
public enum BookComparison
{
    /// <summary>The value itself.</summary>
    Equal,

    /// <summary>At least the value.</summary>
    AtLeast,

    /// <summary>At most the value.</summary>
    AtMost,

    /// <summary>Text that begins with the value, letter by letter.</summary>
    BeginsWith,
}

/// <summary>One condition on the customers of a page.</summary>
/// <param name="Column">Column that is looked at.</param>
/// <param name="Comparison">What is asked of it.</param>
/// <param name="Value">Number or text to compare with.</param>
public sealed record BookCondition(string Column, BookComparison Comparison, object Value);

/// <summary>Where a page ended; the next begins behind it.</summary>
/// <param name="Value">Value of the sorted column of the last customer.</param>
/// <param name="CustomerId">The last customer.</param>
public sealed record BookCursor(object Value, string CustomerId);

/// <summary>A page of the book: conditions that all hold, in the order of one column and then of ids.</summary>
public sealed record BookQuery
{
    /// <summary>Conditions; all must hold.</summary>
    public IReadOnlyList<BookCondition> Conditions { get; init; } = [];

    /// <summary>Column to sort by; customers without a value of it come on no page.</summary>
    public string Sort { get; init; } = "customer_id";

    /// <summary>Whether the greatest comes first.</summary>
    public bool Descending { get; init; }

    /// <summary>Where the page before ended; null for the first.</summary>
    public BookCursor? After { get; init; }

    /// <summary>Most customers of the page. Default 50.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>A page of the book.</summary>
/// <param name="Header">What all scores of the book have in common.</param>
/// <param name="Rows">The customers.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record BookPage(BookHeader Header, IReadOnlyList<BookRow> Rows, BookCursor? Next);

/// <summary>What customers are counted by: the values of a column of text, or bands of a column of numbers.</summary>
/// <param name="Column">The column.</param>
public sealed record BookKey(string Column)
{
    /// <summary>Where one band ends and the next begins, ascending; empty for the values themselves. A number on an edge is in the band above; bands are named 0, 1, 2 and so on.</summary>
    public IReadOnlyList<double> Edges { get; init; } = [];

    /// <summary>The values of a column of text.</summary>
    public static implicit operator BookKey(string column) => new(column);
}

/// <summary>What is summed over customers: a column, or the product of two.</summary>
/// <param name="Column">A column of numbers.</param>
/// <param name="Times">Another, or null.</param>
public sealed record BookSum(string Column, string? Times = null)
{
    /// <summary>A column alone.</summary>
    public static implicit operator BookSum(string column) => new(column);
}

/// <summary>Customers that have the same values in some columns, and what they come to together.</summary>
/// <param name="Keys">The values or numbers of bands, a column each; null where there is none.</param>
/// <param name="Customers">How many.</param>
/// <param name="Sums">Sum of each column asked for; 0 where none has a value.</param>
public sealed record BookGroup(IReadOnlyList<string?> Keys, long Customers, IReadOnlyList<double> Sums);
