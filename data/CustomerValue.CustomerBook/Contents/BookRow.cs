namespace CustomerValue.CustomerBook;

/// <summary>One customer of the book: every column that the writer had.</summary>
/// <param name="columns">The columns, <c>customer_id</c> first.</param>
/// <param name="values">A value a column, or null where there is none.</param>
public sealed class BookRow(IReadOnlyList<BookColumn> columns, IReadOnlyList<object?> values)
{
    /// <summary>The columns, <c>customer_id</c> first.</summary>
    public IReadOnlyList<BookColumn> Columns { get; } = columns;

    /// <summary>A value a column, or null where there is none.</summary>
    public IReadOnlyList<object?> Values { get; } = values;

    /// <summary>The customer.</summary>
    public string CustomerId => (string)Values[0]!;

    /// <summary>The value of a column, or null where there is none or the book has no such column.</summary>
    public object? this[string name]
    {
        get
        {
            for (int i = 0; i < Columns.Count; i++)
                if (Columns[i].Name == name)
                    return Values[i];
            return null;
        }
    }

    /// <summary>A number of the row, or null.</summary>
    public double? Number(string name) => this[name] as double?;

    /// <summary>A text of the row, or null.</summary>
    public string? Text(string name) => this[name] as string;
}
