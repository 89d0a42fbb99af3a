using CustomerValue.CustomerBook;
using CustomerValue.Data.Windows;
using CustomerValue.Decisions.Customers;

namespace CustomerValue.Serving.Pages.Decide;

/// <summary>The customers of the book as decisions need them, in memory: a column each. Read once a book, one customer after the other.</summary>
internal sealed class BookCustomers(CustomerBookDatabase book) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile DecisionBase? _kept;

    /// <summary>The base; null where there is no book.</summary>
    /// <exception cref="CustomerBookException">The book cannot be read.</exception>
    public async Task<DecisionBase?> CurrentAsync(CancellationToken cancellation)
    {
        if (await book.HeaderAsync(cancellation) is not { } header)
            return null;
        if (_kept is { } kept && kept.IsOf(header))
            return kept;
        await _one.WaitAsync(cancellation);
        try
        {
            return _kept is { } meanwhile && meanwhile.IsOf(header) ? meanwhile : _kept = await ReadAsync(header, cancellation);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<DecisionBase> ReadAsync(BookHeader header, CancellationToken cancellation)
    {
        string[] numbers = [.. DecisionCustomers.KeptNumbers], texts = [.. DecisionCustomers.KeptTexts], names = [BookColumn.CustomerId.Name, .. numbers, .. texts];
        if (names.Except(header.Columns.Select(column => column.Name)).Any())
            return new DecisionBase(header, null);
        string[] ids = [];
        Dictionary<string, double[]> numbersOf = [];
        Dictionary<string, string[]> textsOf = [];
        Dictionary<string, string> words = new(StringComparer.Ordinal);
        int count = 0;
        double[][] columns = [];
        string[][] named = [];
        await book.ScanAsync(names, begun =>
        {
            header = begun;
            count = 0;
            ids = new string[begun.Customers];
            columns = [.. numbers.Select(_ => new double[begun.Customers])];
            named = [.. texts.Select(_ => new string[begun.Customers])];
        }, row =>
        {
            ids[count] = (string)row[0]!;
            for (int i = 0; i < columns.Length; i++)
                columns[i][count] = row[1 + i] as double? ?? double.NaN;
            for (int i = 0; i < named.Length; i++)
                named[i][count] = Shared(row[1 + columns.Length + i] as string ?? "");
            count++;
            return ValueTask.CompletedTask;
        }, cancellation);
        for (int i = 0; i < numbers.Length; i++)
            numbersOf[numbers[i]] = columns[i];
        for (int i = 0; i < texts.Length; i++)
            textsOf[texts[i]] = named[i];
        return new DecisionBase(header, DecisionCustomers.FromKept(new ObservationWindow(header.AsOf, header.HorizonDays), header.ModelVersion, ids, numbersOf, textsOf));

        string Shared(string text) => words.TryGetValue(text, out string? known) ? known : words[text] = text;
    }
}

/// <summary>A book and its customers.</summary>
/// <param name="Header">The book.</param>
/// <param name="Customers">Its customers; null where it was written without what decisions need.</param>
internal sealed record DecisionBase(BookHeader Header, DecisionCustomers? Customers)
{
    /// <summary>Whether it is of this book.</summary>
    public bool IsOf(BookHeader header) => header.ModelVersion == Header.ModelVersion && header.ScoredAt == Header.ScoredAt;
}
