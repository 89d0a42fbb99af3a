using CustomerValue.CustomerBook;

namespace CustomerValue.Serving.Pages.Book;

/// <summary>The book in memory, read once by whoever asks first. Who comes meanwhile waits for the same reading, which goes on when the first has left.</summary>
internal sealed class BookMemory(CustomerBookDatabase book)
{
    private readonly Lock _door = new();
    private Reading? _reading;

    /// <summary>The columns of the book; null where there is none.</summary>
    /// <exception cref="CustomerBookException">The book cannot be read.</exception>
    public async Task<BookColumns?> CurrentAsync(CancellationToken cancellation)
    {
        if (await book.HeaderAsync(cancellation) is not { } header)
            return null;
        Reading reading;
        lock (_door)
        {
            // One that failed is no reading: the next visitor tries again.
            if (_reading is null || !_reading.Of.IsOfSameBook(header) || _reading.Columns.IsFaulted)
                _reading = new Reading(header, Task.Run(() => BookColumns.ReadAsync(book), CancellationToken.None));
            reading = _reading;
        }
        return await reading.Columns.WaitAsync(cancellation);
    }

    private sealed record Reading(BookHeader Of, Task<BookColumns?> Columns);
}
