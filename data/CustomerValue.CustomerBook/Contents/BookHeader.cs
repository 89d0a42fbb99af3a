namespace CustomerValue.CustomerBook;

/// <summary>What all scores of a book have in common.</summary>
/// <param name="ModelVersion">Version of the model that scored.</param>
/// <param name="AsOf">First day of the forecast; everything before it was looked at.</param>
/// <param name="HorizonDays">Days ahead that churn, purchases and spend speak of.</param>
/// <param name="ScoredAt">When the customers were scored; kept in UTC to the millisecond.</param>
/// <param name="Customers">Customers in the book; counted while it is written.</param>
public sealed record BookHeader(string ModelVersion, DateOnly AsOf, int HorizonDays, DateTimeOffset ScoredAt, long Customers = 0)
{
    /// <summary>The columns of every customer, <c>customer_id</c> first; filled in where the book is read or written.</summary>
    public IReadOnlyList<BookColumn> Columns { get; init; } = [];

    /// <summary>First day of the forecast of the book before, which the columns <c>earlier_...</c> come from; null where there was none. Filled in where the book is written.</summary>
    public DateOnly? EarlierAsOf { get; init; }

    /// <summary>What the writer says of the whole base, in words of its own; empty for nothing.</summary>
    public string Facts { get; init; } = "";

    /// <summary>Whether both are of one book: a book never changes, it is replaced.</summary>
    public bool IsOfSameBook(BookHeader other) => other.ModelVersion == ModelVersion && other.ScoredAt == ScoredAt;
}

/// <summary>One customer of the book together with the header of the same book.</summary>
/// <param name="Header">What all scores of the book have in common.</param>
/// <param name="Row">The customer.</param>
public sealed record BookEntry(BookHeader Header, BookRow Row);
